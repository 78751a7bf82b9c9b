import KubeModel
import KubeReconcile

/// What the plugins look at in a pod's spec, read once.
///
/// Immutable, and shared by all pods with an equal spec, so that verdicts on nodes can be kept for
/// all of them. Name, labels and owners of a pod are no part of it.
final class PodShape: Sendable {
  private let source: Indirect<PodSpec>
  /// The node that the spec names already; pods that wait for a node name none.
  let nodeName: String
  let requests: ResourceAmounts
  /// What the pod counts as in scores once it stands on a node.
  let scoringRequests: ScoringAmounts
  /// What it counts as on its way: upstream leaves out requests of the pod as a whole there.
  let incomingRequests: ScoringAmounts
  let required: RequiredNodeAffinity
  let preferred: PreferredNodeAffinity
  /// The only nodes that can be right, if the pod names some.
  let nodeNames: [String]?
  let ports: [HostPort]
  /// The images of all containers, with a tag each.
  let images: [String]

  var tolerations: [Toleration] { source.wrappedValue.tolerations }
  var spreadConstraints: [TopologySpreadConstraint] {
    source.wrappedValue.topologySpreadConstraints
  }

  init(_ spec: Indirect<PodSpec>, nodeName: String = "") {
    source = spec
    self.nodeName = nodeName
    let value = spec.wrappedValue
    requests = ResourceAmounts(value.requests())
    scoringRequests = Self.scoringAmounts(value)
    var ofContainers = value
    ofContainers.resources = nil
    incomingRequests = value.resources == nil ? scoringRequests : Self.scoringAmounts(ofContainers)
    required = RequiredNodeAffinity(value)
    preferred = PreferredNodeAffinity(value)
    nodeNames = required.nodeNames?.sorted()
    // Init containers are over before another pod could miss their ports; sidecars are not.
    let listening = value.containers + value.initContainers.filter(\.isSidecar)
    ports = listening.flatMap { $0.ports.filter { $0.hostPort > 0 }.map(HostPort.init) }
    images = (value.initContainers + value.containers).map { Self.tagged($0.image) }
  }

  private static let defaultRequests: ResourceList = [
    ResourceName.cpu: Quantity(milliValue: 100), ResourceName.memory: Quantity(value: 200 << 20),
  ]

  private static func scoringAmounts(_ spec: PodSpec) -> ScoringAmounts {
    let amounts = ResourceAmounts(spec.requests(whereMissing: defaultRequests))
    return ScoringAmounts(milliCPU: amounts.milliCPU, memory: amounts.memory)
  }

  /// `nginx` is `nginx:latest`, also behind a registry with a port.
  static func tagged(_ image: String) -> String {
    let last = image.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last
    return last?.contains(UInt8(ascii: ":")) == true ? image : image + ":latest"
  }

  /// Whether another spec has this shape. O(1) for specs in shared storage, and some pointer
  /// comparisons for specs whose lists are shared.
  func fits(_ spec: Indirect<PodSpec>) -> Bool {
    if source.sharesStorage(with: spec) { return true }
    // Part by part, since a spec is large and would be copied.
    return source.wrappedValue.nodeSelector == spec.wrappedValue.nodeSelector
      && source.wrappedValue.$affinity == spec.wrappedValue.$affinity
      && source.wrappedValue.tolerations == spec.wrappedValue.tolerations
      && source.wrappedValue.overhead == spec.wrappedValue.overhead
      && source.wrappedValue.$resources == spec.wrappedValue.$resources
      && source.wrappedValue.topologySpreadConstraints
        == spec.wrappedValue.topologySpreadConstraints
      && Self.equal(source.wrappedValue.containers, spec.wrappedValue.containers)
      && Self.equal(source.wrappedValue.initContainers, spec.wrappedValue.initContainers)
  }

  private static func equal(_ one: [Container], _ two: [Container]) -> Bool {
    if one.sharesStorage(with: two) { return true }
    return one.count == two.count
      && one.indices.allSatisfy { index in
        one[index].image == two[index].image && one[index].resources == two[index].resources
          && one[index].ports == two[index].ports
          && one[index].restartPolicy == two[index].restartPolicy
      }
  }

  /// A number that is equal for specs of one shape, and seldom for others.
  static func fingerprint(_ spec: PodSpec) -> Int {
    var hasher = Hasher()
    hasher.combine(spec.containers.count)
    hasher.combine(spec.nodeSelector.count)
    hasher.combine(spec.tolerations.count)
    if let first = spec.containers.first {
      hasher.combine(first.image)
      hasher.combine(first.resources.requests[ResourceName.cpu]?.milliValue)
      hasher.combine(first.resources.requests[ResourceName.memory]?.value)
    }
    return hasher.finalize()
  }
}

/// The shapes that were seen, so that equal specs get one shape.
struct ShapeTable: Sendable {
  private var shapes: [Int: [PodShape]] = [:]  // Looked up, never walked.
  private var count = 0
  private var last: PodShape?

  /// How many shapes are kept; when there are more, all are forgotten and seen anew.
  private static let limit = 10_000

  /// The shape of a pod that waits for a node, or has one.
  mutating func shape(of pod: Pod) -> PodShape {
    if let last, last.fits(pod.$spec) { return last }
    // Pods that each name a node of their own (those of a DaemonSet) would only fill the table.
    if Self.namesNodes(pod.spec) { return PodShape(pod.$spec) }
    let fingerprint = PodShape.fingerprint(pod.spec)
    if let known = shapes[fingerprint]?.first(where: { $0.fits(pod.$spec) }) {
      last = known
      return known
    }
    if count >= Self.limit { (shapes, count) = ([:], 0) }
    let shape = PodShape(pod.$spec)
    shapes[fingerprint, default: []].append(shape)
    count += 1
    last = shape
    return shape
  }

  private static func namesNodes(_ spec: PodSpec) -> Bool {
    let required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
    return required?.nodeSelectorTerms.contains { !$0.matchFields.isEmpty } ?? false
  }
}
