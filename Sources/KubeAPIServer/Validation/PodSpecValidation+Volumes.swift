import KubeModel

extension PodSpecValidation {
  mutating func checkVolumes() {
    let list = path.child("volumes")
    var created: [String] = []
    if let podName, !podName.isEmpty {
      created = spec.volumes.filter { $0.ephemeral != nil }.map { podName + "-" + $0.name }
    }
    for (index, volume) in spec.volumes.enumerated() {
      let place = list.index(index)
      let before = errors.all.count
      checkVolumeSource(volume, at: place)
      if volume.name.isEmpty {
        errors.required(place.child("name"))
      } else {
        errors.invalid(place.child("name"), volume.name, NameFormat.label(volume.name))
      }
      if volumes[volume.name] != nil { errors.duplicate(place.child("name"), volume.name) }
      if errors.all.count == before { volumes[volume.name] = index }
      if let claim = volume.persistentVolumeClaim, created.contains(claim.claimName) {
        errors.invalid(
          place.child("persistentVolumeClaim", "claimName"), claim.claimName,
          "must not reference a PVC that gets created for an ephemeral volume")
      }
    }
  }

  /// One volume has one source: the first is checked, any other is one too many.
  private mutating func checkVolumeSource(_ volume: Volume, at place: FieldPath) {
    let kinds = Self.sources.filter { $0.isSet(volume) }
    guard let first = kinds.first else {
      return errors.required(place, "must specify a volume type")
    }
    if first.field != "emptyDir" || volume.emptyDir != nil {
      checkSource(first.field, of: volume, at: place)
    }
    for other in kinds.dropFirst() {
      errors.forbidden(place.child(other.field), "may not specify more than 1 volume type")
    }
  }

  private struct Source: Sendable {
    let field: String
    let isSet: @Sendable (Volume) -> Bool
  }

  /// The sources in the order in which upstream looks at them.
  private static let sources: [Source] = [
    Source(field: "emptyDir") { $0.emptyDir != nil },
    Source(field: "hostPath") { $0.hostPath != nil },
    Source(field: "gitRepo") { $0.gitRepo != nil },
    Source(field: "gcePersistentDisk") { $0.gcePersistentDisk != nil },
    Source(field: "awsElasticBlockStore") { $0.awsElasticBlockStore != nil },
    Source(field: "secret") { $0.secret != nil },
    Source(field: "nfs") { $0.nfs != nil },
    Source(field: "iscsi") { $0.iscsi != nil },
    Source(field: "glusterfs") { $0.glusterfs != nil },
    Source(field: "flocker") { $0.flocker != nil },
    Source(field: "persistentVolumeClaim") { $0.persistentVolumeClaim != nil },
    Source(field: "rbd") { $0.rbd != nil },
    Source(field: "cinder") { $0.cinder != nil },
    Source(field: "cephFS") { $0.cephfs != nil },
    Source(field: "quobyte") { $0.quobyte != nil },
    Source(field: "downwarAPI") { $0.downwardAPI != nil },
    Source(field: "fc") { $0.fc != nil },
    Source(field: "flexVolume") { $0.flexVolume != nil },
    Source(field: "configMap") { $0.configMap != nil },
    Source(field: "azureFile") { $0.azureFile != nil },
    Source(field: "vsphereVolume") { $0.vsphereVolume != nil },
    Source(field: "photonPersistentDisk") { $0.photonPersistentDisk != nil },
    Source(field: "portworxVolume") { $0.portworxVolume != nil },
    Source(field: "azureDisk") { $0.azureDisk != nil },
    Source(field: "storageos") { $0.storageos != nil },
    Source(field: "projected") { $0.projected != nil },
    Source(field: "scaleIO") { $0.scaleIO != nil },
    Source(field: "csi") { $0.csi != nil },
    Source(field: "ephemeral") { $0.ephemeral != nil },
    Source(field: "image") { $0.image != nil },
  ]

  private mutating func checkSource(_ field: String, of volume: Volume, at place: FieldPath) {
    switch field {
    case "emptyDir":
      if let limit = volume.emptyDir?.sizeLimit, limit.sign < 0 {
        errors.forbidden(
          place.child("emptyDir", "sizeLimit"), "SizeLimit field must be a valid resource quantity")
      }
    case "hostPath":
      if let source = volume.hostPath { checkHostPath(source, at: place.child(field)) }
    case "secret", "configMap", "downwarAPI", "projected": checkFiles(volume, at: place)
    case "persistentVolumeClaim":
      if volume.persistentVolumeClaim?.claimName.isEmpty == true {
        errors.required(place.child(field, "claimName"))
      }
    case "ephemeral":
      if let source = volume.ephemeral {
        checkEphemeral(source, name: volume.name, at: place)
      }
    case "image":
      if let source = volume.image {
        if isPod, source.reference.isEmpty { errors.required(place.child(field, "reference")) }
        checkWord(
          source.pullPolicy, among: ["Always", "IfNotPresent", "Never"],
          at: place.child(field, "pullPolicy"))
      }
    case "csi":
      if let source = volume.csi {
        errors.add(VolumeValidation.csiDriver(source.driver, at: place.child("csi", "driver")))
      }
    default: errors.add(VolumeValidation.rareSource(volume, at: place))
    }
  }

  private mutating func checkHostPath(_ source: HostPathVolumeSource, at place: FieldPath) {
    errors.add(VolumeValidation.hostPath(source, at: place))
  }

  private mutating func checkEphemeral(
    _ source: EphemeralVolumeSource, name: String, at place: FieldPath
  ) {
    let template = place.child("ephemeral", "volumeClaimTemplate")
    if let claim = source.volumeClaimTemplate {
      errors.add(LabelValidation.labels(claim.metadata.labels, at: template.child("labels")))
      errors.add(
        LabelValidation.annotations(claim.metadata.annotations, at: template.child("annotations")))
      errors.add(ClaimValidation.spec(claim.spec, at: template.child("spec")))
    } else {
      errors.required(template)
    }
    guard let podName, !podName.isEmpty, !name.isEmpty else { return }
    let claimName = podName + "-" + name
    for message in NameFormat.subdomain(claimName) {
      errors.invalid(
        place.child("name"), name, "PVC name \(GoText.quoted(claimName)): \(message)")
    }
  }

  // MARK: - Files from configuration

  private mutating func checkFiles(_ volume: Volume, at place: FieldPath) {
    if let source = volume.secret {
      if source.secretName.isEmpty { errors.required(place.child("secret", "secretName")) }
      checkFiles(source.defaultMode, source.items, at: place.child("secret"))
    } else if let source = volume.configMap {
      if source.name.isEmpty { errors.required(place.child("configMap", "name")) }
      checkFiles(source.defaultMode, source.items, at: place.child("configMap"))
    } else if let source = volume.downwardAPI {
      let place = place.child("downwardAPI")
      errors.add(PathValidation.mode(source.defaultMode, at: place.child("defaultMode")))
      for file in source.items { checkDownwardFile(file, at: place) }
    } else if let source = volume.projected {
      let place = place.child("projected")
      errors.add(PathValidation.mode(source.defaultMode, at: place.child("defaultMode")))
      checkProjections(source.sources, at: place)
    }
  }

  private mutating func checkFiles(_ mode: Int32?, _ items: [KeyToPath], at place: FieldPath) {
    errors.add(PathValidation.mode(mode, at: place.child("defaultMode")))
    for (index, item) in items.enumerated() {
      checkItem(item, at: place.child("items").index(index))
    }
  }

  private mutating func checkItem(_ item: KeyToPath, at place: FieldPath) {
    if item.key.isEmpty { errors.required(place.child("key")) }
    if item.path.isEmpty { errors.required(place.child("path")) }
    errors.add(PathValidation.localNotReserved(item.path, at: place.child("path")))
    errors.add(PathValidation.mode(item.mode, at: place.child("mode")))
  }

  private mutating func checkDownwardFile(_ file: DownwardAPIVolumeFile, at place: FieldPath) {
    if file.path.isEmpty { errors.required(place.child("path")) }
    errors.add(PathValidation.localNotReserved(file.path, at: place.child("path")))
    if let reference = file.fieldRef {
      checkField(reference, known: Self.volumeFields, at: place.child("fieldRef"))
      if file.resourceFieldRef != nil {
        errors.invalid(
          place, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously")
      }
    } else if let reference = file.resourceFieldRef {
      checkResourceField(reference, at: place.child("resourceFieldRef"), inVolume: true)
    } else {
      errors.required(place, "one of fieldRef and resourceFieldRef is required")
    }
    errors.add(PathValidation.mode(file.mode, at: place.child("mode")))
  }

  private mutating func checkProjections(_ sources: [VolumeProjection], at volume: FieldPath) {
    var paths: [String] = []
    for (index, source) in sources.enumerated() {
      let place = volume.child("sources").index(index)
      let items: [(String, String, [KeyToPath])?] = [
        source.secret.map { ("secret", $0.name, $0.items) },
        source.configMap.map { ("configMap", $0.name, $0.items) },
      ]
      for case (let field, let name, let items)? in items {
        if name.isEmpty { errors.required(place.child(field, "name")) }
        for (index, item) in items.enumerated() {
          checkItem(item, at: place.child(field, "items").index(index))
          note(item.path, in: &paths, at: volume, shown: name)
        }
      }
      for file in source.downwardAPI?.items ?? [] {
        checkDownwardFile(file, at: place.child("downwardAPI"))
        note(file.path, in: &paths, at: volume, shown: file.path)
      }
      if let token = source.serviceAccountToken {
        checkToken(token, at: place.child("serviceAccountToken"), volume: volume)
      }
      let isSet = [
        source.secret != nil, source.configMap != nil, source.downwardAPI != nil,
        source.serviceAccountToken != nil, source.clusterTrustBundle != nil,
        source.podCertificate != nil,
      ]
      if isSet.filter({ $0 }).count > 1 {
        errors.forbidden(place, "may not specify more than 1 volume type per source")
      }
    }
  }

  private mutating func note(
    _ path: String, in paths: inout [String], at volume: FieldPath, shown: String
  ) {
    guard !path.isEmpty else { return }
    if paths.contains(path) { errors.invalid(volume, shown, "conflicting duplicate paths") }
    paths.append(path)
  }

  private mutating func checkToken(
    _ token: ServiceAccountTokenProjection, at place: FieldPath, volume: FieldPath
  ) {
    let seconds = token.expirationSeconds ?? 0
    let field = place.child("expirationSeconds")
    if seconds < 600 {
      errors.invalid(field, seconds, "may not specify a duration less than 10 minutes")
    }
    if seconds > 1 << 32 {
      errors.invalid(field, seconds, "may not specify a duration larger than 2^32 seconds")
    }
    if token.path.isEmpty {
      errors.required(volume.child("path"))
    } else {
      errors.add(PathValidation.localNotReserved(token.path, at: volume.child("path")))
    }
  }
}
