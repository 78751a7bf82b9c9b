import KubeModel

extension PodSpecValidation {
  mutating func checkMounts(_ container: Container, at list: FieldPath) {
    var points: [String] = []
    for (index, mount) in container.volumeMounts.enumerated() {
      let place = list.index(index)
      if mount.name.isEmpty { errors.required(place.child("name")) }
      let volume = volumes[mount.name].map { spec.volumes[$0] }
      if volume == nil { errors.notFound(place.child("name"), mount.name) }
      if mount.mountPath.isEmpty { errors.required(place.child("mountPath")) }
      if points.contains(mount.mountPath) {
        errors.invalid(place.child("mountPath"), mount.mountPath, "must be unique")
      }
      points.append(mount.mountPath)
      if container.volumeDevices.contains(where: { $0.name == mount.name }) {
        errors.invalid(
          place.child("name"), mount.name, "must not already exist in volumeDevices")
      }
      if container.volumeDevices.contains(where: { $0.devicePath == mount.mountPath }) {
        errors.invalid(
          place.child("mountPath"), mount.mountPath,
          "must not already exist as a path in volumeDevices")
      }
      checkSubPath(mount, isImage: volume?.image != nil, at: place, list)
      checkPropagation(mount, container, at: list)
    }
  }

  /// As upstream, some errors name the list and not its element.
  private mutating func checkSubPath(
    _ mount: VolumeMount, isImage: Bool, at place: FieldPath, _ list: FieldPath
  ) {
    if isImage {
      for (field, text) in [("subPath", mount.subPath), ("subPathExpr", mount.subPathExpr)]
      where !text.isEmpty {
        errors.invalid(place.child(field), text, "not allowed in image volume sources")
      }
    }
    if !mount.subPath.isEmpty {
      errors.add(PathValidation.localDescending(mount.subPath, at: list.child("subPath")))
    }
    guard !mount.subPathExpr.isEmpty else { return }
    if !mount.subPath.isEmpty {
      errors.invalid(
        place.child("subPathExpr"), mount.subPathExpr,
        "subPathExpr and subPath are mutually exclusive")
    }
    errors.add(PathValidation.localDescending(mount.subPathExpr, at: list.child("subPathExpr")))
  }

  private mutating func checkPropagation(
    _ mount: VolumeMount, _ container: Container, at list: FieldPath
  ) {
    if let mode = mount.mountPropagation {
      let known = ["Bidirectional", "HostToContainer", "None"]
      let place = list.child("mountPropagation")
      if !known.contains(mode.rawValue) { errors.notSupported(place, mode, known) }
      if mode == .bidirectional, container.securityContext?.privileged != true {
        errors.forbidden(
          place, "Bidirectional mount propagation is available only to privileged containers")
      }
    }
    guard let mode = mount.recursiveReadOnly, mode != .disabled else { return }
    let place = list.child("recursiveReadOnly")
    guard mode == .enabled || mode == .ifPossible else {
      return errors.notSupported(place, mode, ["Disabled", "Enabled", "IfPossible"])
    }
    if !mount.readOnly {
      errors.forbidden(place, "may only be specified when readOnly is true")
    }
    if let mode = mount.mountPropagation, mode != .none {
      errors.forbidden(
        place, "may only be specified when mountPropagation is None or not specified")
    }
  }

  mutating func checkDevices(_ container: Container, at list: FieldPath) {
    var paths: [String] = []
    var names: [String] = []
    for (index, device) in container.volumeDevices.enumerated() {
      let place = list.index(index)
      let volume = volumes[device.name].map { spec.volumes[$0] }
      if device.name.isEmpty { errors.required(place.child("name")) }
      if names.contains(device.name) {
        errors.invalid(place.child("name"), device.name, "must be unique")
      }
      if let volume {
        if volume.persistentVolumeClaim == nil, volume.ephemeral == nil {
          errors.invalid(
            place.child("name"), device.name,
            "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode")
        }
      } else {
        errors.notFound(place.child("name"), device.name)
      }
      checkDevicePath(device, paths: &paths, at: place)
      if container.volumeMounts.contains(where: { $0.name == device.name }) {
        errors.invalid(
          place.child("name"), device.name, "must not already exist in volumeMounts")
      }
      if container.volumeMounts.contains(where: { $0.mountPath == device.devicePath }) {
        errors.invalid(
          place.child("devicePath"), device.devicePath,
          "must not already exist as a path in volumeMounts")
      }
      if !device.name.isEmpty { names.append(device.name) }
    }
  }

  private mutating func checkDevicePath(
    _ device: VolumeDevice, paths: inout [String], at place: FieldPath
  ) {
    let path = place.child("devicePath")
    if device.devicePath.isEmpty { errors.required(path) }
    if paths.contains(device.devicePath) {
      errors.invalid(path, device.devicePath, "must be unique")
    }
    if !PathValidation.noBacksteps(device.devicePath, at: path).isEmpty {
      errors.invalid(path, device.devicePath, "can not contain backsteps ('..')")
    } else {
      paths.append(device.devicePath)
    }
  }
}
