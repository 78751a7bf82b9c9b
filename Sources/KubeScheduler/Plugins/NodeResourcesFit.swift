import KubeModel

/// Keeps pods off nodes that have too little left of what they ask for, and prefers the nodes of
/// which least is asked for (LeastAllocated).
///
/// Follows pkg/scheduler/framework/plugins/noderesources (v1.36): `fit.go`, `least_allocated.go`.
struct NodeResourcesFit: FilterPlugin, ScorePlugin {
  let name = "NodeResourcesFit"
  let scope = Scope.pods
  let weight: Int64 = 1
  let normalization = Normalization.none

  func mayReject(_ pod: PodShape) -> Bool { true }
  func hasOpinion(on pod: PodShape) -> Bool { true }

  func rejection(of pod: PodShape, by node: NodeInfo) -> Rejection? {
    let (asked, all, taken) = (pod.requests, node.allocatable, node.requested)
    if node.podCount < node.allowedPods && Self.fits(asked, all, taken) { return nil }
    var reasons: [String] = []
    var isUnresolvable = false
    func check(_ name: String, _ asked: Int64, _ all: Int64, _ taken: Int64) {
      guard asked > 0, asked > all &- taken else { return }
      reasons.append("Insufficient \(name)")
      if asked > all { isUnresolvable = true }
    }
    if node.podCount + 1 > node.allowedPods { reasons.append("Too many pods") }
    check("cpu", asked.milliCPU, all.milliCPU, taken.milliCPU)
    check("memory", asked.memory, all.memory, taken.memory)
    check("ephemeral-storage", asked.ephemeralStorage, all.ephemeralStorage, taken.ephemeralStorage)
    for (name, amount) in asked.scalars {
      check(name, amount, all.scalars[name] ?? 0, taken.scalars[name] ?? 0)
    }
    guard !reasons.isEmpty else { return nil }
    return Rejection(plugin: name, reasons: reasons, isUnresolvable: isUnresolvable)
  }

  /// The usual case without a word: something of each resource is asked for, and it is there.
  private static func fits(
    _ asked: ResourceAmounts, _ all: ResourceAmounts, _ taken: ResourceAmounts
  ) -> Bool {
    asked.scalars.isEmpty && asked.milliCPU <= all.milliCPU &- taken.milliCPU
      && asked.memory <= all.memory &- taken.memory
      && asked.ephemeralStorage <= all.ephemeralStorage &- taken.ephemeralStorage
  }

  /// The mean of what would be left of cpu and of memory, in percent.
  ///
  /// A pod of 3 cores and 5000 on an empty node of 4 cores and 10000 leaves 25 % and 50 %: 37.
  func score(_ pod: PodShape, on node: NodeInfo, in facts: ClusterFacts) -> Int64 {
    let (all, taken, asked) = (node.allocatable, node.scoringRequested, pod.incomingRequests)
    var (sum, count): (Int64, Int64) = (0, 0)
    func add(_ all: Int64, _ taken: Int64) {
      guard all != 0 else { return }
      count += 1
      if taken <= all { sum += Self.percent(all &- taken, of: all) }
    }
    add(all.milliCPU, taken.milliCPU.addingWithinRange(asked.milliCPU))
    add(all.memory, taken.memory.addingWithinRange(asked.memory))
    return count == 0 ? 0 : sum / count
  }

  /// 100 · part / whole in whole numbers; more than 9 · 10¹⁶ bytes do not fit into an `Int64` then.
  private static func percent(_ part: Int64, of whole: Int64) -> Int64 {
    let (product, overflow) = part.multipliedReportingOverflow(by: 100)
    return overflow ? Int64(clamping: Int128(part) * 100 / Int128(whole)) : product / whole
  }

  func mayBeHelped(_ pod: WaitingPod, by event: ClusterEvent) -> Bool {
    switch event {
    case .podGone: return true
    case .nodeAdded(let node): return wouldFitEmpty(pod.shape, node)
    case .nodeChanged(let old, let new):
      return wouldFitEmpty(pod.shape, new) && offersMore(new, than: old, to: pod.shape)
    default: return false
    }
  }

  private func wouldFitEmpty(_ pod: PodShape, _ node: Node) -> Bool {
    rejection(of: pod, by: NodeInfo(node)) == nil
  }

  private func offersMore(_ new: Node, than old: Node, to pod: PodShape) -> Bool {
    let (asked, after, before) = (pod.requests, NodeInfo(new), NodeInfo(old))
    let (more, less) = (after.allocatable, before.allocatable)
    return after.allowedPods > before.allowedPods
      || asked.milliCPU > 0 && more.milliCPU > less.milliCPU
      || asked.memory > 0 && more.memory > less.memory
      || asked.ephemeralStorage > 0 && more.ephemeralStorage > less.ephemeralStorage
      || asked.scalars.contains { name, amount in
        amount > 0 && (more.scalars[name] ?? 0) > (less.scalars[name] ?? 0)
      }
  }
}
