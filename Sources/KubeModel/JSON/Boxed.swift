/// An optional part of a struct, kept in storage of its own: one pointer, nothing when nil.
///
/// For parts that most objects lack (probes, security settings, the many sources of a volume).
/// Unlike an ``Indirect`` optional it allocates only for a value; like one, copies share the value
/// until one of them changes it.
@propertyWrapper public struct Boxed<Value: Sendable>: Sendable {
  @usableFromInline var storage: Indirect<Value>?

  /// Nothing.
  @inlinable public init() { storage = nil }

  /// Moves a value, if there is one, into storage of its own.
  @inlinable public init(wrappedValue: Value?) {
    storage = wrappedValue.map { Indirect(wrappedValue: $0) }
  }

  /// The value. Writing copies it first when the storage is shared.
  @inlinable public var wrappedValue: Value? {
    get { storage?.wrappedValue }
    set { put(newValue) }
    _modify {
      var value = storage?.wrappedValue
      defer { put(value) }
      yield &value
    }
  }

  @inlinable mutating func put(_ value: Value?) {
    if let value, storage != nil {
      storage?.wrappedValue = value
    } else {
      storage = value.map { Indirect(wrappedValue: $0) }
    }
  }

  /// True when there is a value, which is not copied to be asked.
  @inlinable public var isSet: Bool { storage != nil }

  /// The wrapper itself, for `sharesStorage(with:)` and for handing the storage on.
  @inlinable public var projectedValue: Boxed {
    get { self }
    set { self = newValue }
  }

  /// True when both hold the same storage or both hold nothing, hence are equal, at the cost of one
  /// comparison.
  @inlinable public func sharesStorage(with other: Boxed) -> Bool {
    switch (storage, other.storage) {
    case (let one?, let two?): one.sharesStorage(with: two)
    case (nil, nil): true
    default: false
    }
  }
}

extension Boxed: Equatable where Value: Equatable {}
extension Boxed: Hashable where Value: Hashable {}
