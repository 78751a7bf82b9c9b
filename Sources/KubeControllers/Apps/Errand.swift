// What a controller does step by step, when each step depends on how the one before it went.
//
// Follows   runForAll and slowStartBatch of pkg/controller/statefulset/stateful_set_control.go
//           (v1.36)

import KubeModel
import KubeReconcile

/// Writes that belong together, and what there is to say once they were tried.
struct Errand: Sendable {
  /// The writes; none for what is known to fail beforehand.
  let writes: [Write]
  /// Judges the results of the writes, in their order.
  let judge: @Sendable ([WriteResult]) -> Verdict

  /// What became of an errand.
  struct Verdict: Sendable {
    /// Told about it, in order.
    var events: [EventDraft] = []
    /// Why what was planned after it does not happen.
    var error: String?
  }

  init(_ writes: [Write], judge: @escaping @Sendable ([WriteResult]) -> Verdict) {
    self.writes = writes
    self.judge = judge
  }

  /// Writes of which nobody is told; the first refusal is the error.
  init(_ writes: [Write]) {
    self.init(writes) { results in
      Verdict(error: results.lazy.compactMap(\.error).first?.message)
    }
  }
}

extension Plan {
  /// Errands one after the other, up to the first that fails; then what follows, with its error.
  static func sequence(
    _ errands: ArraySlice<Errand>, then: @escaping @Sendable (String?) -> Plan
  ) -> Plan {
    guard let errand = errands.first else { return then(nil) }
    return round([errand]) { errors in
      errors[0] == nil ? sequence(errands.dropFirst(), then: then) : then(errors[0])
    }
  }

  /// Chains of errands side by side, in batches of 1, 2, 4 … up to 500 chains. A chain ends with
  /// its first failure; after a batch with one no other follows.
  static func batches(
    _ chains: ArraySlice<[Errand]>, of size: Int = 1,
    then: @escaping @Sendable (String?) -> Plan
  ) -> Plan {
    if chains.isEmpty { return then(nil) }
    return rounds(chains.prefix(size).map { $0[...] }) { error in
      if let error { return then(error) }
      return batches(chains.dropFirst(size), of: min(size * 2, 500), then: then)
    }
  }

  /// The first errand of each chain, then the second of each …
  private static func rounds(
    _ chains: [ArraySlice<Errand>], failed error: String? = nil,
    then: @escaping @Sendable (String?) -> Plan
  ) -> Plan {
    let open = chains.filter { !$0.isEmpty }
    if open.isEmpty { return then(error) }
    return round(open.compactMap(\.first)) { errors in
      let rest = zip(open, errors).filter { $0.1 == nil }.map { $0.0.dropFirst() }
      return rounds(rest, failed: error ?? errors.lazy.compactMap { $0 }.first, then: then)
    }
  }

  /// Errands at the same time, and what follows, with the error of each.
  private static func round(
    _ errands: [Errand], then: @escaping @Sendable ([String?]) -> Plan
  ) -> Plan {
    var plan = Plan()
    for errand in errands { plan.writes += errand.writes }
    let count = plan.writes.count
    plan.afterwards = { results, _ in
      // Events of the errands before these may stand in the same plan, ahead of their writes.
      var results = results.suffix(count)
      var plan = Plan()
      var errors: [String?] = []
      for errand in errands {
        let verdict = errand.judge(Array(results.prefix(errand.writes.count)))
        results = results.dropFirst(errand.writes.count)
        for event in verdict.events { plan.event(event) }
        errors.append(verdict.error)
      }
      plan += then(errors)
      return plan
    }
    return plan
  }
}
