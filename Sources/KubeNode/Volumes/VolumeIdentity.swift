import KubeModel
import KubeReconcile

/// Which storage a volume of a pod is: two pods share files when it is the same.
public enum VolumeIdentity: Hashable, Sendable {
  /// A directory that begins empty and goes with its pod.
  case emptyDir(pod: UID, volume: String)
  /// A path of a node.
  case hostPath(node: String, path: String)
  /// A directory of a server.
  case nfs(server: String, path: String)
  /// A volume that is bound to a claim.
  case persistent(UID)
  /// Files that the kubelet writes and programs cannot change.
  case contents(pod: UID, volume: String)

  /// The storage behind a volume of a pod; nil for a claim that has no volume yet.
  public init?(of volume: Volume, for pod: Pod, in snapshot: Snapshot) {
    if let source = volume.hostPath {
      self = .hostPath(node: pod.spec.nodeName, path: source.path)
    } else if let source = volume.nfs {
      self = .nfs(server: source.server, path: source.path)
    } else if let name = pod.claimName(of: volume) {
      let claim = snapshot[PersistentVolumeClaim.self, pod.metadata.namespace, name]
      guard let claim, !claim.spec.volumeName.isEmpty,
        let found = snapshot[PersistentVolume.self, "", claim.spec.volumeName]
      else { return nil }
      self = Self.persistent(found, node: pod.spec.nodeName)
    } else if volume.bringsFiles {
      self = .contents(pod: pod.metadata.uid, volume: volume.name)
    } else {
      self = .emptyDir(pod: pod.metadata.uid, volume: volume.name)
    }
  }

  private static func persistent(_ volume: PersistentVolume, node: String) -> Self {
    if let path = volume.spec.hostPath?.path ?? volume.spec.local?.path {
      return .hostPath(node: node, path: path)
    }
    if let source = volume.spec.nfs { return .nfs(server: source.server, path: source.path) }
    return .persistent(volume.metadata.uid)
  }
}

extension Volume {
  /// True when the kubelet writes its files: ConfigMap, Secret, downward API, projected.
  public var bringsFiles: Bool {
    configMap != nil || secret != nil || downwardAPI != nil || projected != nil
  }
}
