import KubeSim

/// Plays a scenario: does each step at its time and lets the cluster run in between.
///
/// ```swift
/// var run = try ScenarioRunner(scenario, seed: 42)
/// try run.run()
/// run.cluster[Deployment.self, "web"]?.status.readyReplicas
/// ```
///
/// A step that is refused does not end the run; its answer is among ``responses``. A runner is a
/// value: a copy of it is another run from the same point.
public struct ScenarioRunner: Sendable {
  /// What is played.
  public let scenario: Scenario
  /// The cluster as it is now.
  public private(set) var cluster: Cluster
  /// What steps were answered, in order.
  public private(set) var responses: [StepResponse] = []
  /// What was left out because KubeSim does not model its kind.
  public private(set) var leftOut: [LeftOut] = []

  private var nextStep = 0
  private var seenRevision: UInt64 = 0
  private var seenResponses = 0

  /// A run that is at its beginning: the nodes are there and Ready, nothing has been done.
  ///
  /// - Throws: Invalid, AlreadyExists for nodes that cannot be.
  public init(
    _ scenario: Scenario, seed: UInt64 = 0, timing: Timing = .kubernetes,
    history: History.Limit = .last(1_000)
  ) throws(APIError) {
    self.init(
      scenario,
      on: try Cluster(nodes: scenario.nodes, seed: seed, timing: timing, history: history))
  }

  /// A run of the steps on a cluster that is there; the scenario's nodes are not looked at.
  public init(_ scenario: Scenario, on cluster: Cluster) {
    self.scenario = scenario
    self.cluster = cluster
  }

  /// When the run ends.
  public var end: Instant { .zero + scenario.duration }

  /// When something will happen next: a step, or what is due in the cluster. Nil for never.
  public var nextInstant: Instant? {
    guard nextStep < scenario.steps.count else { return cluster.nextDue }
    let step = Instant.zero + scenario.steps[nextStep].at
    return cluster.nextDue.map { min($0, step) } ?? step
  }

  /// Runs to the end, or to an earlier instant.
  ///
  /// - Throws: `RunError.endless` or `.broken`.
  public mutating func run(to limit: Instant? = nil) throws(RunError) {
    let limit = limit ?? end
    while nextStep < scenario.steps.count {
      let step = scenario.steps[nextStep]
      let time = Instant.zero + step.at
      guard time <= limit else { break }
      try cluster.run(to: max(time, cluster.now))
      nextStep += 1
      try perform(step)
    }
    try cluster.run(to: max(limit, cluster.now))
  }

  /// The log since the last call, oldest first; the first call begins with the cluster's first
  /// object. It has the kinds that recorded runs have.
  ///
  /// - Throws: Expired, when the cluster's history no longer reaches back to the last call.
  /// - Complexity: O(lines returned).
  public mutating func takeLog() throws(APIError) -> [WatchLine] {
    var answers = responses[seenResponses...]
    var lines: [WatchLine] = []
    for change in try cluster.history.changes(after: seenRevision)
    where WatchLine.kinds.contains(where: { $0 == type(of: change.object) }) {
      while let answer = answers.first, answer.time < change.time {
        lines.append(.response(answers.removeFirst()))
      }
      lines.append(.change(change))
    }
    lines += answers.map { .response($0) }
    seenRevision = cluster.revision
    seenResponses = responses.count
    return lines
  }
}

extension ScenarioRunner {
  /// How long a request of the user is on its way to the API server.
  private static let requestTime = Duration.milliseconds(10)

  private mutating func perform(_ step: ScenarioStep) throws(RunError) {
    guard case .apply(let manifests) = step.verb else {
      try cluster.run(for: Self.requestTime)
      answer(step) { runner throws(APIError) in try runner.perform(step.verb) }
      return
    }
    // One that is refused does not keep the others out.
    for (index, json) in manifests.enumerated() {
      try cluster.run(for: Self.requestTime)
      let manifest = Manifest(
        json: json, source: "step \(step.number), object \(index + 1)", objections: [])
      answer(step) { runner throws(APIError) in
        runner.leftOut += try runner.cluster.apply([manifest])
        return nil
      }
    }
  }

  private mutating func answer(
    _ step: ScenarioStep, _ body: (inout ScenarioRunner) throws(APIError) -> String?
  ) {
    do throws(APIError) {
      let message = try body(&self)
      if case .evict = step.verb {
        respond(to: step, code: 201, reason: "", message: "")
      } else if let message {
        respond(to: step, code: 200, reason: "", message: message)
      }
    } catch {
      respond(to: step, code: error.code, reason: error.reason.rawValue, message: error.message)
    }
  }

  private mutating func respond(
    to step: ScenarioStep, code: Int, reason: String, message: String
  ) {
    responses.append(
      StepResponse(
        time: cluster.now, step: step.number, verb: step.verb.word, code: code, reason: reason,
        message: message))
  }

  /// Does a step. Returns what is to be said about it, for the verbs that only look.
  private mutating func perform(_ verb: ScenarioStep.Verb) throws(APIError) -> String? {
    switch verb {
    case .apply: break  // Done object by object.
    case .cordon(let node): try cluster.cordon(node)
    case .uncordon(let node): try cluster.uncordon(node)
    case .drain(let node): try cluster.drain(node)
    case .taint(let node, let taints): try cluster.taint(node, taints)
    case .untaint(let node, let keys): try cluster.untaint(node, keys: keys)
    case .failNode(let node): try cluster.fail(node: node)
    case .recoverNode(let node): try cluster.recover(node: node)
    case .addNode(let template): try cluster.addNode(template)
    case .removeNode(let node): try cluster.removeNode(node)
    case .measure(let measurement): cluster.measure(measurement)
    case .controllerManagers(.run(let names)): try cluster.runControllerManagers(names)
    case .controllerManagers(.crash(let name)): try cluster.crashControllerManager(name)
    case .controllerManagers(.start(let name)): try cluster.startControllerManager(name)
    case .patch(let target, _, _), .scale(let target, _, _), .delete(let target, _),
      .evict(let target), .autoscale(let target, _, _, _), .rollout(_, let target),
      .setImage(let target, _, _), .kill(let target, _, _):
      let kind = try cluster.knownKind(target.kind)
      let name = try name(of: target, kind)
      if case .rollout(let action, _) = verb {
        return try perform(action, kind, name, target.namespace)
      }
      try perform(verb, kind, name, target.namespace)
    }
    return nil
  }

  private mutating func perform(
    _ verb: ScenarioStep.Verb, _ kind: any APIObject.Type, _ name: String, _ namespace: String
  ) throws(APIError) {
    switch verb {
    case .patch(_, let patch, let subresource?):
      try cluster.patch(pod: name, namespace: namespace, subresource: subresource, patch)
    case .patch(_, let patch, nil):
      try cluster.registerBehaviors(in: patch.body)
      try cluster.patch(kind, name, namespace: namespace, patch)
    case .scale(_, let replicas, let current):
      try cluster.scale(
        kind, name, namespace: namespace, to: replicas, ifCurrentReplicas: current)
    case .autoscale(_, let least, let greatest, let percent):
      try cluster.autoscale(
        kind, name, namespace: namespace, min: least.map { Int32(clamping: $0) },
        max: Int32(clamping: greatest), cpuPercent: percent.map { Int32(clamping: $0) })
    case .delete(_, let options):
      try cluster.delete(kind, name, namespace: namespace, options)
    case .evict: try cluster.evict(name, namespace: namespace)
    case .setImage(_, let container, let image):
      try cluster.setImage(kind, name, namespace: namespace, container: container, to: image)
    case .kill(_, let container, let code):
      try cluster.kill(container: container, of: name, namespace: namespace, exit: code)
    default: break  // The others were done above.
    }
  }

  private mutating func perform(
    _ action: ScenarioStep.RolloutAction, _ kind: any APIObject.Type, _ name: String,
    _ namespace: String
  ) throws(APIError) -> String? {
    switch action {
    case .undo(let revision):
      try cluster.undoRollout(kind, name, namespace: namespace, toRevision: revision)
    case .pause: try cluster.pauseRollout(kind, name, namespace: namespace)
    case .resume: try cluster.resumeRollout(kind, name, namespace: namespace)
    case .restart: try cluster.restartRollout(kind, name, namespace: namespace)
    case .status: return try cluster.rolloutStatus(kind, name, namespace: namespace).message
    case .history:
      let history = try cluster.rolloutHistory(kind, name, namespace: namespace)
      let object = try cluster.get(kind: kind.resource.kind, name: name, namespace: namespace)
      return Rollout.title(of: object) + Rollout.text(of: history)
    }
    return nil
  }

  /// The name of the object that a target means at this moment.
  private func name(
    of target: ScenarioStep.Target, _ kind: any APIObject.Type
  ) throws(APIError) -> String {
    switch target.choice {
    case .name(let name): return name
    case .selected(let labels, let index):
      let found = try cluster.list(
        kind: target.kind, namespace: kind.resource.isNamespaced ? target.namespace : nil,
        labels: Selector(matching: labels))
      let names = found.map(\.metadata).sorted {
        ($0.creationTimestamp?.unixSeconds ?? 0, $0.name)
          < ($1.creationTimestamp?.unixSeconds ?? 0, $1.name)
      }.map(\.name)
      guard names.indices.contains(index) else {
        let words = labels.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
        throw .notFound(kind.resource, "\(words)[\(index)]")
      }
      return names[index]
    }
  }
}
