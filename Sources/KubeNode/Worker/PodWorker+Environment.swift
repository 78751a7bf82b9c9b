import KubeModel

// What a container's environment names and must be there.
//
// Follows `makeEnvironmentVariables` of pkg/kubelet/kubelet_pods.go (v1.36)
// Left out  fileKeyRef, which is never missing here. The values are found in Programs/PodWorker+Variables.swift.
extension PodWorker {
  /// What is missing for a container's environment, in upstream's words; nil when all is there.
  func missingEnvironment(_ index: Int) -> String? {
    if !runtime.traits.containers[index].hasEnvironment { return nil }
    return spec(index) { container in
      for source in container.envFrom {
        if let reference = source.configMapRef, reference.optional != true,
          find(ConfigMap.self, reference.name) == nil
        {
          return Missing.configMap(reference.name)
        }
        if let reference = source.secretRef, reference.optional != true,
          find(Secret.self, reference.name) == nil
        {
          return Missing.secret(reference.name)
        }
      }
      for variable in container.env {
        guard let source = variable.valueFrom else { continue }
        if let missing = missingKey(source) { return missing }
      }
      return nil
    }
  }

  private func missingKey(_ source: EnvVarSource) -> String? {
    let namespace = pod.metadata.namespace
    if let reference = source.configMapKeyRef, reference.optional != true {
      guard let map = find(ConfigMap.self, reference.name) else {
        return Missing.configMap(reference.name)
      }
      if map.data[reference.key] == nil {
        return "couldn't find key \(reference.key) in ConfigMap \(namespace)/\(reference.name)"
      }
    }
    if let reference = source.secretKeyRef, reference.optional != true {
      guard let secret = find(Secret.self, reference.name) else {
        return Missing.secret(reference.name)
      }
      if secret.data[reference.key] == nil {
        return "couldn't find key \(reference.key) in Secret \(namespace)/\(reference.name)"
      }
    }
    return nil
  }

  /// An object of the pod's namespace.
  func find<Object: APIObject>(_ kind: Object.Type, _ name: String) -> Object? {
    snapshot[kind, pod.metadata.namespace, name]
  }
}

/// How upstream says that something is not there.
enum Missing {
  static func configMap(_ name: String) -> String { "configmap \(GoText.quoted(name)) not found" }
  static func secret(_ name: String) -> String { "secret \(GoText.quoted(name)) not found" }
}
