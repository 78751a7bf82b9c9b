import KubeAPIServer
import KubeModel
import SimulationKernel

// kubectl's verbs on nodes, and the coming and going of nodes.
//
// Follows   staging/src/k8s.io/kubectl/pkg/{drain,cmd/taint} (v1.36)
// Left out  failing nodes and drains: not supported yet

extension Cluster {
  /// Lets no new pods onto a node: `kubectl cordon`.
  ///
  /// - Throws: NotFound.
  public mutating func cordon(_ node: String) throws(APIError) {
    try change(
      Node.self, node, "", .merge(["spec": ["unschedulable": true]]), because: "cordon")
  }

  /// Lets pods onto a node again: `kubectl uncordon`.
  ///
  /// - Throws: NotFound.
  public mutating func uncordon(_ node: String) throws(APIError) {
    try change(
      Node.self, node, "", .merge(["spec": ["unschedulable": nil]]), because: "uncordon")
  }

  /// Puts taints on a node, in the place of those of the same key and effect: `kubectl taint`.
  ///
  /// - Throws: NotFound, Invalid.
  public mutating func taint(_ node: String, _ taints: [Taint]) throws(APIError) {
    var all = try server.get(Node.self, "", node).spec.taints
    for taint in taints {
      if let place = all.firstIndex(where: { $0.key == taint.key && $0.effect == taint.effect }) {
        all[place] = taint
      } else {
        all.append(taint)
      }
    }
    let words = taints.map { "\($0.key)=\($0.value):\($0.effect)" }.joined(separator: ", ")
    try setTaints(all, of: node, because: "taint", words)
  }

  /// Takes all taints of these keys from a node: `kubectl taint KEY-`.
  ///
  /// - Throws: NotFound for the node, BadRequest when it has no taint of a key.
  public mutating func untaint(_ node: String, keys: [String]) throws(APIError) {
    let all = try server.get(Node.self, "", node).spec.taints
    for key in keys where !all.contains(where: { $0.key == key }) {
      throw .badRequest("taint \(GoText.quoted(key)) not found")
    }
    try setTaints(
      all.filter { !keys.contains($0.key) }, of: node, because: "untaint",
      keys.joined(separator: ", "))
  }

  private mutating func setTaints(
    _ taints: [Taint], of name: String, because rule: StaticString, _ detail: String
  ) throws(APIError) {
    let key = try server.key(Node.self, "", name)
    var node = try server.get(Node.self, "", name)
    node.spec.taints = taints
    begin(actor: Self.user, rule: rule, detail, cause: .none)
    try server.update(key, with: node, at: time, sink: &engine)
  }

  /// Adds a node, which registers itself and becomes Ready.
  ///
  /// - Throws: AlreadyExists, Invalid.
  public mutating func addNode(_ template: NodeTemplate) throws(APIError) {
    begin(actor: Self.user, rule: "add node", cause: .none)
    try createNode(template)
  }

  /// Stops a node for good and deletes its Node object.
  ///
  /// - Throws: NotFound.
  public mutating func removeNode(_ name: String) throws(APIError) {
    let key = try server.key(Node.self, "", name)
    begin(actor: Self.user, rule: "remove node", cause: .none)
    try server.delete(Node.self, key, at: time, sink: &engine)
  }

  /// A node stops answering.
  ///
  /// - Throws: NotFound; 501, as long as this is not supported.
  public mutating func fail(node: String) throws(APIError) {
    _ = try server.key(Node.self, "", node)
    throw .notSupportedYet("failNode")
  }

  /// A node that failed answers again.
  ///
  /// - Throws: NotFound; 501, as long as this is not supported.
  public mutating func recover(node: String) throws(APIError) {
    _ = try server.key(Node.self, "", node)
    throw .notSupportedYet("recoverNode")
  }
}
