import KubeModel
import SimulationKernel

extension APIServer {
  /// Creates an object and returns its key.
  ///
  /// Fills in namespace, uid, creation time and, from `generateName`, the name; applies the kind's
  /// defaults, admission, strategy and validation.
  ///
  /// - Throws: Invalid, AlreadyExists, NotFound or Forbidden (the namespace), InternalError
  ///   (a resourceVersion in the body).
  @_specialize(kind:partial,where Object == Pod)
  @_specialize(kind:partial,where Object == Event)
  @_specialize(kind:partial,where Object == Job)
  @discardableResult public mutating func create<Object: APIObject>(
    _ object: Object, at now: Timestamp, sink: inout some ChangeSink
  ) throws(APIError) -> ObjectKey {
    try create(object, at: now) { sink.observe($0, in: $1) }
  }

  private mutating func create<Object: APIObject>(
    _ object: Object, at now: Timestamp, telling tell: Teller
  ) throws(APIError) -> ObjectKey {
    var object = object
    let rules = self.rules.rules(for: Object.self)
    try placeInNamespace(&object)
    guard object.metadata.resourceVersion.isEmpty else {
      throw APIError(
        code: 500, reason: .internalError,
        message: "resourceVersion should not be set on objects to be created")
    }
    object.metadata.begin(UID(randomBits: random.next(), random.next()), at: now)
    try nameIfGenerated(&object)
    try pass(&object, rules)
    try allot(&object, over: nil)
    if let taken = store.key(Object.self, object.metadata.namespace, object.metadata.name) {
      var error = APIError.alreadyExists(Object.resource, object.metadata.name)
      if store[Object.self, taken]?.isBeingDeleted == true {
        error.message = "object is being deleted: " + error.message
      }
      throw error
    }
    noteAddresses(nil, object)
    object.metadata.resourceVersion = nextRevision()
    let key = store.insert(object)
    passed.noteWrite(of: Object.self)
    tell(Change(key: key, created: object).erased, store)
    return key
  }

  /// The namespace of this name, if there is one. Most writes on end are in one and the same.
  public mutating func namespace(_ name: String) -> Namespace? {
    if let found = latestNamespace.flatMap({ store[Namespace.self, $0] }),
      found.metadata.name == name
    {
      return found
    }
    latestNamespace = store.key(Namespace.self, "", name)
    return latestNamespace.flatMap { store[Namespace.self, $0] }
  }

  private mutating func placeInNamespace<Object: APIObject>(_ object: inout Object) throws(APIError)
  {
    guard Object.resource.isNamespaced else {
      object.metadata.namespace = ""
      return
    }
    if object.metadata.namespace.isEmpty { object.metadata.namespace = "default" }
    let namespace = object.metadata.namespace
    guard let found = self.namespace(namespace) else {
      throw .notFound(Namespace.resource, namespace)
    }
    if found.isBeingDeleted, Object.resource.kind != "Event" {
      var error = APIError.forbidden(
        Object.resource, object.metadata.name,
        "unable to create new content in namespace \(namespace) because it is being terminated")
      error.details.causes = [
        APIError.Cause(
          type: "NamespaceTerminating", message: "namespace \(namespace) is being terminated",
          field: "metadata.namespace")
      ]
      throw error
    }
  }

  /// Makes up a name: the first 58 bytes of `generateName` and five random characters; eight tries.
  private mutating func nameIfGenerated<Object: APIObject>(
    _ object: inout Object
  ) throws(APIError) {
    guard object.metadata.name.isEmpty, !object.metadata.generateName.isEmpty else { return }
    var base = object.metadata.generateName
    if base.utf8.count > 58 { base = String(decoding: base.utf8.prefix(58), as: UTF8.self) }
    for _ in 0..<8 {
      object.metadata.name = base + random.nameSuffix()
      let taken = store.key(
        Object.self, object.metadata.namespace, object.metadata.name)
      if taken == nil { return }
    }
    var error = APIError.alreadyExists(Object.resource, object.metadata.name)
    error.message += ", the server was not able to generate a unique name for the object"
    throw error
  }

  /// Stores an Event of the recorder, which makes none that is not valid and whose name it knows to be
  /// new.
  public mutating func record(
    _ event: Event, at now: Timestamp, sink: inout some ChangeSink
  ) -> ObjectKey {
    var event = event
    event.metadata.begin(
      UID(randomBits: random.next(), random.next()), at: now, version: nextRevision())
    let key = store.insert(event)
    sink.observe(Change(key: key, created: event).erased, in: store)
    return key
  }

  /// Defaults, admission, strategy and validation of a new object.
  private mutating func pass<Object: APIObject>(
    _ object: inout Object, _ rules: any KindRules<Object>
  ) throws(APIError) {
    if passed.apply(to: &object) {
      let errors = MetadataValidation.validate(
        object.metadata, isNamespaced: true, name: .subdomain)
      if !errors.isEmpty { throw invalid(object, errors) }
      return
    }
    let given = object
    rules.setDefaults(&object)
    try admit(&object)
    admitStorage(&object)
    rules.prepareForCreate(&object)
    try checkAllocation(object)
    let errors = rules.validate(object)
    if !errors.isEmpty { throw invalid(object, errors) }
    passed.remember(given: given, passed: object)
  }

  /// Gives a Service its addresses and ports; upstream checks what it asks for before all else.
  mutating func allot<Object: APIObject>(
    _ object: inout Object, over old: Object?
  ) throws(APIError) {
    guard Object.self == Service.self, var service = object as? Service else { return }
    try checkAllocation(object)
    let errors = addresses.conflicts(service.spec, over: (old as? Service)?.spec)
    if !errors.isEmpty { throw invalid(object, errors) }
    try addresses.allot(to: &service.spec)
    if let allotted = service as? Object { object = allotted }
  }

  /// Notes which addresses and ports a Service no longer has, and which it has from now on.
  mutating func noteAddresses<Object: APIObject>(_ old: Object?, _ new: Object?) {
    guard Object.self == Service.self else { return }
    addresses.note((old as? Service)?.spec, (new as? Service)?.spec)
  }

  private func checkAllocation<Object: APIObject>(_ object: Object) throws(APIError) {
    guard Object.self == Service.self, let service = object as? Service else { return }
    let errors = ServiceAllocationValidation.validate(service.spec)
    if !errors.isEmpty { throw invalid(object, errors) }
  }

  func invalid<Object: APIObject>(_ object: Object, _ errors: [FieldError]) -> APIError {
    .invalid(Object.resource, object.metadata.name, errors.map(\.cause))
  }
}

extension ObjectMeta {
  /// Makes these the metadata of an object that begins to be.
  mutating func begin(_ uid: UID, at now: Timestamp, version: ResourceVersion = .init()) {
    self.uid = uid
    resourceVersion = version
    creationTimestamp = now
    deletionTimestamp = nil
    deletionGracePeriodSeconds = nil
  }
}

extension SeededRandom {
  /// Five characters of the alphabet of generated names, which has no vowels and no 0, 1 and 3.
  mutating func nameSuffix() -> String {
    let alphabet: StaticString = "bcdfghjklmnpqrstvwxz2456789"
    return String(unsafeUninitializedCapacity: 5) { bytes in
      for index in 0..<5 { bytes[index] = alphabet.utf8Start[Int(below(27))] }
      return 5
    }
  }
}
