import KubeModel

/// Which changes make a reconciler look, and at which key.
public struct Watch: Sendable {
  /// Adds the keys that a change makes due.
  public typealias Keys = @Sendable (AnyChange, Snapshot, inout [ObjectKey]) -> Void

  /// The kind that is watched.
  public let kind: any APIObject.Type
  /// The keys that a change of this kind makes due.
  public let keys: Keys
  /// How much later than by the reconciler's latency the keys are due.
  public private(set) var delay = Duration.zero

  @usableFromInline init(kind: any APIObject.Type, keys: @escaping Keys) {
    self.kind = kind
    self.keys = keys
  }

  /// The same changes, but what they make due is due this much later, so that changes that follow
  /// each other are looked at together.
  public func delayed(by delay: Duration) -> Watch {
    var watch = self
    watch.delay += delay
    return watch
  }

  /// The object itself is due on each change of it.
  @inlinable public static func primary<Object: APIObject>(_ kind: Object.Type) -> Watch {
    changes(of: kind) { change, _, keys in keys.append(change.key) }
  }

  /// The controller of the object is due, if it is of kind `owner`; when the controller changes,
  /// the former one too.
  @inlinable public static func owned<Object: APIObject, Owner: APIObject>(
    _ kind: Object.Type, by owner: Owner.Type
  ) -> Watch {
    let name = owner.resource.kind
    return Watch(kind: kind) { change, snapshot, keys in
      guard change.concerns(ownersOf: name) else { return }
      let (old, new) = change.controllers(ofKind: name)
      if let new, let key = snapshot.key(of: owner, uid: new) { keys.append(key) }
      if let old, old != new, let key = snapshot.key(of: owner, uid: old) { keys.append(key) }
    }
  }

  /// The keys that a function of the metadata names, of a change that touches them: most changes are of
  /// nothing but the status, and cost one comparison.
  public static func metadataChanges(of kind: any APIObject.Type, _ keys: @escaping Keys) -> Watch {
    Watch(kind: kind) { change, snapshot, found in
      if change.touchesMetadata { keys(change, snapshot, &found) }
    }
  }

  /// The keys that a function of the change names.
  @inlinable public static func changes<Object: APIObject>(
    of kind: Object.Type,
    _ keys: @escaping @Sendable (Change<Object>, Snapshot, inout [ObjectKey]) -> Void
  ) -> Watch {
    Watch(kind: kind) { change, snapshot, found in
      keys(change.typed(as: kind), snapshot, &found)
    }
  }

  /// Adds the keys that a change makes due: none when it is of another kind.
  public func add<Object: APIObject>(
    _ change: Change<Object>, in snapshot: Snapshot, to found: inout [ObjectKey]
  ) {
    guard kind == Object.self else { return }
    keys(change.erased, snapshot, &found)
  }
}

extension Snapshot {
  /// The key of the owner a reference names, if it is there and of this kind.
  @inlinable public func key<Owner: APIObject>(of kind: Owner.Type, _ reference: OwnerReference)
    -> ObjectKey?
  {
    key(of: kind, uid: reference.uid)
  }

  /// The key of the object of this kind with a uid, if it is there.
  @inlinable public func key<Owner: APIObject>(of kind: Owner.Type, uid: UID) -> ObjectKey? {
    guard let key = store.key(of: uid), key.kind == store.number(of: kind) else { return nil }
    return key
  }
}
