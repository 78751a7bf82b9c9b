import KubeModel
import KubeReconcile
import KubeScheduler
import SimulationKernel

/// Runs the scheduler alone on a store: tells it of each change, and carries its plans out.
struct Driver {
  var store = Store()
  var scheduler: Scheduler
  var now = Instant.zero
  private(set) var events: [String] = []
  private(set) var bindings: [String] = []
  /// Bindings of these pods are refused.
  var refusing: Set<String> = []
  private var agenda = Agenda<ObjectKey>()
  private var nextUID: UInt64 = 1

  init(timing: Timing = .immediate, seed: UInt64 = 1) {
    scheduler = Scheduler(timing: timing, seed: seed)
  }

  var snapshot: Snapshot { Snapshot(store: store, now: now, clock: Clock()) }

  @discardableResult mutating func create<Object: APIObject>(_ object: Object) -> ObjectKey {
    var object = object
    if object.metadata.uid.isEmpty {
      object.metadata.uid = UID(randomBits: 1, nextUID)
      nextUID += 1
    }
    if object.metadata.generation == 0 { object.metadata.generation = 1 }
    let key = store.insert(object)
    tell(Change(key: key, created: object))
    return key
  }

  mutating func change<Object: APIObject>(_ key: ObjectKey, _ edit: (inout Object) -> Void) {
    guard let old = store[Object.self, key] else { return }
    var new = old
    edit(&new)
    store.replace(key, with: new)
    tell(Change(key: key, from: old, to: new))
  }

  mutating func delete<Object: APIObject>(_ kind: Object.Type, _ key: ObjectKey) {
    guard let old = store[kind, key] else { return }
    store.remove(kind, key)
    tell(Change(key: key, removed: old))
  }

  func pod(_ name: String) -> Pod? {
    store.key(Pod.self, "default", name).flatMap { store[Pod.self, $0] }
  }

  /// Where each bound pod stands.
  func node(of name: String) -> String { pod(name)?.spec.nodeName ?? "" }

  /// Reconciles what is due until nothing is, or until an instant is passed; returns how often.
  @discardableResult mutating func run(until end: Instant = .zero, limit: Int = 1_000_000) -> Int {
    var steps = 0
    while steps < limit, let time = agenda.nextTime(), time <= max(end, now) {
      guard let entry = agenda.next() else { break }
      now = max(now, time)
      steps += 1
      carryOut(scheduler.reconcile(entry.key, in: snapshot))
    }
    now = max(now, end)
    return steps
  }

  /// When something happens next.
  mutating func nextTime() -> Instant? { agenda.nextTime() }

  private mutating func tell<Object: APIObject>(_ change: Change<Object>) {
    var keys: [ObjectKey] = []
    for watch in Scheduler.watches {
      watch.add(change, in: snapshot, to: &keys)
    }
    for key in keys { agenda.add(key, at: now, cause: StepID.none) }
  }

  private mutating func carryOut(_ plan: Plan) {
    var results: [WriteResult] = []
    for write in plan.writes { results.append(carryOut(write)) }
    for wake in plan.wakes { agenda.add(wake.key, at: max(now, wake.time), cause: StepID.none) }
    if let afterwards = plan.afterwards { carryOut(afterwards(results, snapshot)) }
  }

  private mutating func carryOut(_ write: Write) -> WriteResult {
    switch write.action {
    case .bind(let key, let node):
      guard let pod = store[Pod.self, key], !refusing.contains(pod.metadata.name) else {
        return .refused(APIError(code: 409, reason: "Conflict", message: "refused"))
      }
      bindings.append("\(pod.metadata.name) \(node)")
      change(key) { (pod: inout Pod) in
        pod.spec.nodeName = node
        pod.status.conditions = [PodCondition(type: .podScheduled, status: .true)]
      }
      return .done(key, name: pod.metadata.name)
    case .updateStatus(let key, let object):
      if let object = object as? Pod {
        change(key) { (pod: inout Pod) in pod.status = object.status }
      }
      return .done(key, name: object.metadata.name)
    case .event(let draft):
      events.append("\(draft.type.rawValue) \(draft.reason) \(draft.message)")
      return .done(.cluster, name: "")
    case .update(let key, let object):
      replace(key, opening: object)
      return .done(key, name: object.metadata.name)
    case .create, .delete:
      return .done(.cluster, name: "")
    }
  }

  private mutating func replace<Object: APIObject>(_ key: ObjectKey, opening object: Object) {
    change(key) { (stored: inout Object) in stored = object }
  }
}
