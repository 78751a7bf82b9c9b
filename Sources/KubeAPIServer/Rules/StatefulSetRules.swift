import KubeModel

/// What the server does to a StatefulSet.
///
/// Follows `pkg/apis/apps/v1/defaults.go`, `pkg/registry/apps/statefulset/strategy.go` and
/// `pkg/apis/apps/validation` (v1.36).
public struct StatefulSetRules: KindRules {
  /// Whether `maxUnavailable` is kept: the gate MaxUnavailableStatefulSet, which is off in v1.36.
  private let keepsMaxUnavailable: Bool

  public init() { self.init(keepsMaxUnavailable: false) }

  /// The rules with `maxUnavailable`, or without.
  public init(keepsMaxUnavailable: Bool) { self.keepsMaxUnavailable = keepsMaxUnavailable }

  public func setDefaults(_ object: inout StatefulSet) {
    var spec = object.spec
    PodDefaults.setTemplate(&spec.template)
    if spec.podManagementPolicy.isEmpty { spec.podManagementPolicy = .orderedReady }
    if spec.updateStrategy.type.isEmpty {
      spec.updateStrategy.type = .rollingUpdate
      if spec.updateStrategy.rollingUpdate == nil {
        spec.updateStrategy.rollingUpdate = RollingUpdateStatefulSetStrategy()
      }
    }
    if spec.updateStrategy.type == .rollingUpdate,
      spec.updateStrategy.rollingUpdate != nil,
      spec.updateStrategy.rollingUpdate?.partition == nil
    {
      spec.updateStrategy.rollingUpdate?.partition = 0
    }
    if keepsMaxUnavailable, spec.updateStrategy.type == .rollingUpdate,
      spec.updateStrategy.rollingUpdate != nil,
      spec.updateStrategy.rollingUpdate?.maxUnavailable == nil
    {
      spec.updateStrategy.rollingUpdate?.maxUnavailable = 1
    }
    var retention =
      spec.persistentVolumeClaimRetentionPolicy ?? StatefulSetPersistentVolumeClaimRetentionPolicy()
    if retention.whenDeleted.isEmpty { retention.whenDeleted = .retain }
    if retention.whenScaled.isEmpty { retention.whenScaled = .retain }
    spec.persistentVolumeClaimRetentionPolicy = retention
    if spec.replicas == nil { spec.replicas = 1 }
    if spec.revisionHistoryLimit == nil { spec.revisionHistoryLimit = 10 }
    for index in spec.volumeClaimTemplates.indices {
      VolumeDefaults.setClaim(&spec.volumeClaimTemplates[index].spec)
      if spec.volumeClaimTemplates[index].status.phase.isEmpty {
        spec.volumeClaimTemplates[index].status.phase = .pending
      }
    }
    if spec != object.spec { object.spec = spec }
  }

  public func prepareForCreate(_ object: inout StatefulSet) {
    if object.spec.template.spec.serviceAccount != object.spec.template.spec.serviceAccountName {
      PodDefaults.agreeOnServiceAccount(&object.spec.template)
    }
    object.start()
    if !keepsMaxUnavailable { object.spec.updateStrategy.rollingUpdate?.maxUnavailable = nil }
  }

  public func prepareForUpdate(_ new: inout StatefulSet, from old: StatefulSet) {
    if new.spec.template.spec.serviceAccount != new.spec.template.spec.serviceAccountName {
      PodDefaults.agreeOnServiceAccount(&new.spec.template)
    }
    new.keepStatus(of: old)
    // What was set while the gate was on stays.
    if !keepsMaxUnavailable, old.spec.updateStrategy.rollingUpdate?.maxUnavailable == nil {
      new.spec.updateStrategy.rollingUpdate?.maxUnavailable = nil
    }
    new.countGeneration(from: old, changed: new.spec != old.spec)
  }

  public func validate(_ object: StatefulSet) -> [FieldError] {
    MetadataValidation.validate(object.metadata, isNamespaced: true, name: .label)
      + validate(object.spec)
  }

  public func validateUpdate(_ new: StatefulSet, from old: StatefulSet) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(MetadataValidation.validateUpdate(new.metadata, from: old.metadata))
    errors.add(validate(new.spec))
    // What may change is put back before the rest is compared.
    var fixed = new.spec
    fixed.replicas = old.spec.replicas
    fixed.ordinals = old.spec.ordinals
    fixed.template = old.spec.template
    fixed.updateStrategy = old.spec.updateStrategy
    fixed.revisionHistoryLimit = old.spec.revisionHistoryLimit
    fixed.persistentVolumeClaimRetentionPolicy = old.spec.persistentVolumeClaimRetentionPolicy
    fixed.minReadySeconds = old.spec.minReadySeconds
    if fixed != old.spec {
      errors.forbidden(
        FieldPath("spec"),
        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', "
          + "'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and "
          + "'minReadySeconds' are forbidden")
    }
    return errors.all
  }

  private func validate(_ spec: StatefulSetSpec) -> [FieldError] {
    let path = FieldPath("spec")
    var errors = FieldErrors()
    let policy = path.child("podManagementPolicy")
    if spec.podManagementPolicy.isEmpty {
      errors.required(policy)
    } else if spec.podManagementPolicy != .orderedReady, spec.podManagementPolicy != .parallel {
      errors.invalid(policy, spec.podManagementPolicy, "must be 'OrderedReady' or 'Parallel'")
    }
    errors.add(validate(spec.updateStrategy, at: path.child("updateStrategy")))
    errors.add(
      validate(
        spec.persistentVolumeClaimRetentionPolicy,
        at: path.child("persistentVolumeClaimRetentionPolicy")))
    errors.negative(path.child("replicas"), spec.replicas ?? 0)
    errors.negative(path.child("minReadySeconds"), spec.minReadySeconds)
    errors.negative(path.child("ordinals", "start"), spec.ordinals?.start ?? 0)
    if !spec.serviceName.isEmpty {
      errors.invalid(
        path.child("serviceName"), spec.serviceName, NameFormat.label(spec.serviceName))
    }
    for (index, claim) in spec.volumeClaimTemplates.enumerated() {
      let place = path.child("volumeClaimTemplates").index(index).child("spec")
      errors.add(ClaimValidation.spec(claim.spec, at: place))
    }
    errors.add(
      TemplateValidation.selector(spec.selector, at: path.child("selector"), of: "statefulset"))
    let place = path.child("template")
    if let selector = try? Selector(spec.selector) {
      if !selector.isEmpty {
        errors.add(TemplateValidation.match(selector, spec.template, at: place))
      }
      errors.add(validateTemplate(spec, at: place))
    } else {
      errors.invalid(path.child("selector"), spec.selector, "")
    }
    errors.add(TemplateValidation.keepsRunning(spec.template, at: place, of: "StatefulSet"))
    return errors.all
  }

  /// Each claim stands for a volume of its name, which containers may mount; names in the network
  /// are given to each pod by the controller.
  private func validateTemplate(_ spec: StatefulSetSpec, at place: FieldPath) -> [FieldError] {
    var template = spec.template
    template.spec.hostname = ""
    template.spec.subdomain = ""
    let declared = template.spec.volumes.map(\.name)
    for claim in spec.volumeClaimTemplates where !declared.contains(claim.metadata.name) {
      var volume = Volume()
      volume.name = claim.metadata.name
      volume.persistentVolumeClaim = PersistentVolumeClaimVolumeSource()
      volume.persistentVolumeClaim?.claimName = claim.metadata.name
      template.spec.volumes.append(volume)
    }
    return TemplateValidation.template(template, at: place)
  }

  private func validate(
    _ strategy: StatefulSetUpdateStrategy, at path: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    switch strategy.type {
    case "": errors.required(path)
    case .onDelete:
      if let rolling = strategy.rollingUpdate {
        errors.invalid(
          path.child("rollingUpdate"), GoDump(rolling),
          "only allowed for updateStrategy 'RollingUpdate'")
      }
    case .rollingUpdate:
      let rolling = path.child("rollingUpdate")
      errors.negative(rolling.child("partition"), strategy.rollingUpdate?.partition ?? 0)
      if let most = strategy.rollingUpdate?.maxUnavailable {
        let place = rolling.child("maxUnavailable")
        errors.add(TemplateValidation.count(most, at: place))
        if TemplateValidation.number(most) == 0 { errors.invalid(place, most, "cannot be 0") }
        errors.add(TemplateValidation.atMostAll(most, at: place))
      }
    default: errors.invalid(path, GoDump(strategy), "must be 'RollingUpdate' or 'OnDelete'")
    }
    return errors.all
  }

  private func validate(
    _ policy: StatefulSetPersistentVolumeClaimRetentionPolicy?, at path: FieldPath
  ) -> [FieldError] {
    var errors = FieldErrors()
    guard let policy else { return [] }
    for (field, word) in [("whenDeleted", policy.whenDeleted), ("whenScaled", policy.whenScaled)]
    where word != .retain && word != .delete {
      errors.notSupported(path.child(field), word, ["Retain", "Delete"])
    }
    return errors.all
  }
}
