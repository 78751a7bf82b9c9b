import KubeModel
import KubeReconcile

/// A rule that has a say in where pods go. Each stands in a file of its own in `Plugins`.
protocol SchedulingPlugin: Sendable {
  /// Upstream's name of it.
  var name: String { get }

  /// Whether a change may make a pod fit that this plugin has rejected (a queueing hint).
  func mayBeHelped(_ pod: WaitingPod, by event: ClusterEvent) -> Bool
}

/// A rule that keeps pods off nodes, looking at one node at a time.
protocol FilterPlugin: SchedulingPlugin {
  /// What the verdict depends on besides the pod's shape, hence how long it can be kept.
  var scope: Scope { get }

  /// False when the plugin never rejects such pods.
  func mayReject(_ pod: PodShape) -> Bool

  /// Why the pod cannot go there; nil when it can.
  func rejection(of pod: PodShape, by node: NodeInfo) -> Rejection?
}

/// A rule that says how good a node is for a pod, looking at one node at a time.
protocol ScorePlugin: Sendable {
  /// Upstream's name of it.
  var name: String { get }
  /// How much its score counts.
  var weight: Int64 { get }
  /// What the score depends on besides the pod's shape, hence how long it can be kept.
  var scope: Scope { get }
  /// How raw scores become scores from 0 to 100.
  var normalization: Normalization { get }

  /// False when the plugin has no opinion on such pods, which is not the same as a score of 0.
  func hasOpinion(on pod: PodShape) -> Bool

  /// The raw score.
  func score(_ pod: PodShape, on node: NodeInfo, in facts: ClusterFacts) -> Int64
}

/// A rule that keeps pods off nodes for what is on other nodes.
protocol ClusterFilterPlugin: SchedulingPlugin {
  /// False when the plugin never rejects such pods.
  func mayReject(_ pod: WaitingPod) -> Bool

  /// Why the pod can go nowhere, said before any node is looked at; nil when it may go somewhere.
  func objection(to pod: WaitingPod, in snapshot: Snapshot, _ cache: ClusterCache) -> String?

  /// Looks at the cluster and returns what says why the pod cannot go to a node (by its index); nil
  /// when the plugin never rejects such pods.
  func filter(
    _ pod: WaitingPod, in snapshot: Snapshot, _ cache: inout ClusterCache
  ) -> ((Int) -> Rejection?)?
}

extension ClusterFilterPlugin {
  func objection(to pod: WaitingPod, in snapshot: Snapshot, _ cache: ClusterCache) -> String? {
    nil
  }
}

/// A rule that compares nodes by what is on all of them.
protocol ClusterScorePlugin: Sendable {
  /// Upstream's name of it.
  var name: String { get }
  /// How much its score counts.
  var weight: Int32 { get }

  /// The scores from 0 to 100 of these nodes (by their indices), in the same order; nil when the
  /// plugin has no opinion on such pods.
  func scores(
    _ pod: WaitingPod, on nodes: ContiguousArray<Int32>, in snapshot: Snapshot,
    _ cache: inout ClusterCache
  ) -> ContiguousArray<Int32>?
}

/// What a verdict or score on a node depends on.
enum Scope: Sendable {
  /// The Node object.
  case node
  /// The Node object and the pods on it.
  case pods
}

/// How raw scores become scores from 0 to 100.
enum Normalization: Sendable {
  /// They are such scores already.
  case none
  /// As a share of the best one.
  case share
  /// As a share of the best one, the best being the worst.
  case reversedShare

  /// A share of the greatest raw score: 3 of 4 is 75, reversed 25.
  func normalized(_ raw: Int64, max: Int64) -> Int64 {
    switch self {
    case .none: raw
    case .share: max == 0 ? raw : 100 * raw / max
    case .reversedShare: max == 0 ? 100 : 100 - 100 * raw / max
    }
  }
}

/// What scores can depend on besides pod and node.
struct ClusterFacts: Hashable, Sendable {
  var nodeCount = 0
  /// On how many nodes each of the pod's images is, in the order of the pod's images.
  var imageNodeCounts: [Int] = []
}

/// Why a pod cannot go to a node.
struct Rejection: Hashable, Sendable {
  /// The plugin; none when the pod named other nodes only.
  var plugin: String
  var reasons: [String]
  /// True when removing pods from the node would not help.
  var isUnresolvable: Bool
}

/// A pod on its way to a node.
struct WaitingPod: Sendable {
  let key: ObjectKey
  let pod: Pod
  let shape: PodShape
  /// The label group that the pod belongs to.
  let group: Int32
}

/// Something that changed and may make rejected pods fit.
enum ClusterEvent: Sendable {
  case nodeAdded(Node)
  case nodeChanged(old: Node, new: Node)
  case nodeRemoved(Node)
  /// A pod was put on a node, or its labels changed there.
  case podPlaced(PodTraits)
  /// A pod left its node, or asks for less there.
  case podGone(PodTraits)
  /// A claim, a volume, a class or what a node says about its drivers was added or has changed.
  case storageChanged(Storage)

  /// What storage consists of.
  enum Storage: Sendable {
    case claim(NamespacedName)
    case volume
    case storageClass
    /// The drivers of a node.
    case driver
    case attachment
  }

  /// What plugins ask about a pod that stands, or stood, on a node.
  struct PodTraits: Sendable {
    let namespace: String
    let labels: StringMap<String>
    /// Labels that it had before, if they have changed.
    var formerLabels: StringMap<String>?
    let ports: [HostPort]
  }
}
