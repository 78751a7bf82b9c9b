import KubeModel

/// Checks of labels, annotations and label selectors.
///
/// Follows `apimachinery/pkg/apis/meta/v1/validation` and
/// `apimachinery/pkg/api/validation/objectmeta.go` (v1.36).
enum LabelValidation {
  /// The most that all annotations of an object may hold together: 256 KiB.
  static let annotationLimit = 256 * 1024

  static func labels(
    _ labels: StringMap<String>, at path: @autoclosure () -> FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    for (key, value) in labels {
      errors.invalid(path(), key, NameFormat.qualifiedName(key))
      errors.invalid(path(), value, LabelSyntax.valueErrors(value))
    }
    return errors.all
  }

  static func key(_ key: String, at path: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    errors.invalid(path, key, NameFormat.qualifiedName(key))
    return errors.all
  }

  static func annotations(
    _ annotations: StringMap<String>, at path: @autoclosure () -> FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    var size = 0
    for (key, value) in annotations {
      // What is valid as it stands is so in lower case too.
      if !NameFormat.qualifiedName(key).isEmpty {
        errors.invalid(path(), key, NameFormat.qualifiedName(lowercased(key)))
      }
      size += key.utf8.count + value.utf8.count
    }
    if size > annotationLimit { errors.tooLong(path(), limit: annotationLimit) }
    return errors.all
  }

  /// Keys of annotations are checked in lower case, whatever the user wrote.
  private static func lowercased(_ key: String) -> String {
    key.utf8.contains { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
      ? key.lowercased() : key
  }

  /// What is wrong with a label selector; nothing if there is none.
  static func selector(
    _ selector: LabelSelector?, at path: FieldPath, checksValues: Bool = true
  ) -> [FieldError] {
    guard let selector else { return [] }
    var errors = FieldErrors()
    errors.add(labels(selector.matchLabels, at: path.child("matchLabels")))
    for (index, expression) in selector.matchExpressions.enumerated() {
      let place = path.child("matchExpressions").index(index)
      switch expression.operator {
      case "In", "NotIn":
        if expression.values.isEmpty {
          errors.required(
            place.child("values"), "must be specified when `operator` is 'In' or 'NotIn'")
        }
      case "Exists", "DoesNotExist":
        if !expression.values.isEmpty {
          errors.forbidden(
            place.child("values"),
            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
        }
      default:
        errors.invalid(
          place.child("operator"), expression.operator, "not a valid selector operator")
      }
      errors.add(key(expression.key, at: place.child("key")))
      guard checksValues else { continue }
      for (index, value) in expression.values.enumerated() {
        errors.invalid(place.child("values").index(index), value, LabelSyntax.valueErrors(value))
      }
    }
    return errors.all
  }
}
