import KubeModel

extension PodSpecValidation {
  /// Windows settings: the name of a credential and that of a user.
  mutating func checkWindows(_ options: WindowsSecurityContextOptions?, at place: FieldPath) {
    guard let options else { return }
    if let name = options.gmsaCredentialSpecName {
      errors.invalid(place.child("gmsaCredentialSpecName"), name, NameFormat.subdomain(name))
    }
    let field = place.child("gmsaCredentialSpec")
    if let text = options.gmsaCredentialSpec {
      if text.isEmpty {
        errors.invalid(field, text, "gmsaCredentialSpec cannot be an empty string")
      } else if text.utf8.count > 64 * 1024 {
        errors.invalid(field, text, "gmsaCredentialSpec size must be under 64 KiB")
      }
    }
    if let name = options.runAsUserName { checkWindowsUser(name, at: place.child("runAsUserName")) }
  }

  private mutating func checkWindowsUser(_ name: String, at place: FieldPath) {
    if name.isEmpty {
      return errors.invalid(place, name, "runAsUserName cannot be an empty string")
    }
    if name.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
      return errors.invalid(place, name, "runAsUserName cannot contain control characters")
    }
    let parts = name.split(separator: "\\", omittingEmptySubsequences: false)
    if parts.count > 2 {
      return errors.invalid(place, name, "runAsUserName cannot contain more than one backslash")
    }
    let user = parts.last ?? ""
    let domain = parts.count == 2 ? parts[0] : ""
    if domain.utf8.count >= 256 {
      errors.invalid(
        place, name, "runAsUserName's Domain length must be under 256 characters")
    }
    if user.isEmpty {
      errors.invalid(place, name, "runAsUserName's User cannot be empty")
    } else if user.utf8.count > 104 {
      errors.invalid(
        place, name, "runAsUserName's User length must not be longer than 104 characters")
    }
    if !user.isEmpty, user.allSatisfy({ $0 == "." || $0 == " " }) {
      errors.invalid(place, name, "runAsUserName's User cannot contain only periods or spaces")
    }
    if user.contains(where: { "\"/\\:;|=,+*?<>@[]".contains($0) }) {
      errors.invalid(
        place, name,
        "runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]")
    }
  }

  /// Containers with their places: the first ones, the main ones, those for debugging.
  private var allContainers: [(container: Container, place: FieldPath)] {
    func placed(_ list: [Container], _ field: String) -> [(Container, FieldPath)] {
      list.enumerated().map { ($1, path.child(field).index($0)) }
    }
    return placed(spec.initContainers, "initContainers") + placed(spec.containers, "containers")
      + placed(spec.ephemeralContainers.map(\.common), "ephemeralContainers")
  }

  /// Windows containers that are processes of the host: all or none, on the host's network.
  mutating func checkHostProcess() {
    let ofPod = spec.securityContext?.windowsOptions?.hostProcess
    var count = 0
    for (container, place) in allContainers {
      let own = container.securityContext?.windowsOptions?.hostProcess
      if let ofPod, let own, ofPod != own {
        errors.invalid(
          place.child("securityContext", "windowsOptions").child("hostProcess"), own,
          "pod hostProcess value must be identical if both are specified, was \(ofPod)")
      }
      if own ?? ofPod == true { count += 1 }
    }
    guard count > 0 else { return }
    if count != allContainers.count {
      errors.invalid(
        path, "",
        "If pod contains any hostProcess containers then all containers must be HostProcess "
          + "containers")
    }
    if !spec.hostNetwork {
      errors.invalid(
        path.child("hostNetwork"), false,
        "hostNetwork must be true if pod contains any hostProcess containers")
    }
  }

  /// A pod with users of its own shares no other namespace with the host.
  mutating func checkHostUsers() {
    guard spec.hostUsers == false else { return }
    let reason = "when `hostUsers` is false"
    if spec.hostNetwork { errors.forbidden(path.child("hostNetwork"), reason) }
    if spec.hostPID { errors.forbidden(path.child("hostPID"), reason) }
    if spec.hostIPC { errors.forbidden(path.child("hostIPC"), reason) }
  }

  /// Settings of one operating system do not go with the other.
  mutating func checkOS() {
    guard let os = spec.os else { return }
    let place = path.child("os")
    switch os.name {
    case "": errors.required(place.child("name"))
    case .linux: forbidWindowsSettings()
    case .windows: forbidLinuxSettings()
    default: errors.notSupported(place, os.name, ["linux", "windows"])
    }
  }

  private mutating func forbidWindowsSettings() {
    let reason = "windows options cannot be set for a linux pod"
    if spec.securityContext?.windowsOptions != nil {
      errors.forbidden(path.child("securityContext", "windowsOptions"), reason)
    }
    for (container, place) in allContainers
    where container.securityContext?.windowsOptions != nil {
      errors.forbidden(place.child("securityContext", "windowsOptions"), reason)
    }
  }

  private mutating func forbidLinuxSettings() {
    let reason = "cannot be set for a windows pod"
    let context = spec.securityContext ?? PodSecurityContext()
    let inContext: [(String, Bool)] = [
      ("securityContext.appArmorProfile", context.appArmorProfile != nil),
      ("securityContext.seLinuxOptions", context.seLinuxOptions != nil),
      ("hostUsers", spec.hostUsers != nil), ("hostPID", spec.hostPID), ("hostIPC", spec.hostIPC),
      ("securityContext.seccompProfile", context.seccompProfile != nil),
      ("securityContext.fsGroup", context.fsGroup != nil),
      ("securityContext.fsGroupChangePolicy", context.fsGroupChangePolicy != nil),
      ("securityContext.sysctls", !context.sysctls.isEmpty),
      ("shareProcessNamespace", spec.shareProcessNamespace != nil),
      ("securityContext.runAsUser", context.runAsUser != nil),
      ("securityContext.runAsGroup", context.runAsGroup != nil),
      ("securityContext.supplementalGroups", !context.supplementalGroups.isEmpty),
      ("securityContext.supplementalGroupsPolicy", context.supplementalGroupsPolicy != nil),
      ("securityContext.seLinuxChangePolicy", context.seLinuxChangePolicy != nil),
    ]
    for (field, isSet) in inContext where isSet { errors.forbidden(path.child(field), reason) }
    for (container, place) in allContainers {
      guard let context = container.securityContext else { continue }
      let fields: [(String, Bool)] = [
        ("appArmorProfile", context.appArmorProfile != nil),
        ("seLinuxOptions", context.seLinuxOptions != nil),
        ("seccompProfile", context.seccompProfile != nil),
        ("capabilities", context.capabilities != nil),
        ("readOnlyRootFilesystem", context.readOnlyRootFilesystem != nil),
        ("privileged", context.privileged != nil),
        ("allowPrivilegeEscalation", context.allowPrivilegeEscalation != nil),
        ("procMount", context.procMount != nil), ("runAsUser", context.runAsUser != nil),
        ("runAsGroup", context.runAsGroup != nil),
      ]
      for (field, isSet) in fields where isSet {
        errors.forbidden(place.child("securityContext", field), reason)
      }
    }
  }
}
