import KubeModel
import SimulationKernel

/// The resources of a pod that was resized: what the node has set aside for each container and what
/// is in force, both in the order of the pod's init containers and containers.
///
/// Follows pkg/kubelet/allocation (v1.36). A pod that was never resized has none: for it both are
/// what its spec says.
struct Allocation: Sendable {
  /// What the node has set aside.
  var allocated: [ResourceRequirements]
  /// What the containers run with.
  var actual: [ResourceRequirements]
  /// Why the last resize is not granted.
  var pending: Pending?
  /// The generation of the resize that is being carried out.
  var generation: Int64?

  /// A resize that waits, or waits in vain.
  struct Pending: Hashable, Sendable {
    var reason: String
    var message: String
    var generation: Int64
  }

  init(amounts: [ResourceRequirements]) {
    allocated = amounts
    actual = amounts
  }

  /// What a spec asks for, container by container.
  static func amounts(of spec: PodSpec) -> [ResourceRequirements] {
    spec.initContainers.map(\.resources) + spec.containers.map(\.resources)
  }

  /// A spec with these amounts in the place of its own.
  static func spec(_ spec: PodSpec, with amounts: [ResourceRequirements]) -> PodSpec {
    var spec = spec
    let initCount = spec.initContainers.count
    for (index, amount) in amounts.enumerated() {
      if index < initCount {
        spec.initContainers[index].resources = amount
      } else if index - initCount < spec.containers.count {
        spec.containers[index - initCount].resources = amount
      }
    }
    return spec
  }
}

extension PodRuntime {
  /// From the first resize on, the amounts are kept apart from the spec's.
  mutating func noteAmounts(of old: PodSpec) {
    if allocation != nil { return }
    let amounts = Allocation.amounts(of: old)
    if amounts == Allocation.amounts(of: pod.spec) { return }
    allocation = Allocation(amounts: amounts)
  }
}
