import KubeModel

extension APIServer {
  /// Which part of an object a write may change.
  public enum Part: Sendable {
    /// Everything but the status.
    case main
    /// The status alone.
    case status
  }

  /// Writes a new version of an object and returns it as stored.
  ///
  /// A version equal to the stored one is no write: the revision stays and nobody is told. A version
  /// without finalizers of an object that only waited for them removes it.
  ///
  /// - Throws: NotFound, Conflict (resourceVersion or uid), Invalid.
  @_specialize(kind:partial,where Object == Pod)
  @_specialize(kind:partial,where Object == Event)
  @_specialize(kind:partial,where Object == Job)
  @_specialize(kind:partial,where Object == CronJob)
  @discardableResult public mutating func update<Object: APIObject>(
    _ key: ObjectKey, with object: Object, part: Part = .main, at now: Timestamp,
    sink: inout some ChangeSink
  ) throws(APIError) -> Object {
    try update(key, with: object, part: part) { sink.observe($0, in: $1) }
  }

  private mutating func update<Object: APIObject>(
    _ key: ObjectKey, with object: Object, part: Part, telling tell: Teller
  ) throws(APIError) -> Object {
    guard let old = store[Object.self, key] else {
      throw .notFound(Object.resource, object.metadata.name)
    }
    let rules = self.rules.rules(for: Object.self)
    try checkPreconditions(object, old, rules)
    var new = object
    switch part {
    case .status:
      // A pod's rules keep its whole metadata but for what a status update may carry.
      if Object.self != Pod.self { restoreSystemFields(&new, old) }
      rules.prepareForStatusUpdate(&new, from: old)
      if new == old { return old }
      let errors = rules.validateStatusUpdate(new, from: old)
      if !errors.isEmpty { throw invalid(new, errors) }
    case .main:
      restoreSystemFields(&new, old)
      rules.setDefaults(&new, over: old)
      rules.prepareForUpdate(&new, from: old)
      try allot(&new, over: old)
      if new == old { return old }
      let errors = rules.validateUpdate(new, from: old)
      if !errors.isEmpty { throw invalid(new, errors) }
      try admitResize(new, from: old)
      noteAddresses(old, new)
    }
    if new.isBeingDeleted, !isHeldBack(new),
      (new.metadata.deletionGracePeriodSeconds ?? 0) == 0
    {
      remove(key, last: new, telling: tell)
      return new
    }
    commit(key, old: old, new: &new, telling: tell)
    return new
  }

  func checkPreconditions<Object: APIObject>(
    _ object: Object, _ old: Object, _ rules: any KindRules<Object>
  ) throws(APIError) {
    let name = old.metadata.name
    let asked = object.metadata
    if !asked.uid.isEmpty, asked.uid != old.metadata.uid {
      let key = "/registry/\(Object.resource.plural)/\(old.metadata.namespacedName)"
      throw .conflict(
        Object.resource, name,
        "StorageError: invalid object, Code: 4, Key: \(key), ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: \(asked.uid), UID in object meta: \(old.metadata.uid)"
      )
    }
    if asked.resourceVersion.isEmpty, !rules.allowsUnconditionalUpdate {
      throw .invalid(
        Object.resource, name,
        [
          APIError.Cause(
            type: "FieldValueInvalid", message: "Invalid value: 0: must be specified for an update",
            field: "metadata.resourceVersion")
        ])
    }
    if !asked.resourceVersion.isEmpty, asked.resourceVersion != old.metadata.resourceVersion {
      throw .conflict(
        Object.resource, name,
        "the object has been modified; please apply your changes to the latest version and try again"
      )
    }
  }

  /// True when something has to happen before an object may be removed.
  func isHeldBack(_ object: some APIObject) -> Bool {
    if !object.metadata.finalizers.isEmpty { return true }
    guard type(of: object) == Namespace.self, let namespace = object as? Namespace else {
      return false
    }
    return !namespace.spec.finalizers.isEmpty
  }

  /// Puts back what the server alone sets. A write would part the metadata from the stored ones, whose
  /// storage most updates share.
  private func restoreSystemFields<Object: APIObject>(_ new: inout Object, _ old: Object) {
    let isSame =
      new.metadata.resourceVersion == old.metadata.resourceVersion
      && new.metadata.generation == old.metadata.generation
      && new.metadata.uid == old.metadata.uid
      && new.metadata.creationTimestamp == old.metadata.creationTimestamp
      && new.metadata.deletionTimestamp == old.metadata.deletionTimestamp
      && new.metadata.deletionGracePeriodSeconds == old.metadata.deletionGracePeriodSeconds
      && new.metadata.name == old.metadata.name
      && new.metadata.namespace == old.metadata.namespace
    if !isSame { new.metadata.takeSystemFields(of: old.metadata) }
  }

  /// Stores a new version under the next revision and tells of it.
  mutating func commit<Object: APIObject>(
    _ key: ObjectKey, old: Object, new: inout Object, telling tell: Teller
  ) {
    new.metadata.resourceVersion = nextRevision()
    store.replace(key, with: new)
    passed.noteWrite(of: Object.self)
    tell(Change(key: key, from: old, to: new).erased, store)
  }

  /// Takes an object out under the next revision and tells of it.
  mutating func remove<Object: APIObject>(
    _ key: ObjectKey, last: Object, telling tell: Teller
  ) {
    var last = last
    last.metadata.resourceVersion = nextRevision()
    store.remove(Object.self, key)
    noteAddresses(last, nil)
    passed.noteWrite(of: Object.self)
    tell(Change(key: key, removed: last).erased, store)
  }
}

extension ObjectMeta {
  fileprivate mutating func takeSystemFields(of stored: ObjectMeta) {
    name = stored.name
    namespace = stored.namespace
    uid = stored.uid
    resourceVersion = stored.resourceVersion
    generation = stored.generation
    creationTimestamp = stored.creationTimestamp
    deletionTimestamp = stored.deletionTimestamp
    deletionGracePeriodSeconds = stored.deletionGracePeriodSeconds
  }
}
