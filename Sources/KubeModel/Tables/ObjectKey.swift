import SimulationKernel

/// The identity of an object in the store: where it lies and which of the objects that ever lay
/// there it is. Never used twice; of an object that is gone it finds nothing.
///
/// Work queues, indexes and plans hold keys; names are resolved to keys once.
public struct ObjectKey: Hashable, Sendable {
  /// The number of the kind in its store.
  public let kind: UInt16
  /// The place in the kind's table.
  public let slot: UInt32
  /// The number of the object among all objects ever created.
  public let serial: UInt32

  /// A key.
  public init(kind: UInt16, slot: UInt32, serial: UInt32) {
    self.kind = kind
    self.slot = slot
    self.serial = serial
  }

  /// One word of it mixed, in place of the standard's keyed hash: tables of keys are asked with every
  /// change.
  @inlinable public func _rawHashValue(seed: Int) -> Int {
    Int(truncatingIfNeeded: mix(word ^ UInt64(bitPattern: Int64(seed))))
  }

  /// Its bits in one word, for hashes.
  @inlinable public var word: UInt64 { UInt64(serial) << 32 | UInt64(slot) ^ UInt64(kind) << 16 }

  /// The key of no object: what a reconciler uses for work that is about no single object.
  public static let cluster = ObjectKey(kind: .max, slot: 0, serial: 0)
}

/// A name in a namespace; the namespace is empty for kinds that have none.
public struct NamespacedName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The namespace; empty for none.
  public let namespace: String
  /// The name.
  public let name: String

  /// A name.
  public init(_ namespace: String, _ name: String) {
    self.namespace = namespace
    self.name = name
  }

  /// By bytes, as the API compares names.
  public func _rawHashValue(seed: Int) -> Int {
    let seed = namespace.bytesHash(seed: UInt64(bitPattern: Int64(seed)))
    return Int(truncatingIfNeeded: name.bytesHash(seed: seed))
  }

  /// `default/web`, or `node-1` without a namespace.
  public var description: String { namespace.isEmpty ? name : namespace + "/" + name }

  public static func < (left: Self, right: Self) -> Bool {
    left.namespace == right.namespace ? left.name < right.name : left.namespace < right.namespace
  }
}
