import KubeAPIServer
import KubeModel
import SimulationKernel

// kubectl's verbs on the containers of a pod.

extension Cluster {
  /// Changes the resources of a pod's containers in place: `kubectl patch pod --subresource resize`.
  ///
  /// ```swift
  /// try cluster.resize("web") {
  ///   $0.containers[0].resources.requests["cpu"] = Quantity(value: 2)
  /// }
  /// ```
  ///
  /// What else `change` edits is not looked at. Whether and when the node can follow is shown by the
  /// conditions PodResizePending and PodResizeInProgress.
  ///
  /// - Throws: NotFound, Invalid; Forbidden for more than the node could ever give.
  @discardableResult public mutating func resize(
    _ pod: String, namespace: String = "default", _ change: (inout PodSpec) -> Void
  ) throws(APIError) -> Pod {
    let key = try server.key(Pod.self, namespace, pod)
    var wanted = try server.get(Pod.self, namespace, pod)
    change(&wanted.spec)
    begin(actor: Self.user, rule: "resize", cause: .none)
    return try server.update(key, with: wanted, .resize, at: time, sink: &engine)
  }

  /// Adds an ephemeral container to a pod: `kubectl debug`.
  ///
  /// - Throws: NotFound, Invalid.
  @discardableResult public mutating func debug(
    _ pod: String, namespace: String = "default", with container: EphemeralContainer
  ) throws(APIError) -> Pod {
    let key = try server.key(Pod.self, namespace, pod)
    var wanted = try server.get(Pod.self, namespace, pod)
    wanted.spec.ephemeralContainers.append(container)
    begin(actor: Self.user, rule: "debug", "container \(container.name)", cause: .none)
    return try server.update(key, with: wanted, .ephemeralContainers, at: time, sink: &engine)
  }

  /// Changes a pod through one of its subresources by a patch.
  ///
  /// - Throws: NotFound, Invalid, Forbidden, BadRequest for what is no patch.
  @discardableResult public mutating func patch(
    pod: String, namespace: String = "default", subresource: APIServer.PodSubresource,
    _ patch: Patch
  ) throws(APIError) -> Pod {
    let key = try server.key(Pod.self, namespace, pod)
    begin(actor: Self.user, rule: "patch", "subresource \(subresource)", cause: .none)
    return try server.patch(key, patch, subresource, at: time, sink: &engine)
  }
}
