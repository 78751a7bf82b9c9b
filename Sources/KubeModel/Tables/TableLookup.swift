import SimulationKernel

/// Where the objects of a table are found by what they say.
///
/// Knows no kind: one code serves all tables, and none of it is compiled anew for each. A class, as a
/// table is handed around more often than it is written; the table copies it before a write when
/// another table has it too.
@usableFromInline final class TableLookup: @unchecked Sendable {
  @exclusivity(unchecked) private(set) var names = ShardedDictionary<NamespacedName, UInt32>()
  @exclusivity(unchecked) private var owners = SlotIndex<UID>()
  @exclusivity(unchecked) private var orphans = SlotIndex<String>()
  @exclusivity(unchecked) private var placements = SlotIndex<String>()
  @exclusivity(unchecked) private var labels = SlotIndex<LabelKey>()
  @exclusivity(unchecked) private var namespaces = SlotIndex<String>()
  @exclusivity(unchecked) private var tallies = ShardedDictionary<UID, OwnerTally>()

  init() {}

  func copy() -> TableLookup {
    let copy = TableLookup()
    copy.names = names
    copy.owners = owners
    copy.orphans = orphans
    copy.placements = placements
    copy.labels = labels
    copy.namespaces = namespaces
    copy.tallies = tallies
    return copy
  }

  struct LabelKey: Hashable, Sendable {
    let namespace: String
    let key: String
    let value: String

    func _rawHashValue(seed: Int) -> Int {
      var hash = namespace.bytesHash(seed: UInt64(bitPattern: Int64(seed)))
      hash = key.bytesHash(seed: hash)
      return Int(truncatingIfNeeded: value.bytesHash(seed: hash))
    }
  }

  // MARK: finding

  @usableFromInline func slot(_ namespace: String, _ name: String) -> UInt32? {
    names[NamespacedName(namespace, name)]
  }

  /// False when no object of the table has an owner.
  var hasOwned: Bool { !owners.isEmpty }

  @usableFromInline func slots(ownedBy owner: UID) -> ContiguousArray<UInt32> {
    owners.slots(of: owner)
  }

  @usableFromInline func slots(orphanIn namespace: String) -> ContiguousArray<UInt32> {
    orphans.slots(of: namespace)
  }

  @usableFromInline func slots(placedOn node: String) -> ContiguousArray<UInt32> {
    placements.slots(of: node)
  }

  @usableFromInline func slots(in namespace: String) -> ContiguousArray<UInt32> {
    namespaces.slots(of: namespace)
  }

  /// The shortest of the lists of objects that carry a label the selector demands; nil when it
  /// demands none.
  @usableFromInline func candidates(
    for selector: Selector, in namespace: String
  ) -> ContiguousArray<UInt32>? {
    let lists = selector.demandedLabels.map { key, value in
      labels.slots(of: LabelKey(namespace: namespace, key: key, value: value))
    }
    return lists.min { $0.count < $1.count }
  }

  @usableFromInline func tally(of controller: UID) -> OwnerTally? { tallies[controller] }

  // MARK: writing

  func name(_ metadata: borrowing ObjectMeta, _ slot: UInt32) {
    names[NamespacedName(metadata.namespace, metadata.name)] = slot
  }

  func unname(_ metadata: borrowing ObjectMeta) {
    names[NamespacedName(metadata.namespace, metadata.name)] = nil
  }

  func index(
    _ metadata: borrowing ObjectMeta, placement: String, by indexes: TableIndexes, _ slot: UInt32
  ) {
    if indexes.contains(.owners) {
      for owner in metadata.ownerReferences { owners.insert(slot, for: owner.uid) }
    }
    if indexes.contains(.orphans), !metadata.ownerReferences.hasController {
      orphans.insert(slot, for: metadata.namespace)
    }
    if indexes.contains(.placement), !placement.isEmpty { placements.insert(slot, for: placement) }
    if indexes.contains(.namespace) { namespaces.insert(slot, for: metadata.namespace) }
    if indexes.contains(.labels) {
      for (key, value) in metadata.labels {
        labels.insert(
          slot, for: LabelKey(namespace: metadata.namespace, key: key, value: value))
      }
    }
  }

  func unindex(
    _ metadata: borrowing ObjectMeta, placement: String, by indexes: TableIndexes, _ slot: UInt32
  ) {
    if indexes.contains(.owners) {
      for owner in metadata.ownerReferences { owners.remove(slot, for: owner.uid) }
    }
    if indexes.contains(.orphans), !metadata.ownerReferences.hasController {
      orphans.remove(slot, for: metadata.namespace)
    }
    if indexes.contains(.placement), !placement.isEmpty { placements.remove(slot, for: placement) }
    if indexes.contains(.namespace) { namespaces.remove(slot, for: metadata.namespace) }
    if indexes.contains(.labels) {
      for (key, value) in metadata.labels {
        labels.remove(
          slot, for: LabelKey(namespace: metadata.namespace, key: key, value: value))
      }
    }
  }

  /// Of an object of which nothing but the placement has changed.
  func move(_ slot: UInt32, from old: String, to new: String, by indexes: TableIndexes) {
    guard indexes.contains(.placement) else { return }
    if !old.isEmpty { placements.remove(slot, for: old) }
    if !new.isEmpty { placements.insert(slot, for: new) }
  }

  func count(_ state: TallyState?, _ metadata: borrowing ObjectMeta, by change: Int) {
    guard let state, let owner = metadata.ownerReferences.controllerUID else { return }
    let labels = metadata.labels
    tallies.modify(owner) { tally in
      var counted = tally ?? OwnerTally(labels: labels)
      counted.count(state, labels, by: change)
      tally = counted.isEmpty ? nil : counted
    }
  }
}

extension Selector {
  /// The labels that must have exactly one value for the selector to match.
  fileprivate var demandedLabels: [(key: String, value: String)] {
    requirements.compactMap { requirement in
      switch requirement.operator {
      case .equals, .doubleEquals, .in:
        requirement.values.count == 1 ? (requirement.key, requirement.values[0]) : nil
      default: nil
      }
    }
  }
}
