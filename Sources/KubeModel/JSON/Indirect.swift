/// A value kept in shared storage and copied when it is written while somebody else holds it.
///
/// Makes a large part of an object (a pod's spec, its status) one pointer: copying the object
/// copies the pointer, and siblings stamped from one template share the part until they change it.
@propertyWrapper public struct Indirect<Value: Sendable>: Sendable {
  // Written only through `wrappedValue`, and only when this is the one holder.
  @usableFromInline final class Storage: @unchecked Sendable {
    // The run-time check of exclusive access would cost as much as the access itself.
    @usableFromInline @exclusivity(unchecked) var value: Value
    @usableFromInline init(_ value: Value) { self.value = value }
  }

  @usableFromInline var storage: Storage

  /// Moves a value into storage of its own.
  @inlinable public init(wrappedValue: Value) { storage = Storage(wrappedValue) }

  /// The value. Writing copies it first when the storage is shared.
  @inlinable public var wrappedValue: Value {
    @inline(__always) _read { yield storage.value }
    @inline(__always) _modify {
      if !isKnownUniquelyReferenced(&storage) { detach() }
      yield &storage.value
    }
  }

  // Apart, as a copy inside of `_modify` would make its frame too large for the caller's buffer, and
  // each access would allocate one.
  @inlinable @inline(never) mutating func detach() { storage = Storage(storage.value) }

  /// The wrapper itself, for `sharesStorage(with:)` and for handing the storage on.
  @inlinable public var projectedValue: Indirect {
    get { self }
    set { self = newValue }
  }

  /// Which storage it is; of no use once the storage is gone.
  @inlinable public var identity: ObjectIdentifier { ObjectIdentifier(storage) }

  /// True when both are the same storage, hence equal, at the cost of one comparison.
  @inlinable public func sharesStorage(with other: Indirect) -> Bool { storage === other.storage }
}

extension Indirect: Equatable where Value: Equatable {
  /// True when the values are equal; O(1) when the storage is shared.
  @inlinable public static func == (left: Self, right: Self) -> Bool {
    left.storage === right.storage || left.storage.value == right.storage.value
  }
}

extension Indirect: Hashable where Value: Hashable {
  /// Feeds the value.
  @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(storage.value) }
}
