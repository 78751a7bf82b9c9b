import KubeModel

/// Checks of a CronJob's schedule: that it can be read, and that its zone is known.
///
/// Follows `pkg/apis/batch/validation/validation.go` (v1.36).
enum ScheduleValidation {
  /// - Parameter mayNameZone: True when the schedule named a zone before the update.
  static func schedule(
    _ text: String, mayNameZone: Bool, timeZone: String?, at place: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    if let problem = CronSchedule.problem(in: text) { errors.invalid(place, text, problem) }
    if text.contains("TZ"), !mayNameZone {
      errors.invalid(
        place, text, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead")
    } else if text.contains("TZ"), timeZone != nil {
      errors.invalid(
        place, text, "cannot use both timeZone field and TZ or CRON_TZ in schedule")
    }
    return errors.all
  }

  static func timeZone(_ name: String?, at place: FieldPath) -> [FieldError] {
    guard let name else { return [] }
    var errors = FieldErrors()
    if name.isEmpty {
      errors.invalid(place, name, "timeZone must be nil or non-empty string")
    } else if name.lowercased() == "local" {
      errors.invalid(
        place, name,
        "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones")
    } else if let problem = IANAZone.problem(with: name) {
      errors.invalid(place, name, problem)
    }
    return errors.all
  }
}
