import KubeModel

/// Checks of a Job's status, which any controller may write that manages the Job.
///
/// A status that breaks them is refused whole, also one of the built-in controller's: while one index
/// waits out its back-off it reports no active pods, and that is refused as long as others are ready.
///
/// Follows `pkg/apis/batch/validation/validation.go` and `pkg/registry/batch/job/strategy.go`
/// (v1.36).
enum JobStatusValidation {
  private static let path = FieldPath("status")

  static func update(_ new: Job, from old: Job) -> [FieldError] {
    let marks = Marks(new.status.conditions)
    let before = Marks(old.status.conditions)
    var errors = FieldErrors()
    errors.add(numbers(new))
    errors.add(conditions(marks))
    errors.add(times(new, from: old, isComplete: marks.complete))
    if marks.isFinished { errors.add(finish(new, from: old, isNew: !before.isFinished)) }
    errors.add(indexes(new, from: old))
    if let ready = new.status.ready, ready > new.status.active {
      errors.invalid(path.child("ready"), ready, "cannot set more ready pods than active")
    }
    errors.add(changes(new, from: old, marks, before))
    return errors.all
  }

  /// Which of the conditions that the rules speak of are true.
  private struct Marks {
    var complete = false
    var failed = false
    var successCriteriaMet = false
    var failureTarget = false

    var isFinished: Bool { complete || failed }

    init(_ conditions: [JobCondition]) {
      for index in conditions.indices where conditions[index].status == .true {
        switch conditions[index].type {
        case .complete: complete = true
        case .failed: failed = true
        case .successCriteriaMet: successCriteriaMet = true
        case .failureTarget: failureTarget = true
        default: break
        }
      }
    }
  }

  private static func numbers(_ job: Job) -> [FieldError] {
    var errors = FieldErrors()
    errors.negative(path.child("active"), job.status.active)
    errors.negative(path.child("succeeded"), job.status.succeeded)
    errors.negative(path.child("failed"), job.status.failed)
    errors.negative(path.child("ready"), job.status.ready ?? 0)
    errors.negative(path.child("terminating"), job.status.terminating ?? 0)
    if let uncounted = job.status.uncountedTerminatedPods { errors.add(uids(uncounted)) }
    return errors.all
  }

  private static func uids(_ uncounted: UncountedTerminatedPods) -> [FieldError] {
    var errors = FieldErrors()
    var seen: Set<UID> = []  // Looked up, never walked.
    let isOne = uncounted.succeeded.count + uncounted.failed.count == 1
    func check(_ uids: [UID], _ field: String) {
      func place(_ index: Int) -> FieldPath {
        path.child("uncountedTerminatedPods", field).index(index)
      }
      for (index, uid) in uids.enumerated() {
        if uid.isEmpty {
          errors.invalid(place(index), uid, "must not be empty")
        } else if !isOne, !seen.insert(uid).inserted {
          errors.duplicate(place(index), uid)
        }
      }
    }
    check(uncounted.succeeded, "succeeded")
    check(uncounted.failed, "failed")
    return errors.all
  }

  /// Conditions that exclude each other, or that do not come without another.
  private static func conditions(_ marks: Marks) -> [FieldError] {
    var errors = FieldErrors()
    func invalid(_ detail: String) { errors.invalid(path.child("conditions"), detail) }
    if marks.complete, marks.failed {
      invalid("cannot set Complete=True and Failed=true conditions")
    }
    if marks.complete, marks.failureTarget {
      invalid("cannot set Complete=True and FailureTarget=true conditions")
    }
    if marks.failed, !marks.failureTarget {
      invalid("cannot set Failed=True condition without the FailureTarget=true condition")
    }
    if marks.complete, !marks.successCriteriaMet {
      invalid("cannot set Complete=True condition without the SuccessCriteriaMet=true condition")
    }
    if marks.successCriteriaMet, marks.failed {
      invalid("cannot set SuccessCriteriaMet=True and Failed=true conditions")
    }
    if marks.successCriteriaMet, marks.failureTarget {
      invalid("cannot set SuccessCriteriaMet=True and FailureTarget=true conditions")
    }
    return errors.all
  }

  private static func times(_ new: Job, from old: Job, isComplete: Bool) -> [FieldError] {
    var errors = FieldErrors()
    let (start, end) = (new.status.startTime, new.status.completionTime)
    if let end, !isComplete {
      errors.invalid(
        path.child("completionTime"), end,
        "cannot set completionTime when there is no Complete=True condition")
    }
    if end == nil, isComplete {
      errors.required(
        path.child("completionTime"), "completionTime is required for Complete jobs")
    }
    if let start, let end, end < start {
      errors.invalid(
        path.child("completionTime"), end, "completionTime cannot be set before startTime")
    }
    if let end, let before = old.status.completionTime, end != before {
      errors.invalid(path.child("completionTime"), end, "completionTime cannot be mutated")
    }
    if let before = old.status.startTime, before != start, new.spec.suspend != true {
      errors.required(
        path.child("startTime"), "startTime cannot be removed for unsuspended job")
    }
    return errors.all
  }

  /// What must be settled before a Job is over.
  private static func finish(_ new: Job, from old: Job, isNew: Bool) -> [FieldError] {
    var errors = FieldErrors()
    let active = new.status.active
    if active > 0, isNew || active != old.status.active {
      errors.invalid(path.child("active"), active, "active>0 is invalid for finished job")
    }
    if new.status.startTime == nil, isNew || old.status.startTime != nil {
      errors.required(path.child("startTime"), "startTime is required for finished job")
    }
    if let uncounted = new.status.uncountedTerminatedPods,
      !uncounted.succeeded.isEmpty || !uncounted.failed.isEmpty,
      isNew || uncounted != old.status.uncountedTerminatedPods
    {
      errors.invalid(
        path.child("uncountedTerminatedPods"), GoDump(uncounted),
        "uncountedTerminatedPods needs to be empty for finished job")
    }
    if let terminating = new.status.terminating, terminating > 0 {
      errors.invalid(
        path.child("terminating"), terminating, "terminating>0 is invalid for finished job")
    }
    return errors.all
  }

  private static func indexes(_ new: Job, from old: Job) -> [FieldError] {
    let completed = new.status.completedIndexes
    let completedChanged = completed != old.status.completedIndexes
    let failedChanged = new.status.failedIndexes != old.status.failedIndexes
    if !completedChanged, !failedChanged { return [] }
    var errors = FieldErrors()
    let completedPlace = path.child("completedIndexes")
    let failedPlace = path.child("failedIndexes")
    let completions = new.spec.completions.map(Int.init)
    let hasLimitPerIndex = new.spec.backoffLimitPerIndex != nil
    if completedChanged, let completions,
      let problem = IndexList.problem(in: completed, completions: completions)
    {
      errors.invalid(completedPlace, completed, "error parsing completedIndexes: \(problem)")
    }
    if failedChanged, let completions, hasLimitPerIndex,
      let failed = new.status.failedIndexes,
      let problem = IndexList.problem(in: failed, completions: completions)
    {
      errors.invalid(failedPlace, failed, "error parsing failedIndexes: \(problem)")
    }
    if completedChanged, !completed.isEmpty, new.spec.completionMode != .indexed {
      errors.invalid(
        completedPlace, completed,
        "cannot set non-empty completedIndexes when non-indexed completion mode")
    }
    guard let failed = new.status.failedIndexes else { return errors.all }
    if failedChanged, !hasLimitPerIndex {
      errors.invalid(
        failedPlace, failed,
        "cannot set non-null failedIndexes when backoffLimitPerIndex is null")
    }
    if let index = IndexList.firstInCommon(completed, failed) {
      errors.invalid(
        failedPlace, failed, "failedIndexes and completedIndexes overlap at index: \(index)")
    }
    return errors.all
  }

  /// What may not be taken back.
  private static func changes(
    _ new: Job, from old: Job, _ marks: Marks, _ before: Marks
  ) -> [FieldError] {
    var errors = FieldErrors()
    func invalid(_ detail: String) { errors.invalid(path.child("conditions"), detail) }
    if before.failed, !marks.failed { invalid("cannot disable the terminal Failed=True condition") }
    if before.complete, !marks.complete {
      invalid("cannot disable the terminal Complete=True condition")
    }
    if before.failureTarget, !marks.failureTarget {
      invalid("cannot disable the terminal FailureTarget=True condition")
    }
    if new.status.failed < old.status.failed {
      errors.invalid(
        path.child("failed"), new.status.failed, "cannot decrease the failed counter")
    }
    // An indexed Job that may shrink loses indexes that have succeeded.
    if new.status.succeeded < old.status.succeeded,
      new.spec.completionMode != .indexed || new.spec.completions != new.spec.parallelism
    {
      errors.invalid(
        path.child("succeeded"), new.status.succeeded, "cannot decrease the succeeded counter")
    }
    if before.successCriteriaMet, !marks.successCriteriaMet {
      invalid("cannot disable the SuccessCriteriaMet=True condition")
    }
    if before.complete, !before.successCriteriaMet, marks.successCriteriaMet {
      invalid("cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions")
    }
    return errors.all
  }
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
