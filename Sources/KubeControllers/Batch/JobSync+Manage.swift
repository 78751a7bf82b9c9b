// How many pods a Job needs, which of them are too many, and how new ones are made.
//
// Follows   manageJob, activePodsForRemoval and firstPendingIndexes of pkg/controller/job (v1.36)

import Algorithms
import KubeModel
import KubeReconcile
import SimulationKernel

extension JobSync {
  /// How many pods one look creates or deletes at most.
  static var burst: Int { 500 }

  /// Deletes what is too much, or else creates what is missing.
  mutating func manage() -> Plan {
    if job.isSuspended {
      let all = surplus(active.count)
      if !all.isEmpty { return remove(all, because: "suspend: no pods") }
      return acted(active: active.count, nil)
    }
    let wanted = wantedActive
    let surplus = surplus(max(0, active.count - wanted)).prefix(Self.burst)
    if !surplus.isEmpty {
      return remove(Array(surplus), because: "scale down: there are more pods than needed")
    }
    var missing = wanted - active.count
    if missing > 0, job.replacesOnlyFailedPods { missing -= Int(terminating) }
    if missing > 0 { return create(min(missing, Self.burst)) }
    return acted(active: active.count, nil)
  }

  private mutating func acted(active: Int, _ error: APIError?) -> Plan {
    settle(active: Int32(clamping: active), acted: true, error)
  }

  /// As many as the remaining completions, at most the parallelism. Without a number of completions
  /// the parallelism, until the first success; then whatever still runs.
  private var wantedActive: Int {
    let parallelism = Int(job.spec.parallelism ?? 1)
    guard let completions = job.spec.completions else {
      return succeeded > 0 ? active.count : parallelism
    }
    return max(0, min(Int(completions - succeeded), parallelism))
  }

  // MARK: Deleting

  /// The active pods that go: of an indexed Job first those without a valid index and those whose
  /// index another one has too, then, up to `count`, those that are least far.
  private func surplus(_ count: Int) -> [JobPod] {
    if count == 0, !isIndexed { return [] }
    var (victims, rest): ([JobPod], [JobPod]) = ([], active)
    if isIndexed {
      victims = active.filter { !hasValidIndex($0) }
      rest = []
      for (_, group) in active.filter(hasValidIndex).chunked(on: \.index) {
        let ranked = ranked(Array(group))
        victims += ranked.dropLast()
        rest += ranked.suffix(1)
      }
    }
    if victims.count < count { victims += ranked(rest).prefix(count - victims.count) }
    return victims
  }

  private func ranked(_ pods: [JobPod]) -> [JobPod] {
    if pods.count < 2 { return pods }
    return pods.map { ($0, PodRanking($0.pod, rank: 0, now: nil, weighsCost: false, clock)) }
      .sorted { $0.1 < $1.1 }.map(\.0)
  }

  /// Deletes pods that shall not count as failed: their finalizer goes first.
  private func remove(_ victims: [JobPod], because rule: StaticString) -> Plan {
    var plan = Plan()
    for pod in victims { plan.update(pod.key, pod.untracked, because: rule) }
    plan.afterwards = { results, _ in
      let free = zip(victims, results.suffix(victims.count)).filter { $1.error == nil }.map(\.0)
      let refusal = results.lazy.compactMap(\.error).first
      let pods = free.map { (key: $0.key, name: $0.pod.metadata.name) }
      return control.delete(pods, because: rule) { outcome in
        var sync = self
        sync.terminating += Int32(outcome.done)
        sync.ready -= Int32(free.count { $0.pod.isReady })
        return sync.acted(active: active.count - outcome.done, refusal ?? outcome.error)
      }
    }
    return plan
  }

  // MARK: Creating

  private func create(_ count: Int) -> Plan {
    if job.spec.backoffLimitPerIndex == nil, let end = backoffEnd { return wait(until: end) }
    guard isIndexed else {
      let pod = job.newPod()
      return create(count) { _ in pod }
    }
    var indexes = missingIndexes(count)
    if job.spec.backoffLimitPerIndex != nil {
      let ends = indexes.map { backoffEnd(of: $0) }
      let ready = zip(indexes, ends).filter { $1 == nil }.map(\.0)
      if ready.isEmpty, let end = ends.compactMap(\.self).min() { return wait(until: end) }
      indexes = ready
    }
    let (job, chosen, replaced) = (job, indexes, awaitingReplacement)
    return create(chosen.count) { number in
      let index = chosen[number]
      return job.newPod(index: index, replacing: replaced[index])
    }
  }

  private func create(_ count: Int, pod: @escaping @Sendable (Int) -> Pod) -> Plan {
    control.create(
      count, because: "scale up: there are fewer pods than needed",
      .figures((Int32(clamping: active.count), "active"), (succeeded, "succeeded")), pod: pod
    ) { outcome in
      var sync = self
      return sync.acted(active: active.count + outcome.done, outcome.error)
    }
  }

  /// Nothing is made while the back-off runs, and meanwhile no pod is reported as active.
  private func wait(until end: Instant) -> Plan {
    var sync = self
    sync.wakes.append(max(end, now + JobController.batchPeriod))
    return sync.acted(active: 0, nil)
  }

  /// The lowest indexes that have no pod and are neither done nor given up.
  private func missingIndexes(_ count: Int) -> [Int] {
    var taken = succeededIndexes.union(CompletionIndexes(active.compactMap(\.index)))
    if job.replacesOnlyFailedPods {
      let leaving = pods.filter { $0.pod.isTerminating }
      taken = taken.union(CompletionIndexes(leaving.compactMap(\.index)))
    }
    if let failedIndexes { taken = taken.union(failedIndexes) }
    return taken.gaps(count, below: completions)
  }

  /// From when on a pod may be made for the index; nil when that is now.
  private func backoffEnd(of index: Int) -> Instant? {
    guard let last = awaitingReplacement[index] else { return nil }
    return JobBackoff.end(
      failures: last.failures + last.ignoredFailures + 1, last.pod.finishTime, after: now, clock)
  }
}
