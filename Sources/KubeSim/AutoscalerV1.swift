import KubeModel

// Manifests of autoscaling/v1, which are stored as autoscaling/v2.
//
// Follows   pkg/apis/autoscaling/v1/conversion.go (v1.36)
// Left out  the annotations autoscaling.alpha.kubernetes.io/{metrics,behavior}, in which a server
//           hides from old clients what version 1 cannot say; their status

enum AutoscalerV1 {
  static let apiVersion = "autoscaling/v1"

  /// True for what version 1 calls a HorizontalPodAutoscaler.
  static func names(_ apiVersion: String, _ kind: String) -> Bool {
    apiVersion == self.apiVersion && kind == HorizontalPodAutoscaler.resource.kind
  }

  /// The manifest in version 2: the one figure of version 1 is a target for the CPU.
  static func converted(_ manifest: JSONValue) -> JSONValue {
    guard var members = manifest.objectValue else { return manifest }
    members["apiVersion"] = .string(HorizontalPodAutoscaler.resource.apiVersion)
    members.removeValue(forKey: "status")
    if var spec = members["spec"]?.objectValue {
      if let percent = spec.removeValue(forKey: "targetCPUUtilizationPercentage"),
        !percent.isNull
      {
        let target: JSONValue = ["type": "Utilization", "averageUtilization": percent]
        spec["metrics"] = [["type": "Resource", "resource": ["name": "cpu", "target": target]]]
      }
      members["spec"] = .object(spec)
    }
    return .object(members)
  }
}
