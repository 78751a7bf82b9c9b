import KubeAPIServer
import KubeModel
import KubeReconcile
import SimulationKernel

// The loop: takes what is due next, lets its reconciler decide, carries the plan out.

extension Cluster {
  /// Does the one thing that is due next, and moves the clock to it.
  ///
  /// False when nothing is due, ever.
  @discardableResult public mutating func step() -> Bool {
    guard let entry = engine.agenda.next() else { return false }
    if entry.time > engine.now {
      expireEvents(before: entry.time)
      engine.now = entry.time
      budget.renew()
    }
    let work = entry.key
    if isIdle(work) { return true }
    isEndless = !budget.spend(on: work)
    reconcileCount += 1
    let plan = decide(work)
    carryOut(plan, of: work, cause: entry.cause)
    followElection(work)
    checkInvariants()
    return true
  }

  /// The snapshot is gone when this returns, so that the plan's writes find their pages unshared.
  private mutating func decide(_ work: Work) -> Plan {
    let snapshot = Snapshot(store: server.store, now: now, clock: clock)
    return reconcilers[Int(work.reconciler)].reconcile(work.key, in: snapshot)
  }

  private mutating func carryOut(_ plan: consuming Plan, of work: Work, cause: StepID) {
    if plan.isEmpty, failures.isEmpty { return }
    let name = names[Int(work.reconciler)]
    var retries = false
    while true {
      retries = retries || plan.retries
      let (writes, wakes) = (plan.writes, plan.wakes)
      var results: [WriteResult] = []
      var refused = false
      for write in writes {
        begin(actor: name, rule: write.rule, write.detail, cause: cause)
        let result = perform(write.action)
        if case .refused = result { refused = true }
        if plan.afterwards != nil { results.append(result) }
      }
      for wake in wakes {
        let work = Work(reconciler: work.reconciler, key: wake.key)
        engine.agenda.add(work, at: max(wake.time, now), cause: cause)
      }
      guard let next = plan.afterwards?(results, snapshot) else {
        if retries || refused {
          retry(work, cause)
        } else if !failures.isEmpty {
          failures[work] = nil
        }
        return
      }
      // A loop, not a recursion: a plan may go on a thousand times.
      plan = next
    }
  }

  private mutating func retry(_ work: Work, _ cause: StepID) {
    let count = failures[work, default: 0] + 1
    failures[work] = count
    let delay = reconcilers[Int(work.reconciler)].retryBackoff.delay(failures: count)
    engine.agenda.add(work, at: now + delay, cause: cause)
  }

  private mutating func perform(_ action: Write.Action) -> WriteResult {
    do throws(APIError) {
      switch action {
      case .create(let object): return try create(opening: object)
      case .update(let key, let object): return try update(key, opening: object, .main)
      case .updateStatus(let key, let object): return try update(key, opening: object, .status)
      case .delete(let key, let options):
        try remove(key, options)
        return .done(key, name: "")
      case .bind(let key, let node):
        try server.bind(key, to: node, at: time, sink: &engine)
        return .done(key, name: "")
      case .event(let draft):
        try report(draft)
        return .done(.cluster, name: "")
      }
    } catch {
      return .refused(error)
    }
  }

  private mutating func create(
    opening object: some APIObject
  ) throws(APIError) -> WriteResult {
    let key = try server.create(object, at: time, sink: &engine)
    let name = engine.trace.subject(key.serial).name
    return .done(key, name: name)
  }

  private mutating func update(
    _ key: ObjectKey, opening object: some APIObject, _ part: APIServer.Part
  ) throws(APIError) -> WriteResult {
    engine.context.writesStatus = part == .status
    try server.update(key, with: object, part: part, at: time, sink: &engine)
    return .done(key, name: object.metadata.name)
  }

  mutating func remove(_ key: ObjectKey, _ options: DeleteOptions) throws(APIError) {
    guard let kind = server.store.table(of: key)?.objectType else { return }
    func remove<Object: APIObject>(_ kind: Object.Type) throws(APIError) {
      try server.delete(kind, key, options, at: time, sink: &engine)
    }
    try remove(kind)
  }

  /// Makes an Event of a draft, or counts it to one that is there.
  mutating func report(_ draft: EventDraft) throws(APIError) {
    switch outcome(of: draft) {
    case .hold: break
    case .create(let event):
      // Events about what goes with its namespace are dropped.
      guard server.namespace(event.metadata.namespace)?.isBeingDeleted == false else { return }
      recorder.stored(server.record(event, at: time, sink: &engine), at: now)
    case .update(let key, let event):
      try server.update(key, with: event, at: time, sink: &engine)
    }
  }

  /// The snapshot is gone when this returns, so that the write finds its pages unshared.
  private mutating func outcome(of draft: EventDraft) -> EventRecorder.Outcome {
    let snapshot = Snapshot(store: server.store, now: now, clock: clock)
    return recorder.record(draft, in: snapshot)
  }

  /// Events go an hour after their last write. That is housekeeping: it never moves the clock.
  mutating func expireEvents(before limit: Instant) {
    while let next = recorder.nextExpiry, next <= limit {
      engine.now = max(now, next)
      begin(actor: "kube-apiserver", rule: "event expired", cause: .none)
      for key in recorder.expired(at: now, clock: clock, in: server.store) {
        server.expire(key, sink: &engine)
      }
    }
  }
}
