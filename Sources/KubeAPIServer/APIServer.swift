import KubeModel
import SimulationKernel

/// The API server: takes requests, puts each through the slots of its kind (decode, default, admit,
/// validate, strategy), and is the only one that writes to the store. A value.
///
/// Every verb either changes the store and tells the sink, or throws and leaves all as it was.
///
/// - Upstream: `staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go` and
///   `.../registry/rest/{create,update,delete}.go` (v1.36). Left out: managed fields, dry run of
///   deletions, webhooks, storage versions.
public struct APIServer: Sendable {
  /// All objects.
  public internal(set) var store: Store
  /// The number of the last write.
  public internal(set) var revision: UInt64 = 0
  /// What the server does to each kind.
  var rules = RulesRegistry()
  /// Names and uids are drawn from it.
  var random: SeededRandom
  /// Specs that passed once, so that siblings from one template need not pass again.
  var passed = PassedSpecs()
  var addresses = ServiceAddresses()
  /// The namespace that was asked for last.
  var latestNamespace: ObjectKey?

  /// A server with an empty store of the built-in kinds.
  public init(seed: UInt64) {
    store = Store()
    random = SeededRandom(seed: seed)
  }

  /// Adds a kind of the user's own.
  public mutating func register<Object: APIObject>(_ kind: Object.Type) { store.register(kind) }

  /// Adds a kind of the user's own, with rules of its own.
  public mutating func register<Rules: KindRules>(_ rules: Rules) {
    store.register(Rules.Object.self)
    self.rules.register(rules)
  }

  /// The key of an object.
  ///
  /// - Throws: NotFound.
  public func key<Object: APIObject>(
    _ kind: Object.Type, _ namespace: String, _ name: String
  ) throws(APIError) -> ObjectKey {
    guard let key = store.key(kind, kind.resource.isNamespaced ? namespace : "", name) else {
      throw .notFound(kind.resource, name)
    }
    return key
  }

  /// An object by its name.
  ///
  /// - Throws: NotFound.
  public func get<Object: APIObject>(
    _ kind: Object.Type, _ namespace: String, _ name: String
  ) throws(APIError) -> Object {
    guard let object = store[kind, try key(kind, namespace, name)] else {
      throw .notFound(kind.resource, name)
    }
    return object
  }

  /// The objects of a kind, of one namespace or of all, sorted by namespace and name.
  ///
  /// - Throws: BadRequest for a field that the kind cannot be selected by.
  /// - Complexity: O(objects of the kind).
  public func list<Object: APIObject>(
    _ kind: Object.Type, namespace: String? = nil, labels: Selector = .everything,
    fields: FieldSelector = .everything
  ) throws(APIError) -> [Object] {
    try checkFields(fields, of: kind.resource)
    let table = store[kind]
    var found: [Object] = []
    for key in table.keys {
      guard let object = table[key],
        namespace == nil || object.metadata.namespace == namespace,
        labels.matches(object.metadata.labels), matches(fields, object)
      else { continue }
      found.append(object)
    }
    return found.sorted {
      ($0.metadata.namespace, $0.metadata.name) < ($1.metadata.namespace, $1.metadata.name)
    }
  }

  /// How the verbs tell of a change: they are compiled for the kinds that are written most, which they
  /// could not be if they knew the type of the sink.
  typealias Teller = (AnyChange, Store) -> Void

  mutating func nextRevision() -> ResourceVersion {
    revision += 1
    return ResourceVersion(revision)
  }
}

extension ObjectMeta {
  var namespacedName: NamespacedName { NamespacedName(namespace, name) }
}
