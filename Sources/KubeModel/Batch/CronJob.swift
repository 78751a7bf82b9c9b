/// Makes a Job at every time of a schedule.
///
/// Follows `batch/v1 CronJob`.
public struct CronJob: APIObject {
  public static let resource = APIResource("batch/v1", "CronJob", "cronjobs", short: ["cj"])

  public var metadata = ObjectMeta()
  /// What is wanted.
  @Indirect public var spec = CronJobSpec()
  /// What the controller last saw.
  @Indirect public var status = CronJobStatus()

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// When a CronJob makes Jobs, of what template, and how many of them it keeps.
///
/// Follows `batch/v1 CronJobSpec`.
public struct CronJobSpec: APIValue {
  /// Minute, hour, day of the month, month and day of the week, as `*/5 8-18 * * 1-5`.
  public var schedule = ""
  /// The IANA name of the zone in which the schedule is read; nil: that of the controller.
  public var timeZone: String?
  /// Seconds by which a Job may be late before it is skipped; nil: any.
  public var startingDeadlineSeconds: Int64?
  /// What happens when the last Job still runs; `Allow` by default.
  public var concurrencyPolicy = ConcurrencyPolicy(rawValue: "")
  /// True while no Jobs are made; false by default.
  public var suspend: Bool?
  /// The Job that is made.
  public var jobTemplate = JobTemplateSpec()
  /// How many Jobs that succeeded are kept; 3 by default.
  public var successfulJobsHistoryLimit: Int32?
  /// How many Jobs that failed are kept; 1 by default.
  public var failedJobsHistoryLimit: Int32?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("schedule", &schedule, .always)
    fields.field("timeZone", &timeZone)
    fields.field("startingDeadlineSeconds", &startingDeadlineSeconds)
    fields.field("concurrencyPolicy", &concurrencyPolicy)
    fields.field("suspend", &suspend)
    fields.field("jobTemplate", &jobTemplate, .always)
    fields.field("successfulJobsHistoryLimit", &successfulJobsHistoryLimit)
    fields.field("failedJobsHistoryLimit", &failedJobsHistoryLimit)
  }
}

/// What a CronJob does at a time when an earlier Job still runs.
public struct ConcurrencyPolicy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Both run.
  public static let allow = Self(rawValue: "Allow")
  /// The new one is skipped.
  public static let forbid = Self(rawValue: "Forbid")
  /// The old one is deleted.
  public static let replace = Self(rawValue: "Replace")
}

/// The Job that a CronJob makes.
///
/// Follows `batch/v1 JobTemplateSpec`.
public struct JobTemplateSpec: APIValue {
  /// Labels and annotations of the Jobs.
  public var metadata = ObjectMeta()
  /// The spec of the Jobs.
  @Indirect public var spec = JobSpec()

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
  }
}

/// What the controller last did for a CronJob.
///
/// Follows `batch/v1 CronJobStatus`.
public struct CronJobStatus: APIValue {
  /// The Jobs that run.
  public var active: [ObjectReference] = []
  /// The scheduled time of the last Job.
  public var lastScheduleTime: Timestamp?
  /// When a Job last succeeded.
  public var lastSuccessfulTime: Timestamp?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("active", &active)
    fields.field("lastScheduleTime", &lastScheduleTime)
    fields.field("lastSuccessfulTime", &lastSuccessfulTime)
  }
}
