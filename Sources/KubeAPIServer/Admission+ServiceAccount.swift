import KubeModel

// Follows   plugin/pkg/admission/serviceaccount/admission.go (v1.36)
// Left out  the volume with the token: no simulated container talks to the API server

extension APIServer {
  /// A pod runs under an account of its namespace, `default` unless it names one, and pulls its
  /// images with the account's secrets unless it names some.
  ///
  /// The account `default` need not be there yet: its controller makes it with the namespace.
  func admitServiceAccount(_ pod: inout Pod) throws(APIError) {
    if pod.spec.serviceAccountName.isEmpty { pod.spec.serviceAccountName = "default" }
    let name = pod.spec.serviceAccountName
    pod.spec.serviceAccount = name
    let key = store.key(ServiceAccount.self, pod.metadata.namespace, name)
    guard let account = key.flatMap({ store[ServiceAccount.self, $0] }) else {
      if name == "default" { return }
      throw .forbidden(
        Pod.resource, pod.metadata.name,
        "error looking up service account \(pod.metadata.namespace)/\(name): "
          + "serviceaccount \(GoText.quoted(name)) not found")
    }
    if pod.spec.imagePullSecrets.isEmpty { pod.spec.imagePullSecrets = account.imagePullSecrets }
  }
}
