import KubeModel

/// Checks of the sources of volumes, those of pods and those of persistent volumes alike.
///
/// Follows `pkg/apis/core/validation/validation.go` (v1.36).
enum VolumeValidation {
  static func hostPath(_ source: HostPathVolumeSource, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    guard !source.path.isEmpty else {
      errors.required(place.child("path"))
      return errors.all
    }
    errors.add(PathValidation.noBacksteps(source.path, at: place.child("path")))
    let known = [
      "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate",
      "Socket",
    ]
    if let type = source.type, !known.contains(type.rawValue) {
      errors.notSupported(place.child("type"), type, known)
    }
    return errors.all
  }

  static func nfs(_ source: NFSVolumeSource, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    if source.server.isEmpty { errors.required(place.child("server")) }
    if source.path.isEmpty { errors.required(place.child("path")) }
    if !source.path.hasPrefix("/") {
      errors.invalid(place.child("path"), source.path, "must be an absolute path")
    }
    return errors.all
  }

  static func csiDriver(_ driver: String, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    guard !driver.isEmpty else {
      errors.required(place)
      return errors.all
    }
    if driver.utf8.count > 63 { errors.tooLong(place, limit: 63) }
    errors.invalid(place, driver, NameFormat.subdomain(driver.lowercased()))
    return errors.all
  }

  static func partition(_ number: Int32, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    if !(0...255).contains(number) {
      errors.invalid(place.child("partition"), number, "must be between 1 and 255, inclusive")
    }
    return errors.all
  }

  /// What must be set in sources that no simulated node mounts.
  static func rareSource(_ volume: Volume, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    func required(_ field: String, _ name: String, _ isMissing: Bool) {
      if isMissing { errors.required(place.child(field, name)) }
    }
    if let source = volume.gitRepo {
      required("gitRepo", "repository", source.repository.isEmpty)
      errors.add(
        PathValidation.localDescending(source.directory, at: place.child("gitRepo", "directory")))
    } else if let source = volume.gcePersistentDisk {
      // Upstream's own name for the place.
      required("persistentDisk", "pdName", source.pdName.isEmpty)
      errors.add(partition(source.partition, at: place.child("persistentDisk")))
    } else if let source = volume.awsElasticBlockStore {
      required("awsElasticBlockStore", "volumeID", source.volumeID.isEmpty)
      errors.add(partition(source.partition, at: place.child("awsElasticBlockStore")))
    } else if let source = volume.nfs {
      errors.add(nfs(source, at: place.child("nfs")))
    } else if let source = volume.iscsi {
      required("iscsi", "targetPortal", source.targetPortal.isEmpty)
      required("iscsi", "iqn", source.iqn.isEmpty)
    } else if let source = volume.glusterfs {
      required("glusterfs", "endpoints", source.endpoints.isEmpty)
      required("glusterfs", "path", source.path.isEmpty)
    } else if let source = volume.rbd {
      required("rbd", "monitors", source.monitors.isEmpty)
      required("rbd", "image", source.image.isEmpty)
    } else if let source = volume.cinder {
      required("cinder", "volumeID", source.volumeID.isEmpty)
    } else if let source = volume.cephfs {
      required("cephfs", "monitors", source.monitors.isEmpty)
    } else if let source = volume.flexVolume {
      required("flexVolume", "driver", source.driver.isEmpty)
    } else if let source = volume.azureFile {
      required("azureFile", "secretName", source.secretName.isEmpty)
      required("azureFile", "shareName", source.shareName.isEmpty)
    } else if let source = volume.azureDisk {
      required("azureDisk", "diskName", source.diskName.isEmpty)
      required("azureDisk", "diskURI", source.diskURI.isEmpty)
    }
    return errors.all
  }
}
