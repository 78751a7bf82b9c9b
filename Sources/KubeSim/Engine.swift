import KubeAPIServer
import KubeModel
import KubeReconcile
import SimulationKernel

/// What is due: a reconciler, and the key at which it shall look.
struct Work: Hashable, Sendable {
  let reconciler: UInt16
  let key: ObjectKey

  /// As of its key: the agenda is asked for it with every change.
  func _rawHashValue(seed: Int) -> Int {
    key._rawHashValue(seed: seed ^ Int(reconciler))
  }
}

/// The part of the cluster that is told of each change: it records the step with its cause, and makes
/// the reconcilers due that watch the kind.
struct Engine: ChangeSink, Sendable {
  /// Who is writing at the moment, and why.
  struct Context: Sendable {
    var actor = ""
    var rule: StaticString = ""
    var detail = ""
    var cause = StepID.none
    var writesStatus = false
  }

  private struct Watcher: Sendable {
    let reconciler: UInt16
    let latency: Duration
    let keys: Watch.Keys
  }

  var now: Instant
  let clock: Clock
  var trace = Trace()
  var agenda = Agenda<Work>()
  var history: History
  var context = Context()
  private var watchers: ContiguousArray<[Watcher]> = []
  private var due: [ObjectKey] = []  // Empty but while a watch fills it.

  init(now: Instant, clock: Clock, history: History.Limit) {
    self.now = now
    self.clock = clock
    self.history = History(limit: history)
  }

  /// From now on, changes that the reconciler watches make it due.
  mutating func attach(_ reconciler: any Reconciler, number: UInt16, store: Store) {
    for watch in type(of: reconciler).watches {
      attach(watch, of: reconciler, number: number, store: store)
    }
  }

  /// From now on, changes that this one watch names make the reconciler due.
  mutating func attach(
    _ watch: Watch, of reconciler: any Reconciler, number: UInt16, store: Store
  ) {
    func attach<Object: APIObject>(_ kind: Object.Type) {
      guard let kindNumber = store.number(of: kind) else { return }
      while watchers.count <= Int(kindNumber) { watchers.append([]) }
      watchers[Int(kindNumber)].append(
        Watcher(
          reconciler: number, latency: reconciler.latency + watch.delay, keys: watch.keys))
    }
    attach(watch.kind)
  }

  /// Makes a reconciler due for all that is there, as one that has just started lists all objects.
  ///
  /// - Complexity: O(objects of the kinds that it watches).
  mutating func relist(for reconciler: UInt16, store: Store) {
    let snapshot = Snapshot(store: store, now: now, clock: clock)
    for table in store.allTables {
      func relist<Object: APIObject>(_ kind: Object.Type) {
        guard let number = store.number(of: kind), Int(number) < watchers.count else { return }
        for watcher in watchers[Int(number)] where watcher.reconciler == reconciler {
          store[kind].forEach { key, object in
            watcher.keys(Change(key: key, created: object).erased, snapshot, &due)
          }
          for key in due {
            agenda.add(
              Work(reconciler: reconciler, key: key), at: now + watcher.latency, cause: .none)
          }
          due.removeAll(keepingCapacity: true)
        }
      }
      relist(table.objectType)
    }
  }

  mutating func observe(_ change: AnyChange, in store: Store) {
    let cause = record(change)
    notify(change, store, cause)
    history.append(change, at: now)
  }

  private mutating func record(_ change: AnyChange) -> StepID {
    // Events report steps and are none themselves; the hash knows them by their words.
    if change.kind == Event.self {
      let event = change.typed(as: Event.self).latest
      trace.feed(event.reason)
      trace.feed(event.message)
      return .none
    }
    let object = change.latestMetadata
    if change.type == .added {
      let subject = trace.add(
        StepSubject(sort: change.resource.kind, scope: object.namespace, name: object.name))
      precondition(subject == change.key.serial, "subjects and objects are counted alike")
      trace.feed(object.name)
    }
    let action: StaticString =
      switch change.type {
      case .added: "create"
      case .deleted: "remove"
      case .modified:
        if context.writesStatus {
          "update status"
        } else if change.touchesMetadata, object.isBeingDeleted,
          change.oldMetadata?.isBeingDeleted == false
        {
          "delete"
        } else {
          "update"
        }
      }
    return trace.record(
      at: now, actor: context.actor, action: action, subject: change.key.serial,
      rule: context.rule, detail: context.detail, cause: context.cause,
      salt: object.resourceVersion.number)
  }

  private mutating func notify(
    _ change: AnyChange, _ store: Store, _ cause: StepID
  ) {
    guard Int(change.key.kind) < watchers.count else { return }
    let interested = watchers[Int(change.key.kind)]
    if interested.isEmpty { return }
    let snapshot = Snapshot(store: store, now: now, clock: clock)
    let isPinned = context.cause == .none
    for index in interested.indices {
      interested[index].keys(change, snapshot, &due)
      if due.isEmpty { continue }
      let watcher = interested[index]
      let time = now + watcher.latency
      for key in due {
        agenda.add(
          Work(reconciler: watcher.reconciler, key: key), at: time, cause: cause,
          isPinned: isPinned)
      }
      due.removeAll(keepingCapacity: true)
    }
  }
}
