// Notes that nodes come and go, and keeps pods off those that are not well.
//
// Follows   pkg/controller/nodelifecycle/node_lifecycle_controller.go (v1.36)
// Same      the Events RegisteredNode and RemovingNode, the NoSchedule taints by condition
// Left out  the look at heartbeats, the conditions Unknown, the NoExecute taints, the zones and the
//           eviction, all of which come with later work.
//           The Events come at once, not with the next of the looks every 5 s.

import KubeModel
import KubeReconcile

/// Reports each node that joins and each that is removed, and taints nodes as their conditions say.
public struct NodeLifecycleController: Reconciler {
  public static let name = "node-lifecycle-controller"
  public static let watches: [Watch] = [
    .changes(of: Node.self) { change, _, keys in
      if change.type != .modified || mayNeedTaints(change) { keys.append(change.key) }
    }
  ]

  private static let component = "node-controller"

  public let latency: Duration
  private var known: [ObjectKey: ObjectReference] = [:]  // Looked up, never walked.

  /// A controller that looks this long after a change.
  public init(latency: Duration = .milliseconds(5)) { self.latency = latency }

  public mutating func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    var plan = Plan()
    switch (snapshot[Node.self, key], known[key]) {
    case (let node?, nil):
      var reference = ObjectReference(to: node)
      reference.resourceVersion = ""
      known[key] = reference
      plan.event(Self.note("RegisteredNode", "Registered Node", "in", reference))
    case (nil, let reference?):
      known[key] = nil
      plan.event(Self.note("RemovingNode", "Removing Node", "from", reference))
    case (_?, _?), (nil, nil): break
    }
    if let node = snapshot[Node.self, key],
      let corrected = ConditionTaints.corrected(node, at: snapshot.time)
    {
      let taints = corrected.spec.taints.map { "\($0.key):\($0.effect)" }
      plan.update(
        key, corrected, because: "taints follow the node's conditions",
        taints.isEmpty ? "none" : taints.joined(separator: ", "))
    }
    return plan
  }

  private static func mayNeedTaints(_ change: Change<Node>) -> Bool {
    guard let old = change.old, let new = change.new else { return true }
    func states(_ node: Node) -> [ConditionStatus] { node.status.conditions.map(\.status) }
    return old.$spec != new.$spec || states(old) != states(new)
  }

  /// `Node node-1 event: Registered Node node-1 in Controller`
  private static func note(
    _ reason: String, _ deed: String, _ preposition: String, _ node: ObjectReference
  ) -> EventDraft {
    EventDraft(
      .normal, reason,
      "Node \(node.name) event: \(deed) \(node.name) \(preposition) Controller",
      regarding: node, component: component)
  }
}
