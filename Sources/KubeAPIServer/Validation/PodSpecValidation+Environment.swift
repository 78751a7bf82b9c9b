import KubeModel

extension PodSpecValidation {
  mutating func checkEnvironment(_ variables: [EnvVar], at list: FieldPath) {
    for (index, variable) in variables.enumerated() {
      let place = list.index(index)
      if variable.name.isEmpty {
        errors.required(place.child("name"))
      } else {
        errors.invalid(
          place.child("name"), variable.name, NameFormat.environmentVariable(variable.name))
      }
      if let source = variable.valueFrom {
        checkSource(source, hasValue: !variable.value.isEmpty, at: place.child("valueFrom"))
      }
    }
  }

  private mutating func checkSource(
    _ source: EnvVarSource, hasValue: Bool, at place: FieldPath
  ) {
    var count = 0
    if let reference = source.fieldRef {
      count += 1
      checkField(reference, known: Self.environmentFields, at: place.child("fieldRef"))
    }
    if let reference = source.resourceFieldRef {
      count += 1
      checkResourceField(reference, at: place.child("resourceFieldRef"), inVolume: false)
    }
    if let reference = source.configMapKeyRef {
      count += 1
      checkKey(reference.name, reference.key, at: place.child("configMapKeyRef"))
    }
    if let reference = source.secretKeyRef {
      count += 1
      checkKey(reference.name, reference.key, at: place.child("secretKeyRef"))
    }
    if let reference = source.fileKeyRef {
      count += 1
      checkFileKey(reference, at: place.child("fileKeyRef"))
    }
    if count == 0 {
      errors.invalid(
        place, "",
        "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` "
          + "or `fileKeyRef`")
    } else if hasValue {
      errors.invalid(place, "", "may not be specified when `value` is not empty")
    } else if count > 1 {
      errors.invalid(place, "", "may not have more than one field specified at a time")
    }
  }

  private mutating func checkKey(_ name: String, _ key: String, at place: FieldPath) {
    errors.invalid(place.child("name"), name, NameFormat.subdomain(name))
    if key.isEmpty {
      errors.required(place.child("key"))
    } else {
      errors.invalid(place.child("key"), key, NameFormat.configKey(key))
    }
  }

  private mutating func checkFileKey(_ reference: FileKeySelector, at place: FieldPath) {
    if reference.key.isEmpty {
      errors.required(place.child("key"))
    } else {
      errors.invalid(
        place.child("key"), reference.key, NameFormat.environmentVariable(reference.key))
    }
    if reference.volumeName.isEmpty {
      errors.required(place.child("volumeName"))
    } else {
      errors.invalid(
        place.child("volumeName"), reference.volumeName, NameFormat.label(reference.volumeName))
    }
    if reference.path.isEmpty {
      errors.required(place.child("path"))
    } else {
      errors.add(PathValidation.localNotReserved(reference.path, at: place.child("path")))
    }
  }

  mutating func checkEnvironmentFrom(_ sources: [EnvFromSource], at list: FieldPath) {
    for (index, source) in sources.enumerated() {
      let place = list.index(index)
      if !source.prefix.isEmpty {
        errors.invalid(
          place.child("prefix"), source.prefix, NameFormat.environmentVariable(source.prefix))
      }
      let references = [
        ("configMapRef", source.configMapRef?.name), ("secretRef", source.secretRef?.name),
      ]
      for case (let field, let name?) in references {
        if name.isEmpty {
          errors.required(place.child(field, "name"))
        } else {
          errors.invalid(
            place.child(field, "name"), name, NameFormat.subdomain(NameFormat.masked(name)))
        }
      }
      // As upstream, these two name the list and not its element.
      if references.allSatisfy({ $0.1 == nil }) {
        errors.invalid(list, "", "must specify one of: `configMapRef` or `secretRef`")
      } else if references.allSatisfy({ $0.1 != nil }) {
        errors.invalid(list, "", "may not have more than one field specified at a time")
      }
    }
  }

  // MARK: - Fields of the pod

  static let environmentFields = [
    "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName",
    "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
  ]
  static let volumeFields = [
    "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace",
    "metadata.uid",
  ]
  private static let containerResources = [
    "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu",
    "requests.ephemeral-storage", "requests.memory",
  ]

  /// A field of the pod that an environment variable or a file shows.
  mutating func checkField(
    _ reference: ObjectFieldSelector, known: [String], at place: FieldPath
  ) {
    if reference.apiVersion.isEmpty { return errors.required(place.child("apiVersion")) }
    if reference.fieldPath.isEmpty { return errors.required(place.child("fieldPath")) }
    let text = reference.fieldPath
    guard reference.apiVersion == "v1" else {
      return errors.invalid(
        place.child("fieldPath"), text,
        "error converting fieldPath: unsupported pod version: \(reference.apiVersion)")
    }
    if let (field, subscripted) = Self.splitSubscript(text) {
      switch field {
      case "metadata.annotations":
        errors.invalid(place, subscripted, NameFormat.qualifiedName(subscripted.lowercased()))
      case "metadata.labels":
        errors.invalid(place, subscripted, NameFormat.qualifiedName(subscripted))
      default:
        errors.invalid(
          place.child("fieldPath"), text,
          "error converting fieldPath: field label does not support subscript: \(text)")
      }
    } else if !Self.convertibleFields.contains(text) {
      errors.invalid(
        place.child("fieldPath"), text,
        "error converting fieldPath: field label not supported: \(text)")
    } else {
      // An older name of the same field.
      let field = text == "spec.host" ? "spec.nodeName" : text
      if !known.contains(field) { errors.notSupported(place.child("fieldPath"), field, known) }
    }
  }

  private static let convertibleFields =
    environmentFields + volumeFields + [
      "spec.restartPolicy", "spec.schedulerName", "status.phase", "spec.host",
    ]

  /// `metadata.labels['app']` is the label `app`.
  private static func splitSubscript(_ text: String) -> (field: String, key: String)? {
    guard text.hasSuffix("']"), let open = text.firstIndex(of: "["),
      text[text.index(after: open)...].hasPrefix("'")
    else { return nil }
    let key = text[text.index(open, offsetBy: 2)...].dropLast(2)
    return key.isEmpty && !text.hasSuffix("['']") ? nil : (String(text[..<open]), String(key))
  }

  /// A container's resource that an environment variable or a file shows.
  mutating func checkResourceField(
    _ reference: ResourceFieldSelector, at place: FieldPath, inVolume: Bool
  ) {
    let name = reference.resource
    let isHugePages =
      name.hasPrefix("limits.hugepages-") || name.hasPrefix("requests.hugepages-")
    if inVolume, reference.containerName.isEmpty {
      errors.required(place.child("containerName"))
    } else if name.isEmpty {
      errors.required(place.child("resource"))
    } else if !Self.containerResources.contains(name), !isHugePages {
      errors.notSupported(place.child("resource"), name, Self.containerResources)
    }
    guard !reference.divisor.isZero else { return }
    let divisor = reference.divisor.description
    let kinds = [
      ("cpu", "cpu"), ("memory", "memory"), ("ephemeral-storage", "local ephemeral storage"),
      ("hugepages-", "hugepages"),
    ]
    guard
      let kind = kinds.first(where: {
        name.hasPrefix("limits." + $0.0) || name.hasPrefix("requests." + $0.0)
      })
    else { return }
    let good =
      kind.0 == "cpu"
      ? ["1m", "1"]
      : [
        "1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei",
      ]
    if !good.contains(divisor) {
      let list = kind.0 == "cpu" ? "1m and 1" : good.joined(separator: ", ")
      errors.invalid(
        place.child("divisor"), name,
        "only divisor's values \(list) are supported with the \(kind.1) resource")
    }
  }
}
