import KubeAPIServer
import KubeModel
import KubeNode
import SimulationKernel

extension Cluster {
  /// What a container printed, oldest line first: in its newest run, or in the one before it. Without
  /// a name the first container of the pod. A scripted container prints nothing.
  ///
  /// - Throws: NotFound for the pod; BadRequest for a container that is not of the pod, has not
  ///   started yet, or has no earlier run.
  /// - Upstream: `validateContainerLogStatus` of pkg/kubelet/kubelet_pods.go (v1.36)
  public func logs(
    _ pod: String, container: String? = nil, namespace: String = "default", previous: Bool = false
  ) throws(APIError) -> [LogLine] {
    let object = try server.get(Pod.self, namespace, pod)
    let key = try server.key(Pod.self, namespace, pod)
    let chosen = container ?? object.defaultContainer
    guard object.containerNames.contains(chosen) else {
      throw .badRequest("container \(chosen) is not valid for pod \(pod)")
    }
    let subject = "container \(GoText.quoted(chosen)) in pod \(GoText.quoted(pod))"
    let kubelet = reconcilers[kubeletIndex] as? Kubelet
    if let lines = kubelet?.log(of: key, container: chosen, previous: previous) { return lines }
    if previous { throw .badRequest("previous terminated \(subject) not found") }
    let all = object.status.containerStatuses + object.status.initContainerStatuses
    if object.spec.nodeName.isEmpty { return [] }
    guard let status = all.first(where: { $0.name == chosen }) else {
      throw .badRequest("\(subject) is not available")
    }
    if let waiting = status.state.waiting {
      throw .badRequest("\(subject) is waiting to start: \(Self.cause(of: waiting.reason))")
    }
    return []
  }

  /// Why a container waits, as the kubelet tells somebody who asks for its log.
  private static func cause(of reason: String) -> String {
    switch reason {
    case "ErrImagePull": "image can't be pulled"
    case "ImagePullBackOff": "trying and failing to pull image"
    default: reason
    }
  }
}
