import SimulationKernel

/// All objects of a cluster: one table a kind. A value; a copy costs one pointer.
///
/// The writes of pods, Events and Jobs are most of all writes: their paths are compiled for these kinds.
public struct Store: Sendable {
  @usableFromInline struct Content: Sendable {
    @usableFromInline var tables = ContiguousArray<AnyTable>()
    @usableFromInline var identifiers = ContiguousArray<ObjectIdentifier>()
    var uids = ShardedDictionary<UID, ObjectKey>()
    var nextSerial: UInt32 = 0
    var nextUnownedSerial: UInt32 = 0
  }

  // Behind one reference: every reconcile and every watch is handed a store.
  @usableFromInline var content = Indirect(wrappedValue: Content())

  /// An empty store of these kinds; the kinds looked up most go first.
  public init(kinds: [any APIObject.Type] = BuiltInKinds.all) {
    for kind in kinds { register(kind) }
  }

  /// Adds a kind; nothing happens when it is there already.
  public mutating func register<Object: APIObject>(_ kind: Object.Type) {
    guard number(of: kind) == nil else { return }
    let number = UInt16(content.wrappedValue.tables.count)
    content.wrappedValue.tables.append(TypedTable(ObjectTable<Object>(kind: number)))
    content.wrappedValue.identifiers.append(ObjectIdentifier(kind))
  }

  /// The number of a kind; nil when it is not registered.
  @inlinable public func number<Object: APIObject>(of kind: Object.Type) -> UInt16? {
    let wanted = ObjectIdentifier(kind)
    let identifiers = content.wrappedValue.identifiers
    // Some thirty kinds, the hot ones first: a walk is quicker than a hash.
    for index in identifiers.indices where identifiers[index] == wanted { return UInt16(index) }
    return nil
  }

  /// The table of a kind; an empty one when the kind is not registered.
  @inlinable public subscript<Object: APIObject>(kind: Object.Type) -> ObjectTable<Object> {
    // Lent, not copied: a table is a dozen references.
    // A table that is made here lies in an object too: in the frame, it would be too large for the
    // caller's buffer, and each access would allocate one.
    _read {
      let found = number(of: kind).map { typed(kind, $0) }
      let table = found ?? TypedTable(ObjectTable(kind: .max))
      yield table.table
    }
  }

  /// The object of a key; nil when it is gone.
  @inlinable
  public subscript<Object: APIObject>(kind: Object.Type, key: ObjectKey) -> Object? {
    let number = Int(key.kind)
    guard number < content.wrappedValue.identifiers.count,
      content.wrappedValue.identifiers[number] == ObjectIdentifier(kind)
    else { return nil }
    return typed(kind, key.kind).table[key]
  }

  /// The key of the object with this uid; Events are not found.
  public func key(of uid: UID) -> ObjectKey? { content.wrappedValue.uids[uid] }

  /// The key of the object of this name.
  @inlinable public func key<Object: APIObject>(
    _ kind: Object.Type, _ namespace: String, _ name: String
  ) -> ObjectKey? {
    number(of: kind).flatMap { typed(kind, $0).table.key(namespace, name) }
  }

  /// The objects of all kinds with a reference to this owner, by kind and slot.
  ///
  /// - Complexity: O(kinds + objects found).
  public func dependents(of owner: UID) -> [ObjectKey] {
    var found: [ObjectKey] = []
    for table in content.wrappedValue.tables where table.hasOwned {
      found += table.dependents(of: owner)
    }
    return found
  }

  /// The tables, by the number of their kind.
  public var allTables: some RandomAccessCollection<AnyTable> { content.wrappedValue.tables }

  /// The table in which a key lies.
  public func table(of key: ObjectKey) -> AnyTable? {
    let tables = content.wrappedValue.tables
    return Int(key.kind) < tables.count ? tables[Int(key.kind)] : nil
  }

  /// Metadata of the object of a key, whatever its kind.
  public func metadata(_ key: ObjectKey) -> ObjectMeta? { table(of: key)?.metadata(key) }

  /// Puts a new object in.
  ///
  /// - Precondition: the kind is registered, and no object of this kind has the name.
  @_specialize(where Object == Pod)
  @_specialize(where Object == Event)
  @_specialize(where Object == Job)
  @_specialize(where Object == CronJob)
  public mutating func insert<Object: APIObject>(_ object: Object) -> ObjectKey {
    guard let number = number(of: Object.self) else {
      preconditionFailure("\(Object.resource.kind) is not a kind of this store")
    }
    let owns = Object.indexes.contains(.owners)
    let serial = nextSerial(owns)
    let key = modify(Object.self, number) { $0.insert(object, serial: serial) }
    if owns { content.wrappedValue.uids[object.metadata.uid] = key }
    return key
  }

  /// Puts a new version in the place of an object.
  @_specialize(where Object == Pod)
  @_specialize(where Object == Event)
  @_specialize(where Object == Job)
  @_specialize(where Object == CronJob)
  public mutating func replace<Object: APIObject>(_ key: ObjectKey, with object: Object) {
    modify(Object.self, key.kind) { _ = $0.replace(key, with: object) }
  }

  /// Takes an object out.
  @_specialize(where Object == Pod)
  @_specialize(where Object == Event)
  @_specialize(where Object == Job)
  @_specialize(where Object == CronJob)
  public mutating func remove<Object: APIObject>(_ kind: Object.Type, _ key: ObjectKey) {
    let uid = modify(kind, key.kind) { $0.remove(key) }
    if let uid, Object.indexes.contains(.owners) { content.wrappedValue.uids[uid] = nil }
  }

  /// Kinds that own and are owned are counted apart from Events, which are in no trace.
  private mutating func nextSerial(_ owns: Bool) -> UInt32 {
    if owns {
      content.wrappedValue.nextSerial += 1
      return content.wrappedValue.nextSerial - 1
    }
    content.wrappedValue.nextUnownedSerial += 1
    return content.wrappedValue.nextUnownedSerial - 1
  }

  @inlinable func typed<Object: APIObject>(
    _ kind: Object.Type, _ number: UInt16
  ) -> TypedTable<Object> {
    // `identifiers` says which type the table at this number has.
    unsafeDowncast(content.wrappedValue.tables[Int(number)], to: TypedTable<Object>.self)
  }

  private mutating func modify<Object: APIObject, Result>(
    _ kind: Object.Type, _ number: UInt16, _ body: (inout ObjectTable<Object>) -> Result
  ) -> Result {
    let index = Int(number)
    content.wrappedValue.makeUnique(index)
    return body(&typed(kind, number).table)
  }
}

extension Store.Content {
  fileprivate mutating func makeUnique(_ index: Int) {
    if !isKnownUniquelyReferenced(&tables[index]) { tables[index] = tables[index].copy() }
  }
}

/// A table whose kind is known only when the program runs.
public class AnyTable: @unchecked Sendable {
  // Written only through `Store.modify`, and only when the store is its one holder.
  fileprivate init() {}

  /// How the API calls the kind.
  public var resource: APIResource { preconditionFailure("abstract") }
  /// The type of the objects.
  public var objectType: any APIObject.Type { preconditionFailure("abstract") }
  /// How many objects there are.
  public var count: Int { 0 }
  /// All keys, in the order of their slots.
  public var keys: [ObjectKey] { [] }
  /// The object of a key.
  public func object(_ key: ObjectKey) -> (any APIObject)? { nil }
  /// Metadata of the object of a key.
  public func metadata(_ key: ObjectKey) -> ObjectMeta? { nil }
  /// The key of the object of this name.
  public func key(_ namespace: String, _ name: String) -> ObjectKey? { nil }
  /// False when no object has an owner.
  fileprivate var hasOwned: Bool { false }
  /// The objects with a reference to this owner.
  public func dependents(of owner: UID) -> [ObjectKey] { [] }
  /// Traps when a rule of the table is broken.
  public func checkInvariants() {}
  fileprivate func copy() -> AnyTable { preconditionFailure("abstract") }
}

@usableFromInline final class TypedTable<Object: APIObject>: AnyTable, @unchecked Sendable {
  @usableFromInline @exclusivity(unchecked) var table: ObjectTable<Object>

  @usableFromInline init(_ table: ObjectTable<Object>) {
    self.table = table
    super.init()
  }

  override public var resource: APIResource { Object.resource }
  override public var objectType: any APIObject.Type { Object.self }
  override public var count: Int { table.count }
  override public var keys: [ObjectKey] { table.keys }
  override public func object(_ key: ObjectKey) -> (any APIObject)? { table[key] }
  // The owners of most objects.
  @_specialize(where Object == Pod)
  @_specialize(where Object == ReplicaSet)
  @_specialize(where Object == Job)
  @_specialize(where Object == CronJob)
  override public func metadata(_ key: ObjectKey) -> ObjectMeta? { table[key]?.metadata }
  override public func key(_ namespace: String, _ name: String) -> ObjectKey? {
    table.key(namespace, name)
  }
  override fileprivate var hasOwned: Bool { table.lookup.hasOwned }
  override public func dependents(of owner: UID) -> [ObjectKey] {
    let slots = table.lookup.slots(ownedBy: owner)
    return slots.isEmpty ? [] : slots.map { table.key(slot: $0) }
  }
  override public func checkInvariants() { table.checkInvariants() }
  override fileprivate func copy() -> AnyTable { TypedTable(table) }
}
