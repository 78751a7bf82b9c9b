import KubeModel

/// What a pod from a file may not have.
///
/// Follows `HasAPIObjectReference` of pkg/api/v1/pod/util.go (v1.36).
enum StaticPodRules {
  /// The sort of API object that a pod names and that its kubelet could not ask for; nil for none.
  static func reference(in spec: PodSpec) -> String? {
    if !spec.serviceAccountName.isEmpty { return "serviceaccounts" }
    let containers =
      spec.initContainers + spec.containers + spec.ephemeralContainers.map(\.common)
    let sources = spec.volumes.compactMap(\.projected).flatMap(\.sources)
    let variables = containers.flatMap(\.env).compactMap(\.valueFrom)
    let hasSecrets =
      !spec.imagePullSecrets.isEmpty || spec.volumes.contains { $0.secret != nil }
      || sources.contains { $0.secret != nil }
      || containers.contains { $0.envFrom.contains { $0.secretRef != nil } }
      || variables.contains { $0.secretKeyRef != nil }
    if hasSecrets { return "secrets" }
    let hasConfigMaps =
      spec.volumes.contains { $0.configMap != nil } || sources.contains { $0.configMap != nil }
      || containers.contains { $0.envFrom.contains { $0.configMapRef != nil } }
      || variables.contains { $0.configMapKeyRef != nil }
    if hasConfigMaps { return "configmaps" }
    if !spec.resourceClaims.isEmpty { return "resourceclaims" }
    let hasClaims = spec.volumes.contains { $0.persistentVolumeClaim != nil || $0.ephemeral != nil }
    return hasClaims ? "persistentvolumeclaims" : nil
  }
}
