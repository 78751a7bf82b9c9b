import KubeModel

/// A pod's spec as Go prints its internal form, which differs from the API's in order and place.
///
/// Follows `PodSpec` and `PodSecurityContext` of `pkg/apis/core/types.go` (v1.36).
enum PodSpecDump {
  static func json(of spec: PodSpec) -> JSONValue {
    var visitor = DumpingFields()
    var copy = spec
    copy.visit(&visitor)
    let fields = visitor.members
    var members = JSONObject()
    for name in order {
      members[name] = name == "SecurityContext" ? security(of: spec) : fields[name] ?? .null
    }
    return .object(members)
  }

  private static let order = [
    "Volumes", "InitContainers", "Containers", "EphemeralContainers", "RestartPolicy",
    "TerminationGracePeriodSeconds", "ActiveDeadlineSeconds", "DNSPolicy", "NodeSelector",
    "ServiceAccountName", "AutomountServiceAccountToken", "NodeName", "SecurityContext",
    "ImagePullSecrets", "Hostname", "Subdomain", "SetHostnameAsFQDN", "Affinity", "SchedulerName",
    "Tolerations", "HostAliases", "PriorityClassName", "Priority", "PreemptionPolicy", "DNSConfig",
    "ReadinessGates", "RuntimeClassName", "Overhead", "EnableServiceLinks",
    "TopologySpreadConstraints", "OS", "SchedulingGates", "ResourceClaims", "Resources",
    "HostnameOverride", "SchedulingGroup",
  ]

  /// A volume, whose sources have an order of their own.
  static func volume(_ fields: JSONObject) -> JSONValue {
    var members = JSONObject()
    for name in volumeOrder { members[name] = fields[name] ?? .null }
    return .object(members)
  }

  private static let volumeOrder = [
    "Name", "HostPath", "EmptyDir", "GCEPersistentDisk", "AWSElasticBlockStore", "GitRepo",
    "Secret", "NFS", "ISCSI", "Glusterfs", "PersistentVolumeClaim", "RBD", "Quobyte", "FlexVolume",
    "Cinder", "CephFS", "Flocker", "DownwardAPI", "FC", "AzureFile", "ConfigMap", "VsphereVolume",
    "AzureDisk", "PhotonPersistentDisk", "Projected", "PortworxVolume", "ScaleIO", "StorageOS",
    "CSI", "Ephemeral", "Image",
  ]

  /// The switches for the host's namespaces stand in the security context.
  private static func security(of spec: PodSpec) -> JSONValue {
    var members = JSONObject([
      ("HostNetwork", .bool(spec.hostNetwork)), ("HostPID", .bool(spec.hostPID)),
      ("HostIPC", .bool(spec.hostIPC)),
      ("ShareProcessNamespace", spec.shareProcessNamespace.json),
      ("HostUsers", spec.hostUsers.json),
    ])
    var visitor = DumpingFields()
    var context = spec.securityContext ?? PodSecurityContext()
    context.visit(&visitor)
    for name in securityOrder { members[name] = visitor.members[name] ?? .null }
    return .object(members)
  }

  private static let securityOrder = [
    "SELinuxOptions", "WindowsOptions", "RunAsUser", "RunAsGroup", "RunAsNonRoot",
    "SupplementalGroups", "SupplementalGroupsPolicy", "FSGroup", "FSGroupChangePolicy", "Sysctls",
    "SeccompProfile", "AppArmorProfile", "SELinuxChangePolicy",
  ]
}
