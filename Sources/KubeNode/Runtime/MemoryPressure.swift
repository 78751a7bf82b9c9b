import KubeModel
import SimulationKernel

/// How short of memory a node is.
///
/// Follows pkg/kubelet/eviction (v1.36): the hard threshold `memory.available<100Mi`, looked at every
/// 10 s; the condition holds on for 5 minutes.
struct MemoryPressure: Sendable {
  static let threshold = Quantity(value: 100 << 20, format: .binarySI)
  static let period = Duration.seconds(10)
  static let transition = Duration.minutes(5)

  /// True once somebody said how much memory a container uses; before that nothing is looked at.
  var isWatched = false
  /// True while the node says MemoryPressure.
  var isUnder = false
  /// When too little was left last.
  var lastShort: Instant?
  /// When to look again.
  var nextLook: Instant?

  /// Why a node under pressure does not take a pod; nil when it does.
  static func rejection(of pod: Pod, on node: NodeRuntime) -> AdmissionRules.Rejection? {
    guard node.rare.memory.isUnder, !pod.isCritical, pod.spec.qosClass == .bestEffort else {
      return nil
    }
    var taint = Taint()
    taint.key = "node.kubernetes.io/memory-pressure"
    taint.effect = .noSchedule
    if pod.spec.tolerations.tolerate(taint) { return nil }
    return AdmissionRules.Rejection(
      reason: "Evicted", message: "The node had condition: [MemoryPressure]. ")
  }
}

extension Pod {
  /// True for a pod that the node cannot do without: static, or of a system priority.
  var isCritical: Bool {
    PodPhaseRules.isStatic(self) || (spec.priority ?? 0) >= 2_000_000_000
  }
}

/// How much memory a pod uses and asks for, and its place among those that may be evicted.
struct MemoryConsumer: Sendable {
  let key: ObjectKey
  let pod: Pod
  let used: Quantity
  let requested: Quantity
  /// What each container uses.
  let containers: [(name: String, used: Quantity, requested: Quantity)]

  /// Those that use more than they asked for go first, then those of lower priority, then those
  /// that exceed their request by more.
  static func goesFirst(_ one: MemoryConsumer, _ two: MemoryConsumer) -> Bool {
    let (isOver, otherIsOver) = (one.used > one.requested, two.used > two.requested)
    if isOver != otherIsOver { return isOver }
    let (priority, other) = (one.pod.spec.priority ?? 0, two.pod.spec.priority ?? 0)
    if priority != other { return priority < other }
    let (excess, otherExcess) = (one.used - one.requested, two.used - two.requested)
    if excess != otherExcess { return excess > otherExcess }
    return one.pod.metadata.name < two.pod.metadata.name
  }

  /// What the evicted pod is told.
  func message(available: Quantity) -> String {
    var text =
      "The node was low on resource: memory. Threshold quantity: \(MemoryPressure.threshold), "
      + "available: \(available). "
    for container in containers where container.used > container.requested {
      text +=
        "Container \(container.name) was using \(container.used), "
        + "request is \(container.requested), has larger consumption of memory. "
    }
    return text
  }
}
