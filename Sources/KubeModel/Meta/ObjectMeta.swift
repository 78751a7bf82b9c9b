/// What every object carries: its name, its identity, its labels, its owners.
///
/// Follows `metav1.ObjectMeta`. `managedFields` and `selfLink` are read and dropped.
public struct ObjectMeta: APIValue {
  public var name = ""
  public var generateName = ""
  public var namespace = ""
  public var uid = UID()
  public var resourceVersion = ResourceVersion()
  public var generation: Int64 = 0
  public var creationTimestamp: Timestamp?
  public var deletionTimestamp: Timestamp?
  public var deletionGracePeriodSeconds: Int64?
  public var labels: StringMap<String> = [:]
  public var annotations: StringMap<String> = [:]
  public var ownerReferences: [OwnerReference] = []
  public var finalizers: [String] = []

  /// Nothing set.
  public init() {}

  /// A name in a namespace, with labels and annotations.
  public init(
    name: String, namespace: String = "", labels: StringMap<String> = [:],
    annotations: StringMap<String> = [:]
  ) {
    self.name = name
    self.namespace = namespace
    self.labels = labels
    self.annotations = annotations
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

  /// True once deletion has been asked for.
  public var isBeingDeleted: Bool { deletionTimestamp != nil }

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

  /// True when an owner manages the object.
  @inlinable public var hasController: Bool { contains { $0.controller == true } }
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
    self.init()
    apiVersion = Owner.resource.apiVersion
    kind = Owner.resource.kind
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
