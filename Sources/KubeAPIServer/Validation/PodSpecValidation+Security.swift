import KubeModel

extension PodSpecValidation {
  /// The security settings of one container. Privileged containers are allowed, as in any cluster
  /// that runs network or storage plugins.
  mutating func checkSecurity(_ context: SecurityContext?, at place: FieldPath) {
    guard let context else { return }
    if let user = context.runAsUser {
      for message in NameFormat.userID(user) {
        errors.invalid(place.child("runAsUser"), user, message)
      }
    }
    if let group = context.runAsGroup {
      for message in NameFormat.userID(group) {
        errors.invalid(place.child("runAsGroup"), group, message)
      }
    }
    if let mount = context.procMount {
      let known = ["Default", "Unmasked"]
      if !known.contains(mount.rawValue) {
        errors.notSupported(place.child("procMount"), mount, known)
      }
      if mount == .unmasked, spec.hostUsers != false {
        errors.invalid(
          place.child("procMount"), mount, "`hostUsers` must be false to use `Unmasked`")
      }
    }
    checkSeccomp(context.seccompProfile, at: place.child("seccompProfile"))
    if context.allowPrivilegeEscalation == false {
      let text = "cannot set `allowPrivilegeEscalation` to false and "
      if context.privileged == true {
        errors.invalid(place, GoDump(context), text + "`privileged` to true")
      }
      if context.capabilities?.add.contains("CAP_SYS_ADMIN") == true {
        errors.invalid(place, GoDump(context), text + "`capabilities.Add` CAP_SYS_ADMIN")
      }
    }
    checkWindows(context.windowsOptions, at: place.child("windowsOptions"))
    checkAppArmor(context.appArmorProfile, at: place.child("appArmorProfile"))
  }

  mutating func checkPodSecurity() {
    guard let context = spec.securityContext else { return checkSharedNamespaces() }
    let place = path.child("securityContext")
    for (field, number) in [
      ("fsGroup", context.fsGroup), ("runAsUser", context.runAsUser),
      ("runAsGroup", context.runAsGroup),
    ] {
      guard let number else { continue }
      for message in NameFormat.userID(number) {
        errors.invalid(place.child(field), number, message)
      }
    }
    for (index, group) in context.supplementalGroups.enumerated() {
      for message in NameFormat.userID(group) {
        errors.invalid(place.child("supplementalGroups").index(index), group, message)
      }
    }
    checkSharedNamespaces()
    checkSysctls(context.sysctls, at: place.child("sysctls"))
    if let policy = context.fsGroupChangePolicy {
      checkKnown(policy, ["Always", "OnRootMismatch"], at: place.child("fsGroupChangePolicy"))
    }
    checkSeccomp(context.seccompProfile, at: place.child("seccompProfile"))
    checkWindows(context.windowsOptions, at: place.child("windowsOptions"))
    checkAppArmor(context.appArmorProfile, at: place.child("appArmorProfile"))
    if let policy = context.supplementalGroupsPolicy {
      checkKnown(policy, ["Merge", "Strict"], at: place.child("supplementalGroupsPolicy"))
    }
    if let policy = context.seLinuxChangePolicy {
      checkKnown(policy, ["MountOption", "Recursive"], at: place.child("seLinuxChangePolicy"))
    }
  }

  private mutating func checkKnown(
    _ word: some APIStringEnum, _ known: [String], at place: FieldPath
  ) {
    if !known.contains(word.rawValue) { errors.notSupported(place, word, known) }
  }

  private mutating func checkSharedNamespaces() {
    if spec.shareProcessNamespace == true, spec.hostPID {
      errors.invalid(
        path.child("securityContext", "shareProcessNamespace"), true,
        "ShareProcessNamespace and HostPID cannot both be enabled")
    }
  }

  private mutating func checkSysctls(_ sysctls: [Sysctl], at list: FieldPath) {
    for (index, sysctl) in sysctls.enumerated() {
      let place = list.index(index).child("name")
      if sysctl.name.isEmpty {
        errors.required(place)
      } else if !NameFormat.isSysctl(sysctl.name) {
        errors.invalid(
          place, sysctl.name,
          "must have at most 253 characters and match regex "
            + "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$")
      } else if sysctls[..<index].contains(where: { $0.name == sysctl.name }) {
        errors.duplicate(place, sysctl.name)
      }
      let name = sysctl.name.replacing("/", with: ".")
      let isIPC = ["kernel.shm", "kernel.msg", "fs.mqueue."].contains { name.hasPrefix($0) }
      if spec.hostNetwork, name.hasPrefix("net.") {
        errors.invalid(place, sysctl.name, "may not be specified when 'hostNetwork' is true")
      } else if spec.hostIPC, isIPC || name == "kernel.sem" {
        errors.invalid(place, sysctl.name, "may not be specified when 'hostIPC' is true")
      }
    }
  }

  private mutating func checkSeccomp(_ profile: SeccompProfile?, at place: FieldPath) {
    guard let profile else { return }
    let known = ["Localhost", "RuntimeDefault", "Unconfined"]
    if profile.type.isEmpty {
      errors.required(place.child("type"), "type is required when seccompProfile is set")
    } else {
      checkKnown(profile.type, known, at: place.child("type"))
    }
    let local = place.child("localhostProfile")
    if profile.type == .localhost {
      if let name = profile.localhostProfile {
        errors.add(PathValidation.localDescending(name, at: local))
      } else {
        errors.required(local, "must be set when seccomp type is Localhost")
      }
    } else if profile.localhostProfile != nil {
      errors.invalid(local, GoDump(profile), "can only be set when seccomp type is Localhost")
    }
  }

  private mutating func checkAppArmor(_ profile: AppArmorProfile?, at place: FieldPath) {
    guard let profile else { return }
    let local = place.child("localhostProfile")
    let missing = "must be set when AppArmor type is Localhost"
    switch profile.type {
    case .localhost:
      guard let name = profile.localhostProfile else { return errors.required(local, missing) }
      if name.first?.isWhitespace == true || name.last?.isWhitespace == true {
        errors.invalid(local, name, "must not be padded with whitespace")
      } else if name.isEmpty {
        errors.required(local, missing)
      }
      if name.utf8.count > 4095 { errors.tooLong(local, limit: 4095) }
    case .runtimeDefault, .unconfined:
      if let name = profile.localhostProfile {
        errors.invalid(local, name, "can only be set when AppArmor type is Localhost")
      }
    case "":
      errors.required(place.child("type"), "type is required when appArmorProfile is set")
    default:
      errors.notSupported(
        place.child("type"), profile.type, ["Localhost", "RuntimeDefault", "Unconfined"])
    }
  }
}
