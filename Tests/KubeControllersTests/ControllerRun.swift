import KubeModel
import KubeReconcile
import SimulationKernel

/// One reconciler with its watches on a small store, with as much of a server as deletion needs.
///
/// ```swift
/// var run = ControllerRun(GarbageCollector())
/// let owner = run.insert(deployment)
/// run.delete(owner)
/// run.settle()
/// ```
struct ControllerRun<Controller: Reconciler> {
  var controller: Controller
  private(set) var store = Store()
  private(set) var now = Instant.zero
  /// What the reconciler wrote, as `delete Pod web-1`.
  private(set) var log: [String] = []
  /// As `Warning OwnerRefInvalidNamespace …`.
  private(set) var events: [EventDraft] = []
  /// How often the reconciler was asked.
  private(set) var reconciles = 0
  /// Says which writes are refused, and how.
  var refuse: (Write) -> APIError? = { _ in nil }

  let clock = Clock(start: Timestamp(unixSeconds: 1_780_000_000))
  private var agenda = Agenda<ObjectKey>()
  private var version: UInt64 = 0

  init(_ controller: Controller) { self.controller = controller }

  var snapshot: Snapshot { Snapshot(store: store, now: now, clock: clock) }
  var time: Timestamp { clock.timestamp(now) }

  subscript<Object: APIObject>(kind: Object.Type, key: ObjectKey) -> Object? { store[kind, key] }

  /// The names of the objects of a kind, sorted.
  func names<Object: APIObject>(_ kind: Object.Type) -> [String] {
    objects(kind).map(\.metadata.name).sorted()
  }

  /// The objects of a kind, in the order of their slots.
  func objects<Object: APIObject>(_ kind: Object.Type) -> [Object] {
    store[kind].keys.compactMap { store[kind, $0] }
  }

  // MARK: the user's side

  @discardableResult mutating func insert<Object: APIObject>(_ object: Object) -> ObjectKey {
    var object = object
    version += 1
    if object.metadata.name.isEmpty {
      object.metadata.name = object.metadata.generateName + "\(version)"
    }
    if object.metadata.uid.isEmpty { object.metadata.uid = UID("uid-\(version)") }
    if object.metadata.creationTimestamp == nil { object.metadata.creationTimestamp = time }
    object.metadata.resourceVersion = ResourceVersion(version)
    let key = store.insert(object)
    notify(Change(key: key, created: object))
    return key
  }

  mutating func change<Object: APIObject>(
    _ kind: Object.Type, _ key: ObjectKey, _ body: (inout Object) -> Void
  ) {
    guard var object = store[kind, key] else { return }
    body(&object)
    replace(key, with: object)
  }

  mutating func delete(_ key: ObjectKey, _ policy: DeletionPropagation = .background) {
    guard let object = store.table(of: key)?.object(key) else { return }
    delete(key, object, policy)
  }

  /// Takes an object out, whatever holds it.
  mutating func remove(_ key: ObjectKey) {
    guard let object = store.table(of: key)?.object(key) else { return }
    remove(key, object)
  }

  // MARK: time

  /// Does what is due up to this long from now, and moves on by it.
  mutating func run(for duration: Duration) {
    let end = now + duration
    while let next = agenda.nextTime(), next <= end {
      guard let entry = agenda.next() else { break }
      now = max(now, entry.time)
      reconciles += 1
      precondition(reconciles < 10_000, "the reconciler does not settle: \(log.suffix(5))")
      let plan = controller.reconcile(entry.key, in: snapshot)
      carryOut(plan, entry.key)
    }
    now = end
  }

  /// Does what is due within a tenth of a second.
  mutating func settle() { run(for: .milliseconds(100)) }

  private mutating func carryOut(_ plan: Plan, _ key: ObjectKey) {
    let results = plan.writes.map { perform($0) }
    for wake in plan.wakes { agenda.add(wake.key, at: max(wake.time, now), cause: .none) }
    if let next = plan.afterwards?(results, snapshot) {
      carryOut(next, key)
    } else if plan.retries || results.contains(where: { $0.error != nil }) {
      agenda.add(key, at: now + .milliseconds(5), cause: .none)
    }
  }

  // MARK: the server's side

  private mutating func perform(_ write: Write) -> WriteResult {
    if let error = refuse(write) { return .refused(error) }
    switch write.action {
    case .create(let object):
      let key = insert(object)
      note("create", object, store.metadata(key)?.name)
      return .done(key, name: store.metadata(key)?.name ?? "")
    case .update(let key, let object):
      guard let old = store.metadata(key) else { return .refused(.notFound(Pod.resource, "")) }
      let asked = object.metadata.resourceVersion
      if !asked.isEmpty, asked != old.resourceVersion {
        return .refused(.conflict(type(of: object).resource, old.name, "modified"))
      }
      note("update", object, old.name)
      replace(key, with: object)
      return .done(key, name: old.name)
    case .updateStatus(let key, let object):
      note("status", object, object.metadata.name)
      replace(key, with: object)
      return .done(key, name: object.metadata.name)
    case .delete(let key, let options):
      guard let object = store.table(of: key)?.object(key) else {
        return .refused(.notFound(Pod.resource, ""))
      }
      let wanted = options.preconditions?.resourceVersion
      if let wanted, wanted != object.metadata.resourceVersion.description {
        return .refused(.conflict(type(of: object).resource, object.metadata.name, "modified"))
      }
      note("delete \(options.propagationPolicy?.rawValue ?? "-")", object, object.metadata.name)
      delete(key, object, options.propagationPolicy ?? .background)
      return .done(key, name: object.metadata.name)
    case .event(let draft):
      events.append(draft)
      return .done(.cluster, name: "")
    case .bind(let key, _): return .done(key, name: "")
    }
  }

  private mutating func note(_ verb: String, _ object: any APIObject, _ name: String?) {
    log.append("\(verb) \(type(of: object).resource.kind) \(name ?? "")")
  }

  private mutating func delete<Object: APIObject>(
    _ key: ObjectKey, _ object: Object, _ policy: DeletionPropagation
  ) {
    var object = object
    let pod = object as? Pod
    if !object.isBeingDeleted {
      object.metadata.finalizers.removeAll { $0 == "orphan" || $0 == "foregroundDeletion" }
      if policy == .orphan { object.metadata.finalizers.append("orphan") }
      if policy == .foreground { object.metadata.finalizers.append("foregroundDeletion") }
      let isGraceful = pod.map { !$0.spec.nodeName.isEmpty && !$0.isTerminal } ?? false
      object.metadata.deletionTimestamp = time
      object.metadata.deletionGracePeriodSeconds = isGraceful ? 30 : 0
    }
    replace(key, with: object)
  }

  private mutating func replace<Object: APIObject>(_ key: ObjectKey, with object: Object) {
    guard let old = store[Object.self, key] else { return }
    var object = object
    version += 1
    object.metadata.resourceVersion = ResourceVersion(version)
    let isHeld =
      !object.metadata.finalizers.isEmpty
      || (object.metadata.deletionGracePeriodSeconds ?? 0) > 0
      || (object as? Namespace)?.spec.finalizers.isEmpty == false
    if object.isBeingDeleted && !isHeld {
      remove(key, object)
    } else {
      store.replace(key, with: object)
      notify(Change(key: key, from: old, to: object))
    }
  }

  private mutating func remove<Object: APIObject>(_ key: ObjectKey, _ object: Object) {
    store.remove(Object.self, key)
    notify(Change(key: key, removed: object))
  }

  private mutating func notify<Object: APIObject>(_ change: Change<Object>) {
    for watch in Controller.watches {
      var keys: [ObjectKey] = []
      watch.add(change, in: snapshot, to: &keys)
      for key in keys {
        agenda.add(key, at: now + controller.latency + watch.delay, cause: .none)
      }
    }
  }
}

extension OwnerReference {
  /// A reference to an owner of any kind.
  init(to owner: some APIObject, blocks: Bool = true) {
    self.init(controller: owner)
    controller = nil
    blockOwnerDeletion = blocks ? true : nil
  }
}
