import KubeModel
import KubeSim
import SimulationKernel

/// The life of every pod of a run, a lane for each, as a value that can be printed.
///
/// ```swift
/// print(try Timeline(of: cluster).text())
/// //   you                     1         2
/// //   time                    0s        20s       40s
/// //                           |---------|---------|---------
/// //   Deployment web
/// //     revision 1: web:1.0   ReplicaSet web-6d4b75cb6d
/// //       x2x7k  node-1       CCRR=========TT...............
/// ```
///
/// It is made from the watch stream and the user's steps in the trace, so the cluster must have
/// kept its whole history: `Cluster(…, history: .all)`.
public struct Timeline: Hashable, Sendable {
  /// When something became different.
  public struct Change<Value: Hashable & Sendable>: Hashable, Sendable {
    /// When.
    public let time: Instant
    /// What it is from then on.
    public let value: Value
  }

  /// One pod, or for pods of fixed names all pods of a name.
  public struct Lane: Hashable, Sendable {
    /// The pod's name.
    public let name: String
    /// The node on which it was last; empty for none.
    public internal(set) var node = ""
    /// What it did, from when on; nothing before the first change.
    public internal(set) var states: [Change<LaneState>] = []
  }

  /// The pods of one ReplicaSet, StatefulSet, Job, or of none.
  public struct Section: Hashable, Sendable {
    /// What the pods belong to: `Deployment web`.
    public let group: String
    /// What sets them apart from the group's other pods: `revision 1: web:1.0`; may be empty.
    public internal(set) var title: String
    /// What their names begin with, as the header says it: `ReplicaSet web-6d4b75cb6d`.
    public internal(set) var owner: String
    /// The pods, by creation.
    public internal(set) var lanes: [Lane] = []

    /// The group of pods that no controller manages.
    public static let unmanaged = "Pods without a controller"
  }

  /// A number that is worth watching: ready endpoints of a Service, available pods of a Deployment.
  public struct Gauge: Hashable, Sendable {
    /// What is counted.
    public let title: String
    /// How many, from when on.
    public internal(set) var counts: [Change<Int>] = []
  }

  /// Something that the user did.
  public struct Mark: Hashable, Sendable {
    /// When.
    public let time: Instant
    /// What, as `set a new image for Deployment web (app=web:2)`.
    public let text: String

    /// Something done at a time.
    public init(time: Instant, text: String) {
      self.time = time
      self.text = text
    }
  }

  /// The pods, by what they belong to.
  public internal(set) var sections: [Section] = []
  /// The numbers.
  public internal(set) var gauges: [Gauge] = []
  /// What the user did, in order.
  public internal(set) var marks: [Mark] = []
  /// When the run ended.
  public let end: Instant

  /// The timeline of a run so far.
  ///
  /// - Throws: Expired, when the cluster has not kept its whole history.
  /// - Complexity: O(changes and steps of the run).
  public init(of cluster: Cluster) throws(APIError) {
    self.init(
      events: try cluster.history.changes(after: 0), marks: UserSteps(of: cluster.trace).marks,
      end: cluster.now)
  }

  /// The timeline of a watch stream.
  public init(events: [WatchEvent], marks: [Mark], end: Instant) {
    self.marks = marks
    self.end = end
    var reader = TimelineReader()
    for event in events { reader.read(event) }
    sections = reader.sections
    gauges = reader.gauges
  }

  /// When something happened last.
  public var lastChange: Instant {
    let lanes = sections.flatMap { $0.lanes.compactMap(\.states.last?.time) }
    let counts = gauges.compactMap(\.counts.last?.time)
    return (lanes + counts + marks.map(\.time)).max() ?? .zero
  }
}
