import KubeSim

/// A manifest that was left out because KubeSim does not model its kind.
public struct LeftOut: Hashable, Sendable, CustomStringConvertible {
  /// Where it stands.
  public let source: String
  /// `networking.k8s.io/v1`.
  public let apiVersion: String
  /// `NetworkPolicy`.
  public let kind: String
  /// The object's name.
  public let name: String

  /// `web.yaml, document 3: NetworkPolicy "deny" (networking.k8s.io/v1) is not modelled, left out`.
  public var description: String {
    let place = source.isEmpty ? "" : source + ": "
    return "\(place)\(kind) \"\(name)\" (\(apiVersion)) is not modelled, left out"
  }
}

/// The kinds that a real cluster takes and KubeSim does not model.
///
/// What is neither modelled nor named here is an error, as on a real server; but a custom resource
/// is left out, for its definition may be in a cluster that KubeSim does not know.
enum UnmodelledKinds {
  static func contains(_ apiVersion: String, _ kind: String) -> Bool {
    if let kinds = served[apiVersion] { return kinds.contains(kind) }
    let group = apiVersion.split(separator: "/").first ?? ""
    return group.contains(".") && !groups.contains(String(group))
  }

  /// What Kubernetes v1.36 serves besides the kinds of KubeModel.
  private static let served: StringMap<[String]> = [
    "v1": ["ComponentStatus", "Binding"],
    "autoscaling/v1": ["Scale"],
    // Gone since v1.25, but many manifests still carry it, and nothing depends on it.
    "policy/v1beta1": ["PodSecurityPolicy"],
    "admissionregistration.k8s.io/v1": [
      "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration",
      "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "MutatingAdmissionPolicy",
      "MutatingAdmissionPolicyBinding",
    ],
    "apiextensions.k8s.io/v1": ["CustomResourceDefinition"],
    "apiregistration.k8s.io/v1": ["APIService"],
    "authentication.k8s.io/v1": ["TokenReview", "SelfSubjectReview"],
    "authorization.k8s.io/v1": [
      "LocalSubjectAccessReview", "SelfSubjectAccessReview", "SelfSubjectRulesReview",
      "SubjectAccessReview",
    ],
    "certificates.k8s.io/v1": ["CertificateSigningRequest"],
    "events.k8s.io/v1": ["Event"],
    "flowcontrol.apiserver.k8s.io/v1": ["FlowSchema", "PriorityLevelConfiguration"],
    "networking.k8s.io/v1": [
      "Ingress", "IngressClass", "NetworkPolicy", "IPAddress", "ServiceCIDR",
    ],
    "node.k8s.io/v1": ["RuntimeClass"],
    "resource.k8s.io/v1": [
      "DeviceClass", "ResourceClaim", "ResourceClaimTemplate", "ResourceSlice",
    ],
    "storage.k8s.io/v1": ["CSIDriver", "CSIStorageCapacity", "VolumeAttributesClass"],
  ]

  /// The groups whose kinds Kubernetes itself defines; any other is of custom resources.
  private static let groups = [
    "admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io",
    "authentication.k8s.io", "authorization.k8s.io", "certificates.k8s.io",
    "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io",
    "flowcontrol.apiserver.k8s.io", "networking.k8s.io", "node.k8s.io",
    "rbac.authorization.k8s.io", "resource.k8s.io", "scheduling.k8s.io", "storage.k8s.io",
    "kubesim.dev",
  ]
}
