import KubeModel

// Follows   kubectl/pkg/describe, describeVolumes (v1.36)
// Left out  the volumes of clouds and of storage that is no longer supported: shown as <unknown>

extension Description {
  mutating func volumes(_ volumes: [Volume], isTemplate: Bool = false) {
    let level = isTemplate ? 1 : 0
    guard !volumes.isEmpty else { return line(level, "Volumes:", "<none>") }
    line(level, "Volumes:")
    for volume in volumes {
      line(1, (isTemplate ? " " : "") + volume.name + ":")
      let source = Self.lines(of: volume)
      guard !source.isEmpty else {
        line(1, "<unknown>")
        continue
      }
      for (title, value) in source { line(2, title + ":", value) }
      if let driver = volume.csi {
        list(2, "VolumeAttributes", driver.volumeAttributes.map { "\($0.key)=\($0.value)" })
      }
      if let items = volume.downwardAPI?.items { self.items(items) }
    }
  }

  private mutating func items(_ items: [DownwardAPIVolumeFile]) {
    line(2, "Items:")
    for item in items {
      guard let source = item.fieldRef?.fieldPath ?? item.resourceFieldRef?.resource else {
        continue
      }
      line(3, "\(source) -> \(item.path)")
    }
  }

  private static func lines(of volume: Volume) -> [(String, String)] {
    if let path = volume.hostPath { return lines(of: path) }
    if let directory = volume.emptyDir {
      let limit = directory.sizeLimit.flatMap { $0.sign > 0 ? $0.description : nil }
      return [
        ("Type", "EmptyDir (a temporary directory that shares a pod's lifetime)"),
        ("Medium", directory.medium.rawValue), ("SizeLimit", limit ?? "<unset>"),
      ]
    }
    if let secret = volume.secret {
      return [
        ("Type", "Secret (a volume populated by a Secret)"), ("SecretName", secret.secretName),
        ("Optional", "\(secret.optional == true)"),
      ]
    }
    if let map = volume.configMap {
      return [
        ("Type", "ConfigMap (a volume populated by a ConfigMap)"), ("Name", map.name),
        ("Optional", "\(map.optional == true)"),
      ]
    }
    if let claim = volume.persistentVolumeClaim {
      let type =
        "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)"
      return [
        ("Type", type), ("ClaimName", claim.claimName), ("ReadOnly", "\(claim.readOnly)"),
      ]
    }
    if let projected = volume.projected { return lines(of: projected) }
    return otherLines(of: volume)
  }

  private static func otherLines(of volume: Volume) -> [(String, String)] {
    if let share = volume.nfs {
      return [
        ("Type", "NFS (an NFS mount that lasts the lifetime of a pod)"), ("Server", share.server),
        ("Path", share.path), ("ReadOnly", "\(share.readOnly)"),
      ]
    }
    if let driver = volume.csi {
      return [
        ("Type", "CSI (a Container Storage Interface (CSI) volume source)"),
        ("Driver", driver.driver), ("FSType", driver.fsType ?? ""),
        ("ReadOnly", "\(driver.readOnly == true)"),
      ]
    }
    if let image = volume.image {
      return [
        ("Type", "Image (a container image or OCI artifact)"), ("Reference", image.reference),
        ("PullPolicy", image.pullPolicy.rawValue),
      ]
    }
    if volume.downwardAPI != nil {
      return [("Type", "DownwardAPI (a volume populated by information about the pod)")]
    }
    return []
  }

  /// A directory of the node, of a pod's volume or of a PersistentVolume.
  static func lines(of path: HostPathVolumeSource) -> [(String, String)] {
    [
      ("Type", "HostPath (bare host directory volume)"), ("Path", path.path),
      ("HostPathType", path.type?.rawValue ?? "<none>"),
    ]
  }

  private static func lines(of projected: ProjectedVolumeSource) -> [(String, String)] {
    var lines = [
      ("Type", "Projected (a volume that contains injected data from multiple sources)")
    ]
    for source in projected.sources {
      if let secret = source.secret {
        lines += [("SecretName", secret.name), ("Optional", "\(secret.optional == true)")]
      } else if source.downwardAPI != nil {
        lines.append(("DownwardAPI", "true"))
      } else if let map = source.configMap {
        lines += [("ConfigMapName", map.name), ("Optional", "\(map.optional == true)")]
      } else if let token = source.serviceAccountToken {
        lines.append(("TokenExpirationSeconds", "\(token.expirationSeconds ?? 0)"))
      }
    }
    return lines
  }
}
