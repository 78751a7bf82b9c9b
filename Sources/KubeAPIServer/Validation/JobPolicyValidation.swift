import KubeModel

/// Checks of when a Job counts as failed or done before its time.
///
/// Follows `pkg/apis/batch/validation/validation.go` (v1.36).
enum JobPolicyValidation {
  private static let mostRules = 20

  static func failure(
    _ policy: PodFailurePolicy, _ spec: JobSpec, at path: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    let list = path.child("rules")
    if policy.rules.count > mostRules {
      errors.tooMany(list, policy.rules.count, limit: mostRules)
    }
    for (index, rule) in policy.rules.enumerated() {
      errors.add(failureRule(rule, spec, at: list.index(index)))
    }
    return errors.all
  }

  private static func failureRule(
    _ rule: PodFailurePolicyRule, _ spec: JobSpec, at place: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    let actions = ["Count", "FailIndex", "FailJob", "Ignore"]
    let action = place.child("action")
    if rule.action.isEmpty {
      errors.required(action, "valid values: " + quoted(actions))
    } else if rule.action == .failIndex, spec.backoffLimitPerIndex == nil {
      errors.invalid(action, rule.action, "requires the backoffLimitPerIndex to be set")
    } else if !actions.contains(rule.action.rawValue) {
      errors.notSupported(action, rule.action, actions)
    }
    if let codes = rule.onExitCodes {
      errors.add(exitCodes(codes, spec.template.spec, at: place.child("onExitCodes")))
    }
    errors.add(conditions(rule.onPodConditions, at: place.child("onPodConditions")))
    let hasConditions = !rule.onPodConditions.isEmpty
    if rule.onExitCodes != nil, hasConditions {
      errors.invalid(
        place, "specifying both OnExitCodes and OnPodConditions is not supported")
    }
    if rule.onExitCodes == nil, !hasConditions {
      errors.invalid(
        place, "specifying one of OnExitCodes and OnPodConditions is required")
    }
    return errors.all
  }

  private static func quoted(_ words: [String]) -> String {
    words.map { GoText.quoted($0) }.joined(separator: ", ")
  }

  private static func exitCodes(
    _ codes: PodFailurePolicyOnExitCodesRequirement, _ spec: PodSpec, at place: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    let operators = ["In", "NotIn"]
    if codes.operator.isEmpty {
      errors.required(place.child("operator"), "valid values: " + quoted(operators))
    } else if !operators.contains(codes.operator.rawValue) {
      errors.notSupported(place.child("operator"), codes.operator, operators)
    }
    if let name = codes.containerName {
      let names = (spec.initContainers + spec.containers).map(\.name)
      if !names.contains(name) {
        errors.invalid(
          place.child("containerName"), name,
          "must be one of the container or initContainer names in the pod template")
      }
    }
    let values = place.child("values")
    if codes.values.isEmpty {
      errors.invalid(values, codes.values, "at least one value is required")
    } else if codes.values.count > 255 {
      errors.tooMany(values, codes.values.count, limit: 255)
    }
    let isOrdered = zip(codes.values, codes.values.dropFirst()).allSatisfy { $0 <= $1 }
    for (index, value) in codes.values.enumerated() {
      if codes.operator == .in, value == 0 {
        errors.invalid(values.index(index), value, "must not be 0 for the In operator")
      }
      if codes.values[..<index].contains(value) { errors.duplicate(values.index(index), value) }
    }
    if !isOrdered { errors.invalid(values, codes.values, "must be ordered") }
    return errors.all
  }

  private static func conditions(
    _ patterns: [PodFailurePolicyOnPodConditionsPattern], at list: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    if patterns.count > mostRules { errors.tooMany(list, patterns.count, limit: mostRules) }
    for (index, pattern) in patterns.enumerated() {
      let place = list.index(index)
      let type = pattern.type.rawValue
      errors.invalid(place.child("type"), type, NameFormat.qualifiedName(type))
      let known = ["False", "True", "Unknown"]
      if pattern.status.isEmpty {
        errors.required(place.child("status"), "valid values: " + quoted(known))
      } else if !known.contains(pattern.status.rawValue) {
        errors.notSupported(place.child("status"), pattern.status, known)
      }
    }
    return errors.all
  }

  // MARK: - Success

  static func success(_ policy: SuccessPolicy, _ spec: JobSpec, at path: FieldPath) -> [FieldError]
  {
    var errors = FieldErrors()
    let list = path.child("rules")
    if policy.rules.isEmpty {
      errors.required(
        list, "at least one rules must be specified when the successPolicy is specified")
    }
    if policy.rules.count > mostRules {
      errors.tooMany(list, policy.rules.count, limit: mostRules)
    }
    for (index, rule) in policy.rules.enumerated() {
      errors.add(successRule(rule, spec, at: list.index(index)))
    }
    return errors.all
  }

  private static func successRule(
    _ rule: SuccessPolicyRule, _ spec: JobSpec, at place: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    if rule.succeededIndexes == nil, rule.succeededCount == nil {
      errors.required(
        place, "at least one of succeededCount or succeededIndexes must be specified")
    }
    let completions = spec.completions ?? 0
    var total: Int?
    if let text = rule.succeededIndexes {
      switch IndexList.parse(text, completions: Int(completions)) {
      case .success(let count): total = count
      case .failure(let failure):
        errors.invalid(
          place.child("succeededIndexes"), text, "error parsing succeededIndexes: \(failure.text)")
      }
    }
    guard let count = rule.succeededCount else { return errors.all }
    let field = place.child("succeededCount")
    errors.negative(field, count)
    if count > completions {
      errors.invalid(
        field, count,
        "must be less than or equal to \(completions) (the number of specified completions)")
    }
    if let total, Int(count) > total {
      errors.invalid(
        field, count,
        "must be less than or equal to \(total) (the number of indexes in the specified "
          + "succeededIndexes field)")
    }
    return errors.all
  }
}

/// A list of indexes as `1,3-5,7`: ascending, each below the number of completions.
enum IndexList {
  struct Failure: Error { let text: String }

  /// How many indexes the list has.
  static func parse(_ text: String, completions: Int) -> Result<Int, Failure> {
    var previous: Int?
    var count = 0
    for interval in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = interval.split(separator: "-", omittingEmptySubsequences: false)
      guard ends.count <= 2 else {
        return fail(
          "the fragment \(GoText.quoted(String(interval))) violates the requirement that "
            + "an index interval can have at most two parts separated by '-'")
      }
      guard let low = Int(ends[0]), let high = ends.count == 2 ? Int(ends[1]) : low else {
        return fail(
          "cannot convert string to integer for index: "
            + GoText.quoted(String(ends.first { Int($0) == nil } ?? "")))
      }
      if let previous, previous >= low {
        return fail("non-increasing order, previous: \(previous), current: \(low)")
      }
      if low >= completions { return fail("too large index: \(GoText.quoted(String(ends[0])))") }
      if ends.count == 2 {
        if high >= completions { return fail("too large index: \(GoText.quoted(String(ends[1])))") }
        if high <= low {
          return fail("non-increasing order, previous: \(low), current: \(high)")
        }
      }
      count += high - low + 1
      previous = high
    }
    return .success(count)
  }

  private static func fail(_ text: String) -> Result<Int, Failure> { .failure(Failure(text: text)) }
}
