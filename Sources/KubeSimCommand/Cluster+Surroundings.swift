import KubeSim
import KubeSimManifests

// What manifests take for granted, and a new cluster has not.

extension Cluster {
  /// Creates the namespaces that manifests speak of and that neither they nor the cluster have.
  ///
  /// A name that the server refuses is passed over: the manifest that uses it is refused then, at
  /// its own place.
  mutating func createNamespaces(of manifests: [Manifest]) -> [String] {
    let declared = Set(manifests.filter { $0.kind == "Namespace" }.map(\.name))
    var created: [String] = []
    for name in manifests.compactMap({ $0.json["metadata"]?["namespace"]?.stringValue })
    where !declared.contains(name) {
      var namespace = Namespace()
      namespace.metadata.name = name
      if (try? create(namespace)) != nil { created.append(name) }
    }
    return created
  }

  /// Creates a default class with a provisioner, as local clusters have one, where manifests with
  /// pods claim storage of no named class and bring neither a default class nor volumes along.
  mutating func createStorageClass(for manifests: [Manifest]) -> String? {
    let isDefault = StorageAnnotation.defaultClass
    let bringsStorage = manifests.contains { manifest in
      manifest.kind == "PersistentVolume"
        || manifest.kind == "StorageClass"
          && manifest.json["metadata"]?["annotations"]?[isDefault]?.stringValue == "true"
    }
    guard !bringsStorage, manifests.contains(where: { $0.json.runsContainers }),
      manifests.contains(where: { $0.json.claimsStorageOfNoClass })
    else { return nil }
    var standard = StorageClass()
    standard.metadata.name = "standard"
    standard.metadata.annotations = [isDefault: "true", VolumeProvisioner.delayAnnotation: "2s"]
    standard.provisioner = "rancher.io/local-path"
    standard.volumeBindingMode = .waitForFirstConsumer
    return (try? create(standard)) == nil ? nil : "standard"
  }
}

extension JSONValue {
  /// True when somewhere in it stands the spec of a pod.
  fileprivate var runsContainers: Bool {
    switch self {
    case .object(let members):
      members["containers"] != nil || members.contains { $0.value.runsContainers }
    case .array(let elements): elements.contains { $0.runsContainers }
    default: false
    }
  }

  /// True when somewhere in it stands the spec of a claim, without a class and without a volume.
  fileprivate var claimsStorageOfNoClass: Bool {
    switch self {
    case .object(let members):
      let isClaim = members["accessModes"] != nil && members["resources"] != nil
      return isClaim && members["storageClassName"] == nil && members["volumeName"] == nil
        || members.contains { $0.value.claimsStorageOfNoClass }
    case .array(let elements): return elements.contains { $0.claimsStorageOfNoClass }
    default: return false
    }
  }
}
