import KubeModel
import KubeReconcile
import SimulationKernel

/// Carries a plan out on a small store, with no server in between, and keeps a record of it.
///
/// ```swift
/// var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
/// let key = runner.insert(replicaSet)
/// runner.run(ReplicaSetController().reconcile(key, in: runner.snapshot))
/// runner.names(.create, "pods")
/// ```
///
/// Each write gets a resourceVersion of its own, and one on an old version is refused as a
/// conflict. An update replaces the whole object; a deletion removes it at once, or marks it while it
/// has finalizers.
public struct PlanRunner {
  /// One write that was tried and not refused by `refuse`, in the words of an API client.
  public struct Action: Hashable {
    public enum Verb: String, Sendable { case create, update, delete, bind }
    public let verb: Verb
    public let resource: String
    public let subresource: String
    public let name: String

    public var json: JSONValue {
      var json: JSONValue = [
        "verb": .string(verb.rawValue), "resource": .string(resource), "name": .string(name),
      ]
      if !subresource.isEmpty { json["subresource"] = .string(subresource) }
      return json
    }
  }

  public private(set) var store: Store
  public private(set) var actions: [Action] = []
  /// As `Normal ScalingReplicaSet Scaled up …`.
  public private(set) var events: [String] = []
  public private(set) var wakes: [Plan.Wake] = []
  public private(set) var retries = false
  public private(set) var errors: [APIError] = []
  public private(set) var rules: [String] = []
  /// Says which writes are refused, and how.
  public var refuse: (Write) -> APIError? = { _ in nil }
  /// Moved by the test.
  public var now = Instant.zero
  public let clock: Clock

  private var lastVersion: UInt64 = 0
  private var lastNumber = 0

  /// An empty store at a time.
  public init(at time: String, kinds: [any APIObject.Type] = BuiltInKinds.all) {
    store = Store(kinds: kinds)
    clock = Clock(start: Timestamp(time) ?? Timestamp(unixSeconds: 0))
  }

  public var snapshot: Snapshot { Snapshot(store: store, now: now, clock: clock) }

  /// The names of what was written, in order.
  public func names(_ verb: Action.Verb, _ resource: String) -> [String] {
    actions.filter { $0.verb == verb && $0.resource == resource }.map(\.name)
  }

  /// All objects of a kind, by name.
  public func objects<Object: APIObject>(_ kind: Object.Type) -> [Object] {
    let table = store[kind]
    return table.keys.compactMap { table[$0] }.sorted { $0.metadata.name < $1.metadata.name }
  }

  /// Puts an object in, with a uid and a version if it has none.
  @discardableResult public mutating func insert<Object: APIObject>(_ object: Object) -> ObjectKey {
    var object = object
    if object.metadata.name.isEmpty {
      lastNumber += 1
      object.metadata.name = object.metadata.generateName + String(lastNumber)
    }
    if object.metadata.uid.isEmpty { object.metadata.uid = UID("uid-" + object.metadata.name) }
    if object.metadata.creationTimestamp == nil {
      object.metadata.creationTimestamp = clock.timestamp(now)
    }
    lastVersion += 1
    object.metadata.resourceVersion = ResourceVersion(lastVersion)
    return store.insert(object)
  }

  /// Changes an object in place, as if somebody else had written it.
  public mutating func modify<Object: APIObject>(
    _ kind: Object.Type, _ key: ObjectKey, _ change: (inout Object) -> Void
  ) {
    guard var object = store[kind, key] else { return }
    change(&object)
    lastVersion += 1
    object.metadata.resourceVersion = ResourceVersion(lastVersion)
    store.replace(key, with: object)
  }

  /// Forgets what was recorded; the objects stay.
  public mutating func forget() {
    (actions, events, wakes, errors, rules) = ([], [], [], [], [])
    retries = false
  }

  /// Carries out a plan and all plans that follow it.
  public mutating func run(_ plan: Plan) {
    var next: Plan? = plan
    while let plan = next {
      let results = plan.writes.map { run($0) }
      let failed = results.contains { $0.error != nil }
      wakes += plan.wakes
      retries = retries || plan.retries || (failed && plan.afterwards == nil)
      next = plan.afterwards?(results, snapshot)
    }
  }

  private mutating func run(_ write: Write) -> WriteResult {
    if let error = refuse(write) {
      errors.append(error)
      return .refused(error)
    }
    if case .event(let draft) = write.action {
      events.append("\(draft.type.rawValue) \(draft.reason) \(draft.message)")
      return .done(.cluster, name: "")
    }
    rules.append("\(write.rule)")
    switch write.action {
    case .create(let object): return create(object)
    case .update(let key, let object): return replace(key, with: object, subresource: "")
    case .updateStatus(let key, let object):
      return replace(key, with: object, subresource: "status")
    case .delete(let key, _): return delete(key)
    case .bind(let key, let node):
      guard var pod = store[Pod.self, key] else { return gone() }
      pod.spec.nodeName = node
      store.replace(key, with: pod)
      note(.bind, Pod.resource, pod.metadata.name)
      return .done(key, name: pod.metadata.name)
    case .event: return .done(.cluster, name: "")
    }
  }

  private mutating func create<Object: APIObject>(_ object: Object) -> WriteResult {
    let metadata = object.metadata
    if store.key(Object.self, metadata.namespace, metadata.name) != nil {
      return refused(.alreadyExists(Object.resource, metadata.name))
    }
    let key = insert(object)
    let name = store.metadata(key)?.name ?? ""
    note(.create, Object.resource, name)
    return .done(key, name: name)
  }

  private mutating func replace<Object: APIObject>(
    _ key: ObjectKey, with object: Object, subresource: String
  ) -> WriteResult {
    guard let old = store[Object.self, key] else { return gone() }
    let version = object.metadata.resourceVersion
    if !version.isEmpty, version != old.metadata.resourceVersion {
      return refused(.conflict(Object.resource, old.metadata.name, "the object has been modified"))
    }
    var object = object
    lastVersion += 1
    object.metadata.resourceVersion = ResourceVersion(lastVersion)
    object.metadata.deletionTimestamp = old.metadata.deletionTimestamp
    store.replace(key, with: object)
    note(.update, Object.resource, old.metadata.name, subresource)
    return .done(key, name: old.metadata.name)
  }

  private mutating func delete(_ key: ObjectKey) -> WriteResult {
    guard let object = store.table(of: key)?.object(key) else { return gone() }
    let time = clock.timestamp(now)
    func remove<Object: APIObject>(_ object: Object) {
      if object.metadata.finalizers.isEmpty {
        store.remove(Object.self, key)
      } else {
        var leaving = object
        leaving.metadata.deletionTimestamp = time
        store.replace(key, with: leaving)
      }
      note(.delete, Object.resource, object.metadata.name)
    }
    remove(object)
    return .done(key, name: object.metadata.name)
  }

  private mutating func gone() -> WriteResult { refused(.notFound(Pod.resource, "")) }

  private mutating func refused(_ error: APIError) -> WriteResult {
    errors.append(error)
    return .refused(error)
  }

  private mutating func note(
    _ verb: Action.Verb, _ resource: APIResource, _ name: String, _ subresource: String = ""
  ) {
    actions.append(
      Action(verb: verb, resource: resource.plural, subresource: subresource, name: name))
  }
}
