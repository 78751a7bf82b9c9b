// On which nodes a DaemonSet's pods belong, and what its pods bear beyond their template.
//
// Follows   NodeShouldRunDaemonPod of pkg/controller/daemon/daemon_controller.go and
//           pkg/controller/daemon/util/daemonset_util.go (v1.36)

import KubeModel
import KubeReconcile

/// The demands of a DaemonSet's template on a node, read once.
public struct DaemonPlacement: Sendable {
  private let nodeName: String
  private let affinity: RequiredNodeAffinity
  private let tolerations: [Toleration]

  /// Whether a pod belongs on a node.
  public struct Verdict: Hashable, Sendable {
    /// True when a node without a pod gets one.
    public let shouldRun: Bool
    /// True when a pod that is there stays. A `NoSchedule` taint keeps new pods away and lets old
    /// ones stay.
    public let shouldContinue: Bool
  }

  /// Reads the demands of a template.
  public init(_ template: PodTemplateSpec) {
    nodeName = template.spec.nodeName
    affinity = RequiredNodeAffinity(template.spec)
    tolerations = Self.tolerations(of: template.spec)
  }

  /// Whether a pod belongs on a node. Resources, ports and readiness play no role.
  public func verdict(on node: Node) -> Verdict {
    guard nodeName.isEmpty || nodeName == node.metadata.name,
      affinity.isEmpty || affinity.matches(node)
    else { return Verdict(shouldRun: false, shouldContinue: false) }
    guard tolerations.firstUntolerated(of: node.spec.taints) != nil else {
      return Verdict(shouldRun: true, shouldContinue: true)
    }
    let isDriven = node.spec.taints.contains {
      $0.effect == .noExecute && !tolerations.tolerate($0)
    }
    return Verdict(shouldRun: false, shouldContinue: !isDriven)
  }

  /// The template's tolerations and those that every daemon bears.
  static func tolerations(of spec: PodSpec) -> [Toleration] {
    var own: [(String, TaintEffect)] = [
      ("not-ready", .noExecute), ("unreachable", .noExecute), ("disk-pressure", .noSchedule),
      ("memory-pressure", .noSchedule), ("pid-pressure", .noSchedule),
      ("unschedulable", .noSchedule),
    ]
    if spec.hostNetwork { own.append(("network-unavailable", .noSchedule)) }
    return own.reduce(into: spec.tolerations) { all, toleration in
      let new = Toleration(
        key: "node.kubernetes.io/" + toleration.0, operator: .exists, effect: toleration.1)
      let same = all.firstIndex {
        $0.key == new.key && $0.effect == new.effect && $0.operator == new.operator
          && $0.value == new.value
      }
      if let same { all[same] = new } else { all.append(new) }
    }
  }
}

extension DaemonSet {
  /// The pod for a node: the scheduler binds it, and can bind it there only.
  func pod(on node: String, hash: String) -> Pod {
    var pod = Pod(template: spec.template, owner: self)
    if let generation = templateGeneration {
      pod.metadata.labels[Self.generationLabel] = String(generation)
    }
    pod.metadata.labels[RevisionHistory.hashLabel] = hash
    pod.spec.tolerations = DaemonPlacement.tolerations(of: spec.template.spec)
    var term = NodeSelectorTerm()
    term.matchFields = [
      NodeSelectorRequirement(key: "metadata.name", operator: .in, values: [node])
    ]
    var required = NodeSelector()
    required.nodeSelectorTerms = [term]
    var affinity = pod.spec.affinity ?? Affinity()
    var nodes = affinity.nodeAffinity ?? NodeAffinity()
    nodes.requiredDuringSchedulingIgnoredDuringExecution = required
    affinity.nodeAffinity = nodes
    pod.spec.affinity = affinity
    return pod
  }

  static let generationLabel = "pod-template-generation"

  /// How often the template has changed, if the annotation says so.
  var templateGeneration: Int64? {
    metadata.annotations["deprecated.daemonset.template.generation"].flatMap { Int64($0) }
  }

  /// Whether a pod is of the present template.
  func isUpdated(_ pod: Pod, _ hash: String) -> Bool {
    let labels = pod.metadata.labels
    if let generation = templateGeneration, labels[Self.generationLabel] == String(generation) {
      return true
    }
    return !hash.isEmpty && labels[RevisionHistory.hashLabel] == hash
  }
}

extension Pod {
  /// The node that a daemon is on or is meant for; nil when nothing says which.
  var daemonNode: String? {
    if !spec.nodeName.isEmpty { return spec.nodeName }
    let required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
    for term in required?.nodeSelectorTerms ?? [] {
      for field in term.matchFields where field.key == "metadata.name" && field.operator == .in {
        return field.values.count == 1 ? field.values[0] : nil
      }
    }
    return nil
  }

  /// The order in which a node's daemons count: those that are bound first, then the older.
  static func daemonPrecedes(_ one: Pod, _ other: Pod) -> Bool {
    let (bound, otherBound) = (!one.spec.nodeName.isEmpty, !other.spec.nodeName.isEmpty)
    if bound != otherBound { return bound }
    let (created, otherCreated) = (one.metadata.creationTimestamp, other.metadata.creationTimestamp)
    if created != otherCreated {
      guard let created else { return true }
      guard let otherCreated else { return false }
      return created < otherCreated
    }
    return one.metadata.name < other.metadata.name
  }
}
