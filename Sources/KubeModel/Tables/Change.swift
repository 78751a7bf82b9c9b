/// What happened to one object: what a watch delivers.
public struct Change<Object: APIObject>: Sendable {
  /// Which object.
  public let key: ObjectKey
  /// The version before; nil when it was created.
  public let old: Object?
  /// The version after; nil when it was removed.
  public let new: Object?

  /// A change.
  @inlinable public init(key: ObjectKey, old: Object?, new: Object?) {
    self.key = key
    self.old = old
    self.new = new
  }

  /// The version after, or the last one of an object that was removed.
  @inlinable public var latest: Object? { new ?? old }

  /// ADDED, MODIFIED or DELETED.
  @inlinable public var type: ChangeType {
    if old == nil { .added } else if new == nil { .deleted } else { .modified }
  }
}

/// The type of a watch event.
public enum ChangeType: String, Sendable {
  case added = "ADDED"
  case modified = "MODIFIED"
  case deleted = "DELETED"
}
