// Follows   pkg/controller/garbagecollector/garbagecollector.go: isDangling,
//           classifyReferences (v1.36)

import KubeModel

/// What has become of an owner that an object names.
enum OwnerState: Equatable {
  /// It is there, and does not wait for its dependents to go.
  case solid
  /// It is being deleted and waits for its dependents to go first.
  case waiting
  /// It is not there, or it is another one of the same name.
  case absent
  /// It is in a namespace that is not the object's own, and so counts as absent.
  case elsewhere
  /// Its kind is not known, or cannot own an object that belongs to no namespace.
  case undecidable

  /// Looks an owner up.
  ///
  /// - Complexity: one look-up by uid for an owner that is there; else O(kinds).
  init(of reference: OwnerReference, namespace: String, in store: Store) {
    guard let key = store.key(of: reference.uid), let table = store.table(of: key),
      let owner = table.metadata(key), owner.name == reference.name,
      table.resource.kind == reference.kind, table.resource.apiVersion == reference.apiVersion
    else {
      self = Self.missing(reference, namespace, store)
      return
    }
    if !owner.namespace.isEmpty && owner.namespace != namespace {
      self = .elsewhere
    } else {
      self = owner.awaitsDependents ? .waiting : .solid
    }
  }

  private static func missing(
    _ reference: OwnerReference, _ namespace: String, _ store: Store
  ) -> OwnerState {
    let kind = store.allTables.lazy.map(\.resource).first {
      $0.kind == reference.kind && $0.apiVersion == reference.apiVersion
    }
    guard let kind, !(namespace.isEmpty && kind.isNamespaced) else { return .undecidable }
    return .absent
  }
}

/// The owners that an object names, by what has become of them.
struct OwnerCensus {
  private(set) var solid: [OwnerReference] = []
  private(set) var waiting: [OwnerReference] = []
  /// Those that are absent, and those in other namespaces.
  private(set) var dangling: [OwnerReference] = []
  /// Those in other namespaces.
  private(set) var elsewhere: [OwnerReference] = []
  /// True when it cannot be told of some owner whether it is there.
  private(set) var isUndecidable = false

  init(of item: ObjectMeta, in store: Store) {
    for reference in item.ownerReferences {
      switch OwnerState(of: reference, namespace: item.namespace, in: store) {
      case .solid: solid.append(reference)
      case .waiting: waiting.append(reference)
      case .absent: dangling.append(reference)
      case .elsewhere:
        elsewhere.append(reference)
        dangling.append(reference)
        // An object that belongs to no namespace is never collected for an owner that does.
        if item.namespace.isEmpty { isUndecidable = true }
      case .undecidable: isUndecidable = true
      }
    }
  }
}
