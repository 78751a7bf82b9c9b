/// What happened to one object: what a watch delivers.
///
/// One pointer: a change is handed to every watch of its kind.
public struct Change<Object: APIObject>: Sendable {
  @usableFromInline final class Box: AnyChange, @unchecked Sendable {  // All it has is `let`.
    @usableFromInline let old: Object?
    @usableFromInline let new: Object?

    @inlinable init(key: ObjectKey, old: Object?, new: Object?) {
      self.old = old
      self.new = new
      super.init(
        key: key, kind: Object.self, resource: Object.resource, old: old?.metadata,
        new: new?.metadata)
    }

    @usableFromInline override var latest: (any APIObject)? { new ?? old }
  }

  @usableFromInline let box: Box

  @inlinable init(_ box: Box) { self.box = box }

  /// A change.
  @inlinable public init(key: ObjectKey, old: Object?, new: Object?) {
    box = Box(key: key, old: old, new: new)
  }

  /// Which object.
  @inlinable public var key: ObjectKey { box.key }
  /// The version before; nil when it was created.
  @inlinable public var old: Object? { box.old }
  /// The version after; nil when it was removed.
  @inlinable public var new: Object? { box.new }
  /// The version after, or the last one of an object that was removed.
  @inlinable public var latest: Object? { new ?? old }
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
  /// The metadata before; nil when it was created.
  public let oldMetadata: ObjectMeta?
  /// The metadata after; nil when it was removed.
  public let newMetadata: ObjectMeta?

  @usableFromInline init(
    key: ObjectKey, kind: any APIObject.Type, resource: APIResource, old: ObjectMeta?,
    new: ObjectMeta?
  ) {
    self.key = key
    self.kind = kind
    self.resource = resource
    oldMetadata = old
    newMetadata = new
  }

  /// The version after, or the last one of an object that was removed.
  public var latest: (any APIObject)? { nil }

  /// ADDED, MODIFIED or DELETED.
  public final var type: ChangeType {
    if oldMetadata == nil { .added } else if newMetadata == nil { .deleted } else { .modified }
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
