import KubeModel

/// The nodes with what stands on them, each at an index of its own, and the order in which they are
/// tried.
///
/// Follows pkg/scheduler/backend/cache (v1.36): `cache.go`, `node_tree.go`.
struct NodeTable: Sendable {
  private(set) var infos: ContiguousArray<NodeInfo> = []
  /// Counts the changes of each Node object.
  private(set) var nodeStamps: ContiguousArray<UInt32> = []
  /// Counts the changes of each Node object and of the pods on it.
  private(set) var podStamps: ContiguousArray<UInt32> = []
  /// The indices of the nodes that exist, zone by zone in turn.
  private(set) var order: ContiguousArray<Int32> = []
  /// Counts the changes of Node objects.
  private(set) var epoch: UInt32 = 1

  private var indices: [String: Int32] = [:]  // Looked up, never walked.
  private var zones: [Zone] = []
  private var orderIsStale = false
  private var holders: [String: Int] = [:]  // Looked up, never walked.

  private struct Zone: Sendable {
    let name: String
    var nodes: [Int32]
  }

  /// How many nodes exist.
  private(set) var count = 0

  /// The node of this name; one that does not exist gets an index too.
  mutating func index(of name: String) -> Int {
    if let index = indices[name] { return Int(index) }
    indices[name] = Int32(infos.count)
    infos.append(NodeInfo(name: name))
    nodeStamps.append(1)
    podStamps.append(1)
    return infos.count - 1
  }

  /// The node of this name, if it was ever heard of.
  func knownIndex(of name: String) -> Int? { indices[name].map(Int.init) }

  /// Puts a new version of a node in; nil takes it out.
  mutating func set(_ node: Node?, at index: Int) {
    let old = infos[index].node
    countImages(at: index, by: -1)
    infos[index].set(node)
    countImages(at: index, by: 1)
    epoch &+= 1
    nodeStamps[index] &+= 1
    podStamps[index] &+= 1
    let (former, present) = (old.map(Self.zone), node.map(Self.zone))
    guard former != present else { return }
    if let former, let zone = zones.firstIndex(where: { $0.name == former }) {
      zones[zone].nodes.removeAll { $0 == index }
      if zones[zone].nodes.isEmpty { zones.remove(at: zone) }
      count -= 1
    }
    if let present {
      if let zone = zones.firstIndex(where: { $0.name == present }) {
        zones[zone].nodes.append(Int32(index))
      } else {
        zones.append(Zone(name: present, nodes: [Int32(index)]))
      }
      count += 1
    }
    orderIsStale = true
  }

  mutating func add(_ pod: PodShape, at index: Int) {
    infos[index].add(pod)
    podStamps[index] &+= 1
  }

  mutating func remove(_ pod: PodShape, at index: Int) {
    infos[index].remove(pod)
    podStamps[index] &+= 1
  }

  /// The order and the stamps of the pods, for loops that must not check each index.
  @inline(__always) func withOrderAndStamps(
    _ body: (UnsafeBufferPointer<Int32>, UnsafeBufferPointer<UInt32>) -> Int
  ) -> Int {
    order.withUnsafeBufferPointer { order in
      podStamps.withUnsafeBufferPointer { stamps in body(order, stamps) }
    }
  }

  /// On how many nodes each of a pod's images is.
  func facts(for pod: PodShape) -> ClusterFacts {
    ClusterFacts(nodeCount: count, imageNodeCounts: pod.images.map { holders[$0] ?? 0 })
  }

  /// Brings `order` up to date: the first node of each zone, then the second of each, and so on.
  mutating func refreshOrder() {
    guard orderIsStale else { return }
    orderIsStale = false
    order.removeAll(keepingCapacity: true)
    var round = 0
    while order.count < count {
      for zone in zones where round < zone.nodes.count { order.append(zone.nodes[round]) }
      round += 1
    }
  }

  private mutating func countImages(at index: Int, by step: Int) {
    for (image, _) in infos[index].images { holders[image, default: 0] += step }
  }

  private static func zone(_ node: Node) -> String {
    let labels = node.metadata.labels
    let region = labels[TopologyLabel.region] ?? labels["failure-domain.beta.kubernetes.io/region"]
    let zone = labels[TopologyLabel.zone] ?? labels["failure-domain.beta.kubernetes.io/zone"]
    return "\(region ?? ""):\(zone ?? "")"
  }
}

/// Labels that say where a node stands.
enum TopologyLabel {
  static let hostname = "kubernetes.io/hostname"
  static let zone = "topology.kubernetes.io/zone"
  static let region = "topology.kubernetes.io/region"
}
