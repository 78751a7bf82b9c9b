/// Runs pods until enough of them have succeeded.
///
/// Follows `batch/v1 Job`.
public struct Job: APIObject {
  public static let resource = APIResource("batch/v1", "Job", "jobs")

  public var metadata = ObjectMeta()
  /// What is wanted.
  @Indirect public var spec: JobSpec
  /// What the controller last saw.
  @Indirect public var status: JobStatus

  public init() { self.init(metadata: ObjectMeta(), spec: Indirect(wrappedValue: JobSpec())) }

  /// A new Job, which shares its spec with others until somebody changes it.
  public init(metadata: ObjectMeta, spec: Indirect<JobSpec>) {
    self.metadata = metadata
    _spec = spec
    _status = Indirect(wrappedValue: JobStatus())
  }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// What a Job should run, how often, and when it is done or has failed.
///
/// Follows `batch/v1 JobSpec`.
public struct JobSpec: APIValue {
  /// How many pods may run at once; 1 by default.
  public var parallelism: Int32?
  /// How many pods must succeed; nil: the success of any one ends the work.
  public var completions: Int32?
  /// Seconds after its start at which the Job is stopped and fails.
  public var activeDeadlineSeconds: Int64?
  /// What a failed pod means, by its exit codes and conditions.
  public var podFailurePolicy: PodFailurePolicy?
  /// When an indexed Job has succeeded before all its indexes have.
  public var successPolicy: SuccessPolicy?
  /// How many failed pods are made up for before the Job fails; 6 by default.
  public var backoffLimit: Int32?
  /// How many failed pods of one index are made up for before the index fails.
  public var backoffLimitPerIndex: Int32?
  /// How many indexes may fail before the Job fails.
  public var maxFailedIndexes: Int32?
  /// Selects the pods of the Job; set by the server unless `manualSelector`.
  public var selector: LabelSelector?
  /// True when the user answers for selector and labels.
  public var manualSelector: Bool?
  /// The pod that does the work; its restart policy is `Never` or `OnFailure`.
  public var template = PodTemplateSpec()
  /// Seconds after its end at which the Job is deleted; nil: never.
  public var ttlSecondsAfterFinished: Int32?
  /// Whether pods are alike or numbered; `NonIndexed` by default.
  public var completionMode: CompletionMode?
  /// True while the Job must have no pods; false by default.
  public var suspend: Bool?
  /// When a pod that goes is replaced.
  public var podReplacementPolicy: PodReplacementPolicy?
  /// The controller that looks after the Job; nil: the built-in one.
  public var managedBy: String?

  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("parallelism", &parallelism)
    fields.field("completions", &completions)
    fields.field("activeDeadlineSeconds", &activeDeadlineSeconds)
    fields.field("podFailurePolicy", &podFailurePolicy)
    fields.field("successPolicy", &successPolicy)
    fields.field("backoffLimit", &backoffLimit)
    fields.field("backoffLimitPerIndex", &backoffLimitPerIndex)
    fields.field("maxFailedIndexes", &maxFailedIndexes)
    fields.field("selector", &selector)
    fields.field("manualSelector", &manualSelector)
    fields.field("template", &template, .always)
    fields.field("ttlSecondsAfterFinished", &ttlSecondsAfterFinished)
    fields.field("completionMode", &completionMode)
    fields.field("suspend", &suspend)
    fields.field("podReplacementPolicy", &podReplacementPolicy)
    fields.field("managedBy", &managedBy)
  }
}

/// Whether the pods of a Job are alike or numbered.
public struct CompletionMode: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Pods are alike; enough of them must succeed.
  public static let nonIndexed = Self(rawValue: "NonIndexed")
  /// Each index from 0 to completions - 1 must have a pod that succeeds.
  public static let indexed = Self(rawValue: "Indexed")
}

/// When a Job replaces a pod that goes.
public struct PodReplacementPolicy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// As soon as it is being deleted or has failed.
  public static let terminatingOrFailed = Self(rawValue: "TerminatingOrFailed")
  /// Only when it has ended.
  public static let failed = Self(rawValue: "Failed")
}
