/// What every object carries: its name, its identity, its labels, its owners.
///
/// One pointer and the version: everybody who looks at an object asks for a word of it. Copies share
/// the words until one of them changes; a write of the status changes none but the version.
///
/// Follows `metav1.ObjectMeta`. `managedFields` and `selfLink` are read and dropped.
public struct ObjectMeta: APIValue {
  @usableFromInline struct Content: Hashable, Sendable {
    @usableFromInline var name: String = ""
    @usableFromInline var generateName: String = ""
    @usableFromInline var namespace: String = ""
    @usableFromInline var uid: UID = UID()
    @usableFromInline var generation: Int64 = 0
    @usableFromInline var creationTimestamp: Timestamp?
    @usableFromInline var deletionTimestamp: Timestamp?
    @usableFromInline var deletionGracePeriodSeconds: Int64?
    @usableFromInline var labels: StringMap<String> = [:]
    @usableFromInline var annotations: StringMap<String> = [:]
    @usableFromInline var ownerReferences: [OwnerReference] = []
    @usableFromInline var finalizers: [String] = []
  }
  @usableFromInline var content = Self.blank
  private static let blank = Indirect(wrappedValue: Content())

  @inlinable public var name: String {
    _read { yield content.wrappedValue.name }
    _modify { yield &content.wrappedValue.name }
  }
  @inlinable public var generateName: String {
    _read { yield content.wrappedValue.generateName }
    _modify { yield &content.wrappedValue.generateName }
  }
  @inlinable public var namespace: String {
    _read { yield content.wrappedValue.namespace }
    _modify { yield &content.wrappedValue.namespace }
  }
  @inlinable public var uid: UID {
    _read { yield content.wrappedValue.uid }
    _modify { yield &content.wrappedValue.uid }
  }
  public var resourceVersion = ResourceVersion()
  @inlinable public var generation: Int64 {
    _read { yield content.wrappedValue.generation }
    _modify { yield &content.wrappedValue.generation }
  }
  @inlinable public var creationTimestamp: Timestamp? {
    _read { yield content.wrappedValue.creationTimestamp }
    _modify { yield &content.wrappedValue.creationTimestamp }
  }
  @inlinable public var deletionTimestamp: Timestamp? {
    _read { yield content.wrappedValue.deletionTimestamp }
    _modify { yield &content.wrappedValue.deletionTimestamp }
  }
  @inlinable public var deletionGracePeriodSeconds: Int64? {
    _read { yield content.wrappedValue.deletionGracePeriodSeconds }
    _modify { yield &content.wrappedValue.deletionGracePeriodSeconds }
  }
  @inlinable public var labels: StringMap<String> {
    _read { yield content.wrappedValue.labels }
    _modify { yield &content.wrappedValue.labels }
  }
  @inlinable public var annotations: StringMap<String> {
    _read { yield content.wrappedValue.annotations }
    _modify { yield &content.wrappedValue.annotations }
  }
  @inlinable public var ownerReferences: [OwnerReference] {
    _read { yield content.wrappedValue.ownerReferences }
    _modify { yield &content.wrappedValue.ownerReferences }
  }
  @inlinable public var finalizers: [String] {
    _read { yield content.wrappedValue.finalizers }
    _modify { yield &content.wrappedValue.finalizers }
  }

  /// Nothing set.
  public init() {}

  /// A name in a namespace, with labels and annotations.
  public init(
    name: String, namespace: String = "", labels: StringMap<String> = [:],
    annotations: StringMap<String> = [:]
  ) {
    // Whole, as a change of the blank words would copy them first.
    content = Indirect(
      wrappedValue: Content(
        name: name, namespace: namespace, labels: labels, annotations: annotations))
  }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name)
    fields.field("generateName", &generateName)
    fields.field("namespace", &namespace)
    fields.field("uid", &uid)
    fields.field("resourceVersion", &resourceVersion)
    fields.field("generation", &generation)
    fields.field("creationTimestamp", &creationTimestamp)
    fields.field("deletionTimestamp", &deletionTimestamp)
    fields.field("deletionGracePeriodSeconds", &deletionGracePeriodSeconds)
    fields.field("labels", &labels)
    fields.field("annotations", &annotations)
    fields.field("ownerReferences", &ownerReferences, merge: .byKey("uid"))
    fields.field("finalizers", &finalizers, merge: .union)
    var ignored: JSONValue? = nil
    fields.field("managedFields", &ignored)
    ignored = nil
    fields.field("selfLink", &ignored)
  }

  /// True when both are the same words in storage, hence equal in all but the version, at the cost of
  /// one comparison.
  @inlinable public func sharesStorage(with other: ObjectMeta) -> Bool {
    content.sharesStorage(with: other.content)
  }

  /// True once deletion has been asked for.
  @inlinable public var isBeingDeleted: Bool { deletionTimestamp != nil }

  /// The owner that manages this object, if there is one.
  public var controllerRef: OwnerReference? { ownerReferences.first { $0.controller == true } }
}

// On the array, not on the metadata: to be asked, a whole value is copied out of its storage.
extension [OwnerReference] {
  /// The uid of the owner that manages the object, if its kind has this name.
  @inlinable public func controller(ofKind kind: String) -> UID? {
    for index in indices where self[index].controller == true {
      return self[index].kind == kind ? self[index].uid : nil
    }
    return nil
  }

  /// The uid of the owner that manages the object, if there is one.
  @inlinable public var controllerUID: UID? {
    for index in indices where self[index].controller == true { return self[index].uid }
    return nil
  }

  /// The kind of the owner that manages the object; empty for none.
  @inlinable var controllerKind: String {
    for index in indices where self[index].controller == true { return self[index].kind }
    return ""
  }

  /// True when an owner manages the object.
  @inlinable public var hasController: Bool { controllerUID != nil }
}

/// One owner of an object; when all owners are gone the object is collected.
///
/// Follows `metav1.OwnerReference`.
public struct OwnerReference: APIValue {
  public var apiVersion = ""
  public var kind = ""
  public var name = ""
  public var uid = UID()
  /// True for the one owner that manages the object.
  public var controller: Bool?
  /// True when foreground deletion of the owner waits for this object.
  public var blockOwnerDeletion: Bool?

  /// Nothing set.
  public init() {}

  /// The reference of a controller to what it manages: both flags are set.
  @inlinable public init<Owner: APIObject>(controller owner: Owner) {
    let resource = Owner.resource
    apiVersion = resource.apiVersion
    kind = resource.kind
    name = owner.metadata.name
    uid = owner.metadata.uid
    controller = true
    blockOwnerDeletion = true
  }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("apiVersion", &apiVersion, .always)
    fields.field("kind", &kind, .always)
    fields.field("name", &name, .always)
    fields.field("uid", &uid, .always)
    fields.field("controller", &controller)
    fields.field("blockOwnerDeletion", &blockOwnerDeletion)
  }
}
