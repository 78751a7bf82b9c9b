import KubeModel

/// Checks of a CronJob's schedule: that it can be read at all.
///
/// Follows `pkg/apis/batch/validation/validation.go` (v1.36) and the parser of robfig/cron v3.
/// Which time zones there are is not known here: only what no zone is called is refused.
enum ScheduleValidation {
  static func schedule(_ text: String, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    if let problem = ScheduleSyntax.problem(in: text) { errors.invalid(place, text, problem) }
    if text.contains("TZ") {
      errors.invalid(
        place, text, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead")
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
    } else if !isZoneName(name) {
      errors.invalid(place, name, "unknown time zone \(name)")
    }
    return errors.all
  }

  /// Areas of the world under which the zones stand; the rest are short names.
  private static let areas = [
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Brazil",
    "Canada", "Chile", "Etc", "Europe", "Indian", "Mexico", "Pacific", "US",
  ]
  private static let shortNames = [
    "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "Factory", "GB", "GB-Eire",
    "GMT", "GMT+0", "GMT-0", "GMT0", "Greenwich", "HST", "Hongkong", "Iceland", "Iran", "Israel",
    "Jamaica", "Japan", "Kwajalein", "Libya", "MET", "MST", "MST7MDT", "NZ", "NZ-CHAT", "Navajo",
    "PRC", "PST8PDT", "Poland", "Portugal", "ROC", "ROK", "Singapore", "Turkey", "UCT", "UTC",
    "Universal", "W-SU", "WET", "Zulu",
  ]

  private static func isZoneName(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 1, let area = parts.first else { return shortNames.contains(name) }
    return areas.contains(String(area)) && parts.count <= 3
      && parts.dropFirst().allSatisfy { part in
        part.first?.isUppercase == true
          && part.utf8.allSatisfy { NameFormat.isAlphanumeric($0) || "_-+".utf8.contains($0) }
      }
  }
}
