/// The structs of Go that lie inside others without a field of their own: JSON does not show them, but
/// the texts of Go's decoder name them.
///
/// `lun` of a volume's `fc` is `spec.volumes.VolumeSource.fc.lun`.
///
/// Follows `staging/src/k8s.io/api/core/v1/types.go` (v1.36).
enum EmbeddedStructs {
  /// The embedded struct that a field of a struct is of; nil when the field is the struct's own.
  static func name(of field: String, in owner: String) -> String? {
    switch owner {
    case "Volume": field == "name" ? nil : "VolumeSource"
    case "Probe": handlers.contains(field) ? "ProbeHandler" : nil
    case "EphemeralContainer": field == "targetContainerName" ? nil : "EphemeralContainerCommon"
    case "PersistentVolumeSpec": claimFields.contains(field) ? nil : "PersistentVolumeSource"
    case "ConfigMapVolumeSource", "ConfigMapProjection", "ConfigMapKeySelector",
      "ConfigMapEnvSource", "SecretProjection", "SecretKeySelector", "SecretEnvSource":
      field == "name" ? "LocalObjectReference" : nil
    default: nil
    }
  }

  private static let handlers = ["exec", "httpGet", "tcpSocket", "grpc"]
  private static let claimFields = [
    "accessModes", "capacity", "claimRef", "mountOptions", "nodeAffinity",
    "persistentVolumeReclaimPolicy", "storageClassName", "volumeAttributesClassName", "volumeMode",
  ]
}
