import KubeModel
import KubeReconcile
import SimulationKernel

// Makes room for a critical pod.
//
// Follows pkg/kubelet/preemption/preemption.go (v1.36)
extension Kubelet {
  /// Ends other pods in favour of a critical one that finds too little left; nil when it is not
  /// critical, or when even that would not be enough.
  ///
  /// The pod is looked at again when the others are gone.
  mutating func makeRoom(
    for key: ObjectKey, _ pod: Pod, _ requests: ResourceList, _ slot: Int, _ snapshot: Snapshot
  ) -> Plan? {
    guard pod.isCritical, let node = nodes[slot]?.wrappedValue,
      let object = snapshot[Node.self, node.key],
      AdmissionRules.shortage(requests, object, node) != nil
    else { return nil }
    var candidates: [PreemptionRules.Candidate] = []
    var leaving: ResourceList = ["pods": .zero]
    for other in snapshot.store[Pod.self].keys(on: node.name) where hasRuntime(other) {
      guard let runtime = pods[Int(other.slot)].runtime?.wrappedValue, runtime.stage != .terminated
      else { continue }
      var amounts = runtime.requested
      amounts["pods"] = Quantity(value: 1)
      if runtime.verdict != nil {
        leaving.add(amounts)
      } else if PreemptionRules.mayGive(way: runtime.pod, to: pod) {
        candidates.append(.init(key: other, pod: runtime.pod, amounts: amounts))
      }
    }
    let needs = AdmissionRules.needs(requests, object, node).subtracting(leaving)
    guard let victims = PreemptionRules.victims(among: candidates, for: needs) else { return nil }
    var plan = Plan()
    for victim in victims {
      change(victim) { $0.verdict = .preempted("to admit \(pod.metadata.name)") }
      plan.wake(victim, at: snapshot.now)
    }
    if !node.rare.waiting.contains(key) { nodes[slot]?.wrappedValue.rare.waiting.append(key) }
    return plan
  }
}

/// Which pods go when a critical one needs room.
enum PreemptionRules {
  /// A pod that may go, and what that would free.
  struct Candidate {
    let key: ObjectKey
    let pod: Pod
    let amounts: ResourceList
  }

  /// True when a pod gives way to another: to a critical one unless it is critical itself, and to one
  /// of higher priority.
  static func mayGive(way pod: Pod, to other: Pod) -> Bool {
    if other.isCritical && !pod.isCritical { return true }
    guard let priority = pod.spec.priority, let higher = other.spec.priority else { return false }
    return higher > priority
  }

  /// As few as can be, and guaranteed pods only where the others are not enough; nil when all
  /// together are not enough.
  static func victims(among candidates: [Candidate], for needs: ResourceList) -> [ObjectKey]? {
    func group(_ quality: PodQOSClass) -> [Candidate] {
      candidates.filter { $0.pod.spec.qosClass == quality }
    }
    let (poor, middling, sturdy) = (group(.bestEffort), group(.burstable), group(.guaranteed))
    guard needs.subtracting(candidates).isEmpty else { return nil }
    let last = nearest(sturdy, to: needs.subtracting(poor + middling))
    let second = nearest(middling, to: needs.subtracting(poor + last))
    let first = nearest(poor, to: needs.subtracting(second + last))
    return (first + second + last).map(\.key)
  }

  /// One after the other the pod that comes nearest to what is still needed.
  private static func nearest(_ candidates: [Candidate], to needs: ResourceList) -> [Candidate] {
    var left = candidates
    var needs = needs
    var chosen: [Candidate] = []
    while !needs.isEmpty {
      let distances = left.map { distance($0, needs) }
      guard let best = distances.indices.min(by: { distances[$0] < distances[$1] }) else { break }
      chosen.append(left[best])
      needs = needs.subtracting([left[best]])
      left.remove(at: best)
    }
    return chosen
  }

  /// The sum of the squares of the shares that would still be missing.
  private static func distance(_ candidate: Candidate, _ needs: ResourceList) -> Double {
    var sum = 0.0
    for (name, need) in needs {
      let wanted = Double(AdmissionRules.count(name, need))
      let missing = wanted - Double(AdmissionRules.count(name, candidate.amounts[name]))
      if missing > 0 { sum += missing / wanted * (missing / wanted) }
    }
    return sum
  }
}

extension StringMap<Quantity> {
  /// What is still needed once these amounts are there; only what is more than nothing.
  fileprivate func subtracting(_ other: ResourceList) -> ResourceList {
    var rest = ResourceList()
    for (name, amount) in self {
      let left = other[name].map { amount - $0 } ?? amount
      if left > .zero { rest[name] = left }
    }
    return rest
  }

  fileprivate func subtracting(_ candidates: [PreemptionRules.Candidate]) -> ResourceList {
    var sum = ResourceList()
    for candidate in candidates { sum.add(candidate.amounts) }
    return subtracting(sum)
  }
}
