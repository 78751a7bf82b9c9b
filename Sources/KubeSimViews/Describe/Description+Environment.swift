import KubeModel

// Follows   kubectl/pkg/describe, describeContainerEnvVars (v1.36)

extension Description {
  mutating func environmentSources(_ container: Container) {
    guard !container.envFrom.isEmpty else { return }
    line(2, "Environment Variables from:")
    for source in container.envFrom {
      let prefix = source.prefix.isEmpty ? "" : " with prefix '\(source.prefix)'"
      if let map = source.configMapRef {
        line(3, map.name, "ConfigMap" + prefix, "Optional: \(map.optional == true)")
      } else if let secret = source.secretRef {
        line(3, secret.name, "Secret" + prefix, "Optional: \(secret.optional == true)")
      }
    }
  }

  /// The variables; values that come from the pod are filled in when there is one.
  mutating func environment(_ container: Container, of pod: Pod?) {
    guard !container.env.isEmpty else { return line(2, "Environment:", "<none>") }
    line(2, "Environment:")
    for variable in container.env {
      let title = variable.name + ":"
      guard let source = variable.valueFrom else {
        let parts = variable.value.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() { line(3, index == 0 ? title : "", String(part)) }
        continue
      }
      if let field = source.fieldRef {
        let value = Self.value(of: field.fieldPath, pod)
        line(3, title, "\(value) (\(field.apiVersion):\(field.fieldPath))")
      } else if let field = source.resourceFieldRef {
        line(3, title, "\(Self.value(of: field, container)) (\(field.resource))")
      } else if let key = source.secretKeyRef {
        line(
          3, title, "<set to the key '\(key.key)' in secret '\(key.name)'>",
          "Optional: \(key.optional == true)")
      } else if let key = source.configMapKeyRef {
        line(
          3, title, "<set to the key '\(key.key)' of config map '\(key.name)'>",
          "Optional: \(key.optional == true)")
      }
    }
  }

  /// kubectl can fill in only what is known of a pod before it is placed.
  private static func value(of path: String, _ pod: Pod?) -> String {
    switch path {
    case "metadata.name": pod?.metadata.name ?? ""
    case "metadata.namespace": pod?.metadata.namespace ?? ""
    default: ""
    }
  }

  /// The amount in units of the divisor, rounded up: 1500m of CPU by 1 are 2.
  private static func value(of field: ResourceFieldSelector, _ container: Container) -> String {
    let parts = field.resource.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return "" }
    let list = parts[0] == "limits" ? container.resources.limits : container.resources.requests
    let amount = list[parts[1]] ?? Quantity()
    let divisor = field.divisor.isZero ? Quantity(value: 1) : field.divisor
    let isCPU = parts[1] == "cpu"
    let numbers = (
      isCPU ? amount.milliValue : amount.value, isCPU ? divisor.milliValue : divisor.value
    )
    guard let whole = numbers.0, let unit = numbers.1, unit > 0 else { return "" }
    if whole == 0, parts[0] == "limits", parts[1] == "cpu" || parts[1] == "memory" {
      return "node allocatable"
    }
    return String(whole / unit + (whole % unit > 0 ? 1 : 0))
  }
}
