import KubeModel

/// A node as the plugins see it: the Node object and what the pods on it take.
///
/// Follows `NodeInfo` in pkg/scheduler/framework/types.go (v1.36).
struct NodeInfo: Sendable {
  let name: String
  /// In a box of its own, which makes copying the rest cheap.
  private var object: Indirect<Node?>
  private(set) var allocatable = ResourceAmounts()
  /// How many pods the node takes.
  private(set) var allowedPods = 0
  /// Sizes of the images on the node, by name.
  private(set) var images: StringMap<Int64> = [:]

  /// The object; nil while there are only pods that name it.
  var node: Node? { object.wrappedValue }

  private(set) var requested = ResourceAmounts()
  private(set) var scoringRequested = ScoringAmounts()
  private(set) var podCount = 0
  /// Ports of the node that are taken; one that several pods share stands there several times.
  private(set) var ports: [HostPort] = []

  init(name: String) {
    self.name = name
    object = Indirect(wrappedValue: nil)
  }

  init(_ node: Node) {
    self.init(name: node.metadata.name)
    set(node)
  }

  mutating func set(_ node: Node?) {
    object = Indirect(wrappedValue: node)
    let status = node?.status ?? NodeStatus()
    allocatable = ResourceAmounts(status.allocatable)
    allowedPods = Int(status.allocatable[ResourceName.pods]?.value ?? 0)
    images = [:]
    for image in status.images {
      for name in image.names { images[PodShape.tagged(name)] = image.sizeBytes }
    }
  }

  mutating func add(_ pod: PodShape) {
    requested.add(pod.requests)
    scoringRequested.milliCPU &+= pod.scoringRequests.milliCPU
    scoringRequested.memory &+= pod.scoringRequests.memory
    podCount += 1
    ports += pod.ports
  }

  mutating func remove(_ pod: PodShape) {
    requested.subtract(pod.requests)
    scoringRequested.milliCPU &-= pod.scoringRequests.milliCPU
    scoringRequested.memory &-= pod.scoringRequests.memory
    podCount -= 1
    for port in pod.ports {
      if let index = ports.firstIndex(of: port) { ports.remove(at: index) }
    }
  }
}
