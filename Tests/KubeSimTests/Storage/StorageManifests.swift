import KubeSim
import KubeSimManifests

/// Manifests and questions of the tests about storage.
enum Storage {
  /// A class whose volumes are made by hand.
  static func manualClass(_ name: String, waits: Bool = false) -> String {
    """
    apiVersion: storage.k8s.io/v1
    kind: StorageClass
    metadata: {name: \(name)}
    provisioner: kubernetes.io/no-provisioner
    volumeBindingMode: \(waits ? "WaitForFirstConsumer" : "Immediate")
    ---

    """
  }

  /// A class with a provisioner that runs.
  static func madeClass(
    _ name: String, by provisioner: String, waits: Bool = false, policy: String = "Delete",
    annotations: String = "kubesim.dev/provision-after: 3s"
  ) -> String {
    """
    apiVersion: storage.k8s.io/v1
    kind: StorageClass
    metadata: {name: \(name), annotations: {\(annotations)}}
    provisioner: \(provisioner)
    reclaimPolicy: \(policy)
    allowVolumeExpansion: true
    volumeBindingMode: \(waits ? "WaitForFirstConsumer" : "Immediate")
    ---

    """
  }

  /// A volume on a node, or reachable from everywhere.
  static func volume(
    _ name: String, size: String = "1Gi", in storageClass: String = "manual",
    modes: String = "ReadWriteOnce", on node: String = "", policy: String = "Retain",
    path: String = "/data", more: String = ""
  ) -> String {
    let affinity =
      node.isEmpty
      ? ""
      : """
      nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [
          {key: kubernetes.io/hostname, operator: In, values: [\(node)]}]}]}}
      """
    return """
      apiVersion: v1
      kind: PersistentVolume
      metadata: {name: \(name), labels: {name: \(name)}}
      spec:
        capacity: {storage: \(size)}
        accessModes: [\(modes)]
        persistentVolumeReclaimPolicy: \(policy)
        storageClassName: "\(storageClass)"
        hostPath: {path: \(path)}
        \(affinity)
        \(more)
      ---

      """
  }

  static func claim(
    _ name: String, size: String = "1Gi", in storageClass: String? = "manual",
    modes: String = "ReadWriteOnce", more: String = ""
  ) -> String {
    let line = storageClass.map { "storageClassName: \"\($0)\"" } ?? ""
    return """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: \(name)}
      spec:
        accessModes: [\(modes)]
        resources: {requests: {storage: \(size)}}
        \(line)
        \(more)
      ---

      """
  }

  /// A pod that mounts a claim.
  static func pod(_ name: String, using claim: String, more: String = "") -> String {
    """
    apiVersion: v1
    kind: Pod
    metadata: {name: \(name)}
    spec:
      \(more)
      terminationGracePeriodSeconds: 1
      volumes: [{name: data, persistentVolumeClaim: {claimName: \(claim)}}]
      containers:
        - {name: app, image: "app:1", volumeMounts: [{name: data, mountPath: /data}]}
    ---

    """
  }
}

extension Cluster {
  func claim(_ name: String) -> PersistentVolumeClaim? { self[PersistentVolumeClaim.self, name] }
  func volume(_ name: String) -> PersistentVolume? { self[PersistentVolume.self, name] }

  /// `Bound disk-1`, or `Pending`.
  func binding(of claim: String) -> String {
    guard let found = self.claim(claim) else { return "gone" }
    let volume = found.spec.volumeName
    return found.status.phase.rawValue + (volume.isEmpty ? "" : " " + volume)
  }

  /// `reason: message` of the Events about an object, in the order of their first writing.
  func notes(about name: String) -> [String] {
    events.filter { $0.involvedObject.name == name }.map { "\($0.reason): \($0.message)" }
  }

  /// The volumes' phases, by name.
  var volumePhases: [String] {
    all(PersistentVolume.self).sorted { $0.metadata.name < $1.metadata.name }
      .map { "\($0.metadata.name) \($0.status.phase.rawValue)" }
  }

  func isRunning(_ pod: String) -> Bool { self[Pod.self, pod]?.status.phase == .running }
}
