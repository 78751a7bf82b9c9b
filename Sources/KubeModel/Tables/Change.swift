/// What happened to one object: what a watch delivers.
///
/// One pointer: a change is handed to every watch of its kind.
public struct Change<Object: APIObject>: Sendable {
  @usableFromInline final class Box: AnyChange, @unchecked Sendable {  // All it has is `let`.
    // Not optional, though one may be nobody's business: an optional of a kind that is known only
    // when the program runs is slow to let go of. `type` says which one counts.
    @usableFromInline let before: Object
    @usableFromInline let after: Object

    @inlinable init(key: ObjectKey, type: ChangeType, before: Object, after: Object) {
      self.before = before
      self.after = after
      super.init(
        key: key, kind: Object.self, resource: Object.resource, type: type,
        before: before.metadata, after: after.metadata)
    }

    @usableFromInline override var latest: any APIObject { after }
  }

  @usableFromInline let box: Box

  @inlinable init(_ box: Box) { self.box = box }

  /// An object was created.
  @inlinable public init(key: ObjectKey, created object: Object) {
    box = Box(key: key, type: .added, before: object, after: object)
  }

  /// An object got a new version.
  @inlinable public init(key: ObjectKey, from old: Object, to new: Object) {
    box = Box(key: key, type: .modified, before: old, after: new)
  }

  /// An object was removed; this was its last version.
  @inlinable public init(key: ObjectKey, removed object: Object) {
    box = Box(key: key, type: .deleted, before: object, after: object)
  }

  /// Which object.
  @inlinable public var key: ObjectKey { box.key }
  /// The version before; nil when it was created.
  @inlinable public var old: Object? { box.type == .added ? nil : box.before }
  /// The version after; nil when it was removed.
  @inlinable public var new: Object? { box.type == .deleted ? nil : box.after }
  /// The version before, or the first one of an object that was created.
  ///
  /// It and `latest` are read where they lie; to be asked, an optional version is copied.
  @inlinable public var earliest: Object { box.before }
  /// The version after, or the last one of an object that was removed.
  @inlinable public var latest: Object { box.after }
  /// ADDED, MODIFIED or DELETED.
  @inlinable public var type: ChangeType { box.type }

  /// The change as it is for those who work for all kinds alike.
  @inlinable public var erased: AnyChange { box }
}

/// A change of an object of any kind: what every object carries.
///
/// What stands between the server and a watch is compiled once, for this, and asks nothing of a kind
/// while it runs.
public class AnyChange: @unchecked Sendable {  // All it has is `let`.
  /// Which object.
  public let key: ObjectKey
  /// Its kind.
  public let kind: any APIObject.Type
  /// How the API calls the kind.
  public let resource: APIResource
  /// ADDED, MODIFIED or DELETED.
  public let type: ChangeType
  /// The metadata after, or the last ones of an object that was removed.
  public let latestMetadata: ObjectMeta
  private let formerMetadata: ObjectMeta
  /// False for a change of nothing but what is outside of the metadata.
  public let touchesMetadata: Bool
  /// The kind of the owner that manages the object; empty for none.
  public let controllerKind: String
  /// The kind of the owner that managed the object before; empty for none.
  public let formerControllerKind: String

  @usableFromInline init(
    key: ObjectKey, kind: any APIObject.Type, resource: APIResource, type: ChangeType,
    before: ObjectMeta, after: ObjectMeta
  ) {
    self.key = key
    self.kind = kind
    self.resource = resource
    self.type = type
    latestMetadata = after
    formerMetadata = before
    controllerKind = after.ownerReferences.controllerKind
    let isShared = after.sharesStorage(with: before)
    formerControllerKind = isShared ? controllerKind : before.ownerReferences.controllerKind
    touchesMetadata = type != .modified || !isShared
  }

  /// The metadata before; nil when it was created.
  public final var oldMetadata: ObjectMeta? { type == .added ? nil : formerMetadata }
  /// The metadata after; nil when it was removed.
  public final var newMetadata: ObjectMeta? { type == .deleted ? nil : latestMetadata }

  /// The version after, or the last one of an object that was removed.
  public var latest: any APIObject { preconditionFailure("abstract") }

  /// True when an owner of this kind manages the object or did so before, or may begin to, as nobody
  /// manages it.
  public final func concerns(ownersOf kind: String) -> Bool {
    controllerKind == kind || touchesMetadata && formerControllerKind == kind
      || controllerKind.isEmpty && type != .deleted
  }

  /// The uids of the owners of this kind that managed the object before and manage it now.
  public final func controllers(ofKind kind: String) -> (old: UID?, new: UID?) {
    let latest = latestMetadata.ownerReferences.controller(ofKind: kind)
    switch type {
    case .added: return (nil, latest)
    case .deleted: return (latest, nil)
    case .modified:
      let isSame = !touchesMetadata
      return (isSame ? latest : formerMetadata.ownerReferences.controller(ofKind: kind), latest)
    }
  }

  /// The change with its objects.
  ///
  /// - Precondition: `Object` is its kind.
  @inlinable public final func typed<Object: APIObject>(as kind: Object.Type) -> Change<Object> {
    Change(unsafeDowncast(self, to: Change<Object>.Box.self))
  }
}

/// The type of a watch event.
public enum ChangeType: String, Sendable {
  case added = "ADDED"
  case modified = "MODIFIED"
  case deleted = "DELETED"
}
