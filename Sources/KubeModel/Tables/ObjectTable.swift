import SimulationKernel

/// All objects of one kind, in pages, found by slot, by name and by what the kind is indexed by.
///
/// A copy of the table costs a few pointers; a write to a copy copies one page. Slots of objects
/// that are gone are used again, the last freed first.
public struct ObjectTable<Object: APIObject>: Sendable {
  @usableFromInline struct Slot: Sendable {
    @usableFromInline var serial: UInt32
    @usableFromInline var object: Object?
    /// What the object is counted as, which takes a walk through its conditions to find.
    var state: TallyState?
  }

  /// The number of the kind in the store.
  public let kind: UInt16
  @usableFromInline var slots = PagedArray<Slot>()
  private var free: [UInt32] = []
  // Written only through `writing`.
  @usableFromInline private(set) var lookup = TableLookup()

  private var writing: TableLookup {
    mutating get {
      if !isKnownUniquelyReferenced(&lookup) { lookup = lookup.copy() }
      return lookup
    }
  }

  /// How many objects there are.
  public private(set) var count = 0

  @usableFromInline init(kind: UInt16) { self.kind = kind }

  /// The object of a key; nil when it is gone.
  @inlinable public subscript(key: ObjectKey) -> Object? {
    guard key.kind == kind, Int(key.slot) < slots.count else { return nil }
    let slot = Int(key.slot)
    return slots[slot].serial == key.serial ? slots[slot].object : nil
  }

  /// The key of the object of this name.
  @inlinable public func key(_ namespace: String, _ name: String) -> ObjectKey? {
    lookup.slot(namespace, name).map { key(slot: $0) }
  }

  /// The key of what lies in a slot now.
  @inlinable func key(slot: UInt32) -> ObjectKey {
    ObjectKey(kind: kind, slot: slot, serial: slots[Int(slot)].serial)
  }

  /// All keys, in the order of their slots.
  ///
  /// - Complexity: O(slots).
  public var keys: [ObjectKey] {
    (0..<slots.count).compactMap { slots[$0].object == nil ? nil : key(slot: UInt32($0)) }
  }

  /// Puts a new object in.
  ///
  /// - Precondition: no object of this name is in the table.
  mutating func insert(_ object: Object, serial: UInt32) -> ObjectKey {
    let slot = free.popLast() ?? UInt32(slots.count)
    let entry = Slot(serial: serial, object: object, state: object.tallyState)
    if Int(slot) == slots.count { slots.append(entry) } else { slots[Int(slot)] = entry }
    writing.name(object.metadata, slot)
    count += 1
    index(object, slot)
    writing.count(entry.state, object.metadata, by: 1)
    return ObjectKey(kind: kind, slot: slot, serial: serial)
  }

  /// Puts a new version in the place of an object; false when the object is gone.
  @discardableResult mutating func replace(_ key: ObjectKey, with object: Object) -> Bool {
    let slot = Int(key.slot)
    guard slots[slot].serial == key.serial, let old = slots[slot].object else { return false }
    reindex(from: old, to: object, key.slot)
    recount(from: old, to: object, slot)
    slots[slot].object = object
    return true
  }

  /// Takes an object out and returns its uid; nil when it is gone already.
  @discardableResult mutating func remove(_ key: ObjectKey) -> UID? {
    let slot = Int(key.slot)
    guard slots[slot].serial == key.serial, let old = slots[slot].object else { return nil }
    slots[slot].object = nil
    writing.unname(old.metadata)
    count -= 1
    free.append(key.slot)
    unindex(old, key.slot)
    writing.count(slots[slot].state, old.metadata, by: -1)
    return old.metadata.uid
  }

  private mutating func index(_ object: Object, _ slot: UInt32) {
    writing.index(
      object.metadata, placement: object.placement, by: Object.indexes, slot)
  }

  private mutating func unindex(_ object: Object, _ slot: UInt32) {
    writing.unindex(
      object.metadata, placement: object.placement, by: Object.indexes, slot)
  }

  private mutating func reindex(from old: Object, to new: Object, _ slot: UInt32) {
    guard
      old.metadata.sharesStorage(with: new.metadata)
        || old.metadata.ownerReferences == new.metadata.ownerReferences
          && old.metadata.labels == new.metadata.labels
    else {
      unindex(old, slot)
      index(new, slot)
      return
    }
    if old.placement != new.placement {
      writing.move(slot, from: old.placement, to: new.placement, by: Object.indexes)
    }
  }

  /// The tallies of two versions, whose owners or labels may differ too.
  private mutating func recount(from old: Object, to new: Object, _ slot: Int) {
    let (former, state) = (slots[slot].state, new.tallyState)
    if former == state, old.metadata.sharesStorage(with: new.metadata) { return }
    slots[slot].state = state
    writing.count(former, old.metadata, by: -1)
    writing.count(state, new.metadata, by: 1)
  }

  /// How many objects a controller has, by state; nil for none, or for a kind that is not counted.
  ///
  /// - Complexity: O(1).
  public func tally(of controller: UID) -> OwnerTally? {
    lookup.tally(of: controller)
  }
}

extension ObjectTable {
  /// Walks the rules that hold between slots, names and indexes; traps at the first that is broken.
  ///
  /// - Complexity: O(slots + entries of the indexes).
  public func checkInvariants() {
    checkTallies()
    var living = 0
    for slot in 0..<slots.count {
      guard let object = slots[slot].object else { continue }
      living += 1
      let name = NamespacedName(object.metadata.namespace, object.metadata.name)
      precondition(
        lookup.names[name] == UInt32(slot),
        "\(Object.self) \(name) lies in slot \(slot), not where its name leads")
      if Object.indexes.contains(.placement), !object.placement.isEmpty {
        precondition(
          lookup.slots(placedOn: object.placement).contains(UInt32(slot)),
          "\(Object.self) \(name) is not found by its placement \(object.placement)")
      }
      if Object.indexes.contains(.owners) {
        for owner in object.metadata.ownerReferences {
          precondition(
            lookup.slots(ownedBy: owner.uid).contains(UInt32(slot)),
            "\(Object.self) \(name) is not found by its owner \(owner.name)")
        }
      }
    }
    precondition(
      living == count, "\(Object.self): \(living) objects in slots, but count is \(count)")
    precondition(
      lookup.names.count == count,
      "\(Object.self): \(lookup.names.count) names for \(count) objects")
    precondition(
      free.count + count == slots.count,
      "\(Object.self): \(free.count) free slots and \(count) objects in \(slots.count) slots")
  }
}
