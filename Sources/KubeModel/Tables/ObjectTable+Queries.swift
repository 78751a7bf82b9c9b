import SimulationKernel

extension ObjectTable {
  /// The objects with a reference to this owner, with their keys, in the order of their slots.
  ///
  /// - Complexity: O(objects found).
  @inlinable public func owned(by owner: UID) -> [(key: ObjectKey, object: Object)] {
    resolve(lookup.slots(ownedBy: owner))
  }

  /// The objects of a namespace that no controller manages.
  @inlinable public func orphans(in namespace: String) -> [(key: ObjectKey, object: Object)] {
    resolve(lookup.slots(orphanIn: namespace))
  }

  /// The objects of a namespace.
  ///
  /// - Complexity: O(objects found), or O(slots) for a kind that is not indexed by namespace.
  public func objects(in namespace: String) -> [(key: ObjectKey, object: Object)] {
    if Object.indexes.contains(.namespace) {
      return resolve(lookup.slots(in: namespace))
    }
    return keys.compactMap { key in
      self[key].flatMap { $0.metadata.namespace == namespace ? (key, $0) : nil }
    }
  }

  /// The objects on a node.
  public func placed(on node: String) -> [(key: ObjectKey, object: Object)] {
    resolve(lookup.slots(placedOn: node))
  }

  /// The keys of the objects on a node.
  public func keys(on node: String) -> [ObjectKey] {
    lookup.slots(placedOn: node).map { key(slot: $0) }
  }

  /// The objects of a namespace whose labels a selector matches.
  ///
  /// - Complexity: O(objects that carry one of the labels the selector demands), or O(slots) for a
  ///   selector that demands no label's value, or a kind that is not indexed by label.
  public func selected(
    by selector: Selector, in namespace: String
  ) -> [(key: ObjectKey, object: Object)] {
    if Object.indexes.contains(.labels),
      let candidates = lookup.candidates(for: selector, in: namespace)
    {
      return resolve(candidates).filter { selector.matches($0.object.metadata.labels) }
    }
    return keys.compactMap { key in
      self[key].flatMap { object in
        object.metadata.namespace == namespace && selector.matches(object.metadata.labels)
          ? (key, object) : nil
      }
    }
  }

  /// Shows each object with its key, in the order of their slots.
  ///
  /// - Complexity: O(slots); allocates nothing.
  @inlinable public func forEach(_ body: (ObjectKey, Object) -> Void) {
    for slot in 0..<slots.count {
      if let object = slots[slot].object { body(key(slot: UInt32(slot)), object) }
    }
  }

  /// Shows each object with a reference to this owner, as `owned(by:)` without the array.
  @inlinable public func forEach(ownedBy owner: UID, _ body: (ObjectKey, Object) -> Void) {
    visit(lookup.slots(ownedBy: owner), body)
  }

  /// Shows each object of a namespace, as `objects(in:)` without the array.
  @inlinable public func forEach(in namespace: String, _ body: (ObjectKey, Object) -> Void) {
    if Object.indexes.contains(.namespace) {
      return visit(lookup.slots(in: namespace), body)
    }
    forEach { key, object in
      if object.metadata.namespace == namespace { body(key, object) }
    }
  }

  /// Shows each object of a namespace that no controller manages, as `orphans(in:)` without the
  /// array.
  @inlinable public func forEach(orphanIn namespace: String, _ body: (ObjectKey, Object) -> Void) {
    visit(lookup.slots(orphanIn: namespace), body)
  }

  @inlinable func visit(_ found: ContiguousArray<UInt32>, _ body: (ObjectKey, Object) -> Void) {
    for slot in found {
      if let object = slots[Int(slot)].object { body(key(slot: slot), object) }
    }
  }

  @inlinable func resolve(_ slots: ContiguousArray<UInt32>) -> [(key: ObjectKey, object: Object)] {
    slots.compactMap { slot in
      self.slots[Int(slot)].object.map { (key(slot: slot), $0) }
    }
  }
}
