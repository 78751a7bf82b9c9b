import KubeModel

/// Checks of a Job's status, which any controller may write that manages the Job.
///
/// A status that breaks them is refused whole, also one of the built-in controller's: while one index
/// waits out its back-off it reports no active pods, and that is refused as long as others are ready.
///
/// Follows `pkg/apis/batch/validation/validation.go` and `pkg/registry/batch/job/strategy.go`
/// (v1.36).
enum JobStatusValidation {
  static func update(_ new: Job, from old: Job) -> [FieldError] {
    let path = FieldPath("status")
    var errors = FieldErrors()
    errors.add(numbers(new.status, at: path))
    errors.add(conditions(new.status, at: path.child("conditions")))
    errors.add(times(new, from: old, at: path))
    errors.add(finish(new, from: old, at: path))
    errors.add(indexes(new, from: old, at: path))
    if let ready = new.status.ready, ready > new.status.active {
      errors.invalid(path.child("ready"), ready, "cannot set more ready pods than active")
    }
    errors.add(changes(new, from: old, at: path))
    return errors.all
  }

  private static func numbers(_ status: JobStatus, at path: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    errors.negative(path.child("active"), status.active)
    errors.negative(path.child("succeeded"), status.succeeded)
    errors.negative(path.child("failed"), status.failed)
    if let ready = status.ready { errors.negative(path.child("ready"), ready) }
    if let terminating = status.terminating {
      errors.negative(path.child("terminating"), terminating)
    }
    guard let uncounted = status.uncountedTerminatedPods else { return errors.all }
    var seen: Set<UID> = []  // Looked up, never walked.
    for (field, uids) in [("succeeded", uncounted.succeeded), ("failed", uncounted.failed)] {
      let list = path.child("uncountedTerminatedPods").child(field)
      for (index, uid) in uids.enumerated() {
        if uid.isEmpty {
          errors.invalid(list.index(index), uid, "must not be empty")
        } else if !seen.insert(uid).inserted {
          errors.duplicate(list.index(index), uid)
        }
      }
    }
    return errors.all
  }

  /// Conditions that exclude each other, or that do not come without another.
  private static func conditions(_ status: JobStatus, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    let (complete, failed) = (status.has(.complete), status.has(.failed))
    let (success, failure) = (status.has(.successCriteriaMet), status.has(.failureTarget))
    if complete, failed {
      errors.invalid(place, "cannot set Complete=True and Failed=true conditions")
    }
    if complete, failure {
      errors.invalid(place, "cannot set Complete=True and FailureTarget=true conditions")
    }
    if failed, !failure {
      errors.invalid(
        place, "cannot set Failed=True condition without the FailureTarget=true condition")
    }
    if complete, !success {
      errors.invalid(
        place, "cannot set Complete=True condition without the SuccessCriteriaMet=true condition")
    }
    if success, failed {
      errors.invalid(place, "cannot set SuccessCriteriaMet=True and Failed=true conditions")
    }
    if success, failure {
      errors.invalid(place, "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions")
    }
    return errors.all
  }

  private static func times(
    _ new: Job, from old: Job, at path: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    let (start, end) = (new.status.startTime, new.status.completionTime)
    let place = path.child("completionTime")
    let isComplete = new.status.has(.complete)
    if let end, !isComplete {
      errors.invalid(
        place, end, "cannot set completionTime when there is no Complete=True condition")
    }
    if end == nil, isComplete {
      errors.required(place, "completionTime is required for Complete jobs")
    }
    if let start, let end, end < start {
      errors.invalid(place, end, "completionTime cannot be set before startTime")
    }
    if let end, let before = old.status.completionTime, end != before {
      errors.invalid(place, end, "completionTime cannot be mutated")
    }
    if let before = old.status.startTime, before != start, new.spec.suspend != true {
      errors.required(
        path.child("startTime"), "startTime cannot be removed for unsuspended job")
    }
    return errors.all
  }

  /// What must be settled before a Job is over.
  private static func finish(_ new: Job, from old: Job, at path: FieldPath) -> [FieldError] {
    guard new.status.isFinished else { return [] }
    let (status, before) = (new.status, old.status)
    var errors = FieldErrors()
    let isNew = !before.isFinished
    if status.active > 0, isNew || status.active != before.active {
      errors.invalid(path.child("active"), status.active, "active>0 is invalid for finished job")
    }
    if status.startTime == nil, isNew || before.startTime != nil {
      errors.required(path.child("startTime"), "startTime is required for finished job")
    }
    if let uncounted = status.uncountedTerminatedPods,
      !uncounted.succeeded.isEmpty || !uncounted.failed.isEmpty,
      isNew || uncounted != before.uncountedTerminatedPods
    {
      errors.invalid(
        path.child("uncountedTerminatedPods"), GoDump(uncounted),
        "uncountedTerminatedPods needs to be empty for finished job")
    }
    if let terminating = status.terminating, terminating > 0 {
      errors.invalid(
        path.child("terminating"), terminating, "terminating>0 is invalid for finished job")
    }
    return errors.all
  }

  private static func indexes(_ new: Job, from old: Job, at path: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    let (spec, status) = (new.spec, new.status)
    let completedPlace = path.child("completedIndexes")
    let failedPlace = path.child("failedIndexes")
    let completedChanged = status.completedIndexes != old.status.completedIndexes
    let failedChanged = status.failedIndexes != old.status.failedIndexes
    let completions = spec.completions.map(Int.init)
    if completedChanged, let completions,
      let problem = IndexList.problem(in: status.completedIndexes, completions: completions)
    {
      errors.invalid(
        completedPlace, status.completedIndexes, "error parsing completedIndexes: \(problem)")
    }
    if failedChanged, let completions, spec.backoffLimitPerIndex != nil,
      let failed = status.failedIndexes,
      let problem = IndexList.problem(in: failed, completions: completions)
    {
      errors.invalid(failedPlace, failed, "error parsing failedIndexes: \(problem)")
    }
    if completedChanged, !status.completedIndexes.isEmpty, spec.completionMode != .indexed {
      errors.invalid(
        completedPlace, status.completedIndexes,
        "cannot set non-empty completedIndexes when non-indexed completion mode")
    }
    guard let failed = status.failedIndexes else { return errors.all }
    if failedChanged, spec.backoffLimitPerIndex == nil {
      errors.invalid(
        failedPlace, failed,
        "cannot set non-null failedIndexes when backoffLimitPerIndex is null")
    }
    if failedChanged || completedChanged,
      let index = IndexList.firstInCommon(status.completedIndexes, failed)
    {
      errors.invalid(
        failedPlace, failed, "failedIndexes and completedIndexes overlap at index: \(index)")
    }
    return errors.all
  }

  /// What may not be taken back.
  private static func changes(_ new: Job, from old: Job, at path: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    let place = path.child("conditions")
    for type: JobConditionType in [.failed, .complete, .failureTarget]
    where old.status.has(type) && !new.status.has(type) {
      errors.invalid(place, "cannot disable the terminal \(type.rawValue)=True condition")
    }
    if new.status.failed < old.status.failed {
      errors.invalid(
        path.child("failed"), new.status.failed, "cannot decrease the failed counter")
    }
    // An indexed Job that may shrink loses indexes that have succeeded.
    let mayShrink =
      new.spec.completionMode == .indexed && new.spec.completions == new.spec.parallelism
    if new.status.succeeded < old.status.succeeded, !mayShrink {
      errors.invalid(
        path.child("succeeded"), new.status.succeeded, "cannot decrease the succeeded counter")
    }
    let (met, wasMet) = (new.status.has(.successCriteriaMet), old.status.has(.successCriteriaMet))
    if wasMet, !met {
      errors.invalid(place, "cannot disable the SuccessCriteriaMet=True condition")
    }
    if old.status.has(.complete), !wasMet, met {
      errors.invalid(
        place, "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions")
    }
    return errors.all
  }
}

extension JobStatus {
  fileprivate func has(_ type: JobConditionType) -> Bool {
    conditions.contains { $0.type == type && $0.status == .true }
  }

  fileprivate var isFinished: Bool { has(.complete) || has(.failed) }
}

extension IndexList {
  /// Why a list that is not empty cannot be read; nil when it can.
  fileprivate static func problem(in text: String, completions: Int) -> String? {
    if text.isEmpty { return nil }
    guard case .failure(let failure) = parse(text, completions: completions) else { return nil }
    return failure.text
  }

  /// The first index that is in both lists.
  fileprivate static func firstInCommon(_ left: String, _ right: String) -> Int? {
    let (left, right) = (ranges(left), ranges(right))
    return left.lazy.compactMap { range in
      right.first { $0.overlaps(range) }.map { max($0.lowerBound, range.lowerBound) }
    }.first
  }

  private static func ranges(_ text: String) -> [ClosedRange<Int>] {
    text.split(separator: ",").compactMap { part in
      let ends = part.split(separator: "-").compactMap { Int($0) }
      guard let low = ends.first, let high = ends.last, low <= high else { return nil }
      return low...high
    }
  }
}
