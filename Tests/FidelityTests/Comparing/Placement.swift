import KubeModel

/// Where pods went.
enum Placement {
  /// True when a pod could go to one node only.
  static func isForced(_ pod: RecordedObject, in log: Log) -> Bool {
    let bound = pod.versions.first { !$0.object.text(at: "spec.nodeName").isEmpty }
    guard let bound else { return false }
    let candidates = log.objects.filter { node in
      guard node.kind == "Node", node.created <= bound.time,
        node.deleted.map({ $0 >= bound.time }) ?? true
      else { return false }
      let version = node.versions.last { $0.time <= bound.time }?.object ?? node.first
      return admits(node.name, version, pod.first["spec"] ?? .null)
    }
    return candidates.count == 1
  }

  private static func admits(_ name: String, _ node: JSONValue, _ spec: JSONValue) -> Bool {
    let labels = node.at("metadata.labels") ?? .null
    func label(_ key: String) -> String? {
      labels[key]?.stringValue ?? (key == "kubernetes.io/hostname" ? name : nil)
    }
    let selector = spec.at("nodeSelector")?.objectValue
    if let selector, selector.contains(where: { label($0.key) != $0.value.stringValue }) {
      return false
    }
    let terms = spec.list(
      at: "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms")
    let isWanted = terms.contains { term in
      term.list(at: "matchExpressions").allSatisfy { holds($0, label) }
        && term.list(at: "matchFields").allSatisfy {
          holds($0) { $0 == "metadata.name" ? name : nil }
        }
    }
    if !terms.isEmpty, !isWanted { return false }
    var taints = node.list(at: "spec.taints")
    if node.flag(at: "spec.unschedulable") {
      taints.append(["key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"])
    }
    let tolerations = spec.list(at: "tolerations")
    return taints.allSatisfy { taint in
      taint.text(at: "effect") == "PreferNoSchedule"
        || tolerations.contains { tolerates($0, taint) }
    }
  }

  private static func holds(_ requirement: JSONValue, _ label: (String) -> String?) -> Bool {
    let value = label(requirement.text(at: "key"))
    let values = requirement.list(at: "values").compactMap(\.stringValue)
    switch requirement.text(at: "operator") {
    case "In": return value.map(values.contains) ?? false
    case "NotIn": return value.map { !values.contains($0) } ?? true
    case "Exists": return value != nil
    case "DoesNotExist": return value == nil
    default: return true
    }
  }

  private static func tolerates(_ toleration: JSONValue, _ taint: JSONValue) -> Bool {
    let effect = toleration.text(at: "effect")
    if !effect.isEmpty, effect != taint.text(at: "effect") { return false }
    let exists = toleration.text(at: "operator") == "Exists"
    let key = toleration.text(at: "key")
    if key.isEmpty { return exists }
    return key == taint.text(at: "key")
      && (exists || toleration.text(at: "value") == taint.text(at: "value"))
  }

  /// How the pods of each owner are spread over nodes at the end.
  static func spread(in log: Log) -> Facts {
    var nodes: [String: [String: Int]] = [:]
    var owners: [String: String] = [:]
    for pod in log.objects where pod.kind == "Pod" && pod.isRandom && pod.deleted == nil {
      let node = pod.last.text(at: "spec.nodeName")
      if !node.isEmpty { nodes[pod.group, default: [:]][node, default: 0] += 1 }
      owners[pod.group] = pod.owner?.kind
    }
    var facts = Facts()
    for (group, counts) in nodes.sorted(by: { $0.key < $1.key }) where owners[group] != "Job" {
      let shape =
        owners[group] == "DaemonSet"
        ? counts.map { "\($0.key)=\($0.value)" }.sorted() : counts.values.sorted().map { "\($0)" }
      facts.add(.placement, "spread of " + group, .exact(shape.joined(separator: " ")))
    }
    return facts
  }
}
