/// Checks of paths inside volumes.
///
/// Follows `pkg/apis/core/validation/validation.go` (v1.36).
enum PathValidation {
  /// No element may be `..`.
  static func noBacksteps(_ text: String, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    if text.split(separator: "/").contains("..") {
      errors.invalid(place, text, "must not contain '..'")
    }
    return errors.all
  }

  /// Relative, and down only.
  static func localDescending(_ text: String, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    if text.hasPrefix("/") { errors.invalid(place, text, "must be a relative path") }
    errors.add(noBacksteps(text, at: place))
    return errors.all
  }

  /// The same, and not one of the names that begin with two dots.
  static func localNotReserved(_ text: String, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(localDescending(text, at: place))
    if text.hasPrefix(".."), !text.hasPrefix("../") {
      errors.invalid(place, text, "must not start with '..'")
    }
    return errors.all
  }

  /// The permissions of a file.
  static func mode(_ mode: Int32?, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    if let mode, !(0...0o777).contains(mode) {
      errors.invalid(
        place, mode, "must be a number between 0 and 0777 (octal), both inclusive")
    }
    return errors.all
  }
}
