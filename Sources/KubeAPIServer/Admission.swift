import KubeModel

// What admission does to a new object before it is validated.
//
// Follows   plugin/pkg/admission/{defaulttolerationseconds,nodetaint,priority,serviceaccount} (v1.36)
// Left out  quota, limit ranges, pod security, webhooks

extension APIServer {
  func admit<Object: APIObject>(_ object: inout Object) throws(APIError) {
    if Object.self == Node.self, var node = object as? Node {
      taint(&node)
      if let admitted = node as? Object { object = admitted }
    }
    guard Object.self == Pod.self, var pod = object as? Pod else { return }
    try admitServiceAccount(&pod)
    try priority(&pod)
    defaultTolerations(&pod)
    if let admitted = pod as? Object { object = admitted }
  }

  /// No pod comes onto a new node before its kubelet says that it is ready.
  private func taint(_ node: inout Node) {
    var taint = Taint()
    taint.key = "node.kubernetes.io/not-ready"
    taint.effect = .noSchedule
    if node.spec.taints.contains(where: { $0.key == taint.key && $0.effect == taint.effect }) {
      return
    }
    node.spec.taints.append(taint)
  }

  /// The value of the pod's priority class, of the default class, or 0.
  private func priority(_ pod: inout Pod) throws(APIError) {
    let named = pod.spec.priorityClassName
    let system: [String: Int32] = [
      "system-cluster-critical": 2_000_000_000, "system-node-critical": 2_000_001_000,
    ]
    var found: PriorityClass?
    if !named.isEmpty {
      found = store.key(PriorityClass.self, "", named).flatMap { store[PriorityClass.self, $0] }
      guard found != nil || system[named] != nil else {
        throw .forbidden(
          Pod.resource, pod.metadata.name, "no PriorityClass with name \(named) was found")
      }
    } else {
      let table = store[PriorityClass.self]
      found = table.keys.compactMap { table[$0] }.filter { $0.globalDefault }
        .min { ($0.value, $0.metadata.name) < ($1.value, $1.metadata.name) }
      pod.spec.priorityClassName = found?.metadata.name ?? ""
    }
    let value = found?.value ?? system[named] ?? 0
    if let asked = pod.spec.priority, asked != value {
      throw .forbidden(
        Pod.resource, pod.metadata.name,
        "the integer value of priority (\(asked)) must not be provided in pod spec; priority admission controller computed \(value) from the given PriorityClass name"
      )
    }
    pod.spec.priority = value
    let policy = found?.preemptionPolicy ?? .preemptLowerPriority
    if let asked = pod.spec.preemptionPolicy, asked != policy {
      throw .forbidden(
        Pod.resource, pod.metadata.name,
        "the string value of PreemptionPolicy (\(asked)) must not be provided in pod spec; priority admission controller computed \(policy) from the given PriorityClass name"
      )
    }
    pod.spec.preemptionPolicy = policy
  }

  /// Five minutes on a node that is not ready or cannot be reached, unless the pod says otherwise.
  private func defaultTolerations(_ pod: inout Pod) {
    for key in ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"] {
      let has = pod.spec.tolerations.contains {
        ($0.key == key || $0.key.isEmpty) && ($0.effect == .noExecute || $0.effect.isEmpty)
      }
      if has { continue }
      var toleration = Toleration()
      toleration.key = key
      toleration.operator = .exists
      toleration.effect = .noExecute
      toleration.tolerationSeconds = 300
      pod.spec.tolerations.append(toleration)
    }
  }
}
