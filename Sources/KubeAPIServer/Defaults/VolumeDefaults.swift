import KubeModel

/// What the server fills into the volumes of a pod.
///
/// Follows `pkg/apis/core/v1/defaults.go` and its generated companion (v1.36).
enum VolumeDefaults {
  private static let fileMode: Int32 = 0o644

  static func set(_ volume: inout Volume) {
    if !hasSource(volume) { volume.emptyDir = EmptyDirVolumeSource() }
    if volume.hostPath != nil, volume.hostPath?.type == nil { volume.hostPath?.type = "" }
    if volume.secret != nil, volume.secret?.defaultMode == nil {
      volume.secret?.defaultMode = fileMode
    }
    if volume.configMap != nil, volume.configMap?.defaultMode == nil {
      volume.configMap?.defaultMode = fileMode
    }
    setDownward(&volume)
    setProjected(&volume)
    setClaim(&volume)
    if let image = volume.image, image.pullPolicy.isEmpty {
      volume.image?.pullPolicy = PodDefaults.pullPolicy(ofImage: image.reference)
    }
    setRare(&volume)
  }

  /// True when some field besides the name is set.
  private static func hasSource(_ volume: Volume) -> Bool {
    var bare = Volume()
    bare.name = volume.name
    return volume != bare
  }

  private static func setDownward(_ volume: inout Volume) {
    guard var source = volume.downwardAPI else { return }
    if source.defaultMode == nil { source.defaultMode = fileMode }
    setFields(&source.items)
    volume.downwardAPI = source
  }

  private static func setFields(_ items: inout [DownwardAPIVolumeFile]) {
    for index in items.indices where items[index].fieldRef?.apiVersion.isEmpty == true {
      items[index].fieldRef?.apiVersion = "v1"
    }
  }

  private static func setProjected(_ volume: inout Volume) {
    guard var source = volume.projected else { return }
    if source.defaultMode == nil { source.defaultMode = fileMode }
    for index in source.sources.indices {
      if var files = source.sources[index].downwardAPI {
        setFields(&files.items)
        source.sources[index].downwardAPI = files
      }
      if let token = source.sources[index].serviceAccountToken, token.expirationSeconds == nil {
        source.sources[index].serviceAccountToken?.expirationSeconds = 3600
      }
    }
    volume.projected = source
  }

  private static func setClaim(_ volume: inout Volume) {
    guard var template = volume.ephemeral?.volumeClaimTemplate else { return }
    setClaim(&template.spec)
    volume.ephemeral?.volumeClaimTemplate = template
  }

  /// The defaults of what is asked of a persistent volume.
  static func setClaim(_ spec: inout PersistentVolumeClaimSpec) {
    if spec.volumeMode == nil { spec.volumeMode = .filesystem }
    spec.resources.limits = PodDefaults.rounded(spec.resources.limits)
    spec.resources.requests = PodDefaults.rounded(spec.resources.requests)
  }

  private static func setRare(_ volume: inout Volume) {
    if volume.iscsi?.iscsiInterface.isEmpty == true { volume.iscsi?.iscsiInterface = "default" }
    if var source = volume.rbd {
      if source.pool.isEmpty { source.pool = "rbd" }
      if source.user.isEmpty { source.user = "admin" }
      if source.keyring.isEmpty { source.keyring = "/etc/ceph/keyring" }
      volume.rbd = source
    }
    if var source = volume.azureDisk {
      if source.cachingMode == nil { source.cachingMode = "ReadWrite" }
      if source.kind == nil { source.kind = "Shared" }
      if source.fsType == nil { source.fsType = "ext4" }
      if source.readOnly == nil { source.readOnly = false }
      volume.azureDisk = source
    }
    if var source = volume.scaleIO {
      if source.storageMode.isEmpty { source.storageMode = "ThinProvisioned" }
      if source.fsType.isEmpty { source.fsType = "xfs" }
      volume.scaleIO = source
    }
  }
}
