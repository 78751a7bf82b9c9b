import KubeAPIServer
import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel

// Several controller managers, of which one acts.

extension Cluster {
  /// Runs the controllers in several controller managers, which elect a leader by a Lease in
  /// `kube-system`; the first of them leads.
  ///
  /// From now on no controller acts while there is no leader. A manager that begins to lead knows
  /// nothing of the past: it lists all objects and looks at each. A new cluster has one manager that
  /// never fails, and no Lease; the election writes one every 2 s.
  ///
  /// ```swift
  /// try cluster.runControllerManagers(["a", "b"])
  /// try cluster.crashControllerManager("a")
  /// try cluster.run(for: .seconds(20))
  /// cluster.leader  // "b"
  /// ```
  ///
  /// - Throws: BadRequest for no identities, one that comes twice, and when an election is on
  ///   already.
  public mutating func runControllerManagers(_ identities: [String]) throws(APIError) {
    guard !identities.isEmpty, Set(identities).count == identities.count else {
      throw .badRequest("controller managers need different identities")
    }
    guard electorIndex == nil else {
      throw .badRequest("the controllers run in several managers already")
    }
    let number = reconcilers.count
    electorIndex = number
    attach(LeaderElector(identities))
    // The first leader goes on with what the controllers have known so far.
    awaitElection(because: "controller managers start", identities.joined(separator: ", "))
  }

  /// Kills a controller manager. If it leads, nobody does until its Lease has run out.
  ///
  /// - Throws: BadRequest when there is no such manager.
  public mutating func crashControllerManager(_ identity: String) throws(APIError) {
    try setAlive(false, identity)
    awaitElection(because: "crash controller manager", identity)
  }

  /// Starts a controller manager that was killed; it waits for its turn to lead.
  ///
  /// - Throws: BadRequest when there is no such manager.
  public mutating func startControllerManager(_ identity: String) throws(APIError) {
    try setAlive(true, identity)
    awaitElection(because: "start controller manager", identity)
  }

  /// The controller manager that acts; nil when none does, or when there is no election.
  public var leader: String? { elector?.leader }

  private var elector: LeaderElector? {
    electorIndex.flatMap { reconcilers[$0] as? LeaderElector }
  }

  private mutating func setAlive(_ isAlive: Bool, _ identity: String) throws(APIError) {
    guard let electorIndex, var elector, elector.setAlive(isAlive, identity) else {
      throw .badRequest("there is no controller manager \(GoText.quoted(identity))")
    }
    reconcilers[electorIndex] = elector
    isLed = elector.leader != nil
  }

  /// The next try, with the user's wish as its cause.
  private mutating func awaitElection(because rule: StaticString, _ detail: String) {
    guard let electorIndex else { return }
    let subject = server.store.key(Namespace.self, "", "kube-system") ?? .cluster
    let cause = engine.trace.record(
      at: now, actor: Self.user, action: rule, subject: subject.serial, rule: rule,
      detail: detail, cause: .none)
    let work = Work(reconciler: UInt16(electorIndex), key: .cluster)
    engine.agenda.add(work, at: now, cause: cause)
  }

  /// True for work that nobody does: a controller's, while no manager leads.
  func isIdle(_ work: Work) -> Bool { !isLed && Int(work.reconciler) < schedulerIndex }

  /// After the elector's look: the controllers of a new leader begin, without a memory.
  mutating func followElection(_ work: Work) {
    guard let electorIndex, Int(work.reconciler) == electorIndex, !isLed, leader != nil else {
      return
    }
    isLed = true
    failures = failures.filter { Int($0.key.reconciler) >= schedulerIndex }
    for (index, fresh) in Self.controllers(timing).enumerated() where index < schedulerIndex {
      reconcilers[index] = restarted(fresh, after: reconcilers[index])
      engine.relist(for: UInt16(index), store: server.store)
    }
  }

  private func restarted(
    _ fresh: some Reconciler, after former: any Reconciler
  ) -> any Reconciler {
    var fresh = fresh
    func adopt<Controller: Reconciler>(_ fresh: inout Controller) {
      if let former = former as? Controller { fresh.adopt(settingsOf: former) }
    }
    adopt(&fresh)
    return fresh
  }
}
