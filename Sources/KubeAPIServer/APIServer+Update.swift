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
  @discardableResult public mutating func update<Object: APIObject>(
    _ key: ObjectKey, with object: Object, part: Part = .main, at now: Timestamp,
    sink: inout some ChangeSink
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
      rules.setDefaults(&new)
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
      remove(key, last: new, sink: &sink)
      return new
    }
    commit(key, old: old, new: &new, sink: &sink)
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

  private func restoreSystemFields(_ new: inout some APIObject, _ old: some APIObject) {
    let stored = old.metadata
    var metadata = new.metadata
    metadata.name = stored.name
    metadata.namespace = stored.namespace
    metadata.uid = stored.uid
    metadata.resourceVersion = stored.resourceVersion
    metadata.generation = stored.generation
    metadata.creationTimestamp = stored.creationTimestamp
    metadata.deletionTimestamp = stored.deletionTimestamp
    metadata.deletionGracePeriodSeconds = stored.deletionGracePeriodSeconds
    new.metadata = metadata
  }

  /// Stores a new version under the next revision and tells the sink.
  @_specialize(kind:partial,where Object == Pod)
  @_specialize(kind:partial,where Object == Event)
  @_specialize(kind:partial,where Object == Job)
  mutating func commit<Object: APIObject>(
    _ key: ObjectKey, old: Object, new: inout Object, sink: inout some ChangeSink
  ) {
    new.metadata.resourceVersion = nextRevision()
    store.replace(key, with: new)
    passed.noteWrite(of: Object.self)
    sink.observe(Change(key: key, old: old, new: new), in: store)
  }

  /// Takes an object out under the next revision and tells the sink.
  @_specialize(kind:partial,where Object == Pod)
  @_specialize(kind:partial,where Object == Event)
  @_specialize(kind:partial,where Object == Job)
  mutating func remove<Object: APIObject>(
    _ key: ObjectKey, last: Object, sink: inout some ChangeSink
  ) {
    var last = last
    last.metadata.resourceVersion = nextRevision()
    store.remove(Object.self, key)
    noteAddresses(last, nil)
    passed.noteWrite(of: Object.self)
    sink.observe(Change(key: key, old: last, new: nil), in: store)
  }
}
