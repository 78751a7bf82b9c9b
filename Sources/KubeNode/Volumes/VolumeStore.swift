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

/// What programs have written into volumes, by storage.
///
/// Files of an emptyDir survive restarts of containers and go with the pod; those of a node's path,
/// a server or a persistent volume stay for the next pod that mounts it.
public struct VolumeStore: Sendable {
  private var storage: [VolumeIdentity: StringMap<String>] = [:]  // Looked up, never walked.

  /// Nothing written yet.
  public init() {}

  /// The texts by path; what is set empty is forgotten.
  public subscript(identity: VolumeIdentity) -> StringMap<String> {
    get { storage[identity] ?? [:] }
    set { storage[identity] = newValue.isEmpty ? nil : newValue }
  }

  /// Forgets what lay in the empty directories of a pod.
  mutating func discard(_ pod: Pod) {
    if storage.isEmpty { return }
    for volume in pod.spec.volumes {
      storage[.emptyDir(pod: pod.metadata.uid, volume: volume.name)] = nil
    }
  }

  /// The files that a pod sees in one of its volumes: those that the kubelet writes, or those that
  /// programs have written.
  public func files(
    in volume: Volume, of pod: Pod, _ snapshot: Snapshot
  ) -> StringMap<String> {
    if volume.bringsFiles { return VolumeContents(of: volume, for: pod, in: snapshot).files }
    guard let identity = VolumeIdentity(of: volume, for: pod, in: snapshot) else { return [:] }
    return self[identity]
  }
}
