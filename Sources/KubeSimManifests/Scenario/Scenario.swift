import KubeSim

/// A scenario: which nodes a cluster has, what a user does to it and when, and how long the run
/// lasts.
///
/// Read from a `kubesim.dev/v1alpha1` document by `init(_:)`, played by ``ScenarioRunner``.
public struct Scenario: Sendable {
  /// Its name.
  public var name: String
  /// One line of prose.
  public var description = ""
  /// How long the run lasts, from the first step.
  public var duration: Duration
  /// The nodes, present and Ready before the first step.
  public var nodes: [NodeTemplate]
  /// What is done, in order of time; steps of one time in the order in which they were written.
  public var steps: [ScenarioStep]

  /// A scenario.
  public init(
    name: String, duration: Duration, nodes: [NodeTemplate], steps: [ScenarioStep] = []
  ) {
    self.name = name
    self.duration = duration
    self.nodes = nodes
    self.steps = steps
  }

  /// `apiVersion` of a scenario file.
  public static let apiVersion = "kubesim.dev/v1alpha1"
}

/// One thing that the user does.
public struct ScenarioStep: Sendable {
  /// Its place in the file, from 0.
  public var number: Int
  /// When, from the start of the run.
  public var at: Duration
  /// What.
  public var verb: Verb

  /// A step.
  public init(number: Int, at: Duration, _ verb: Verb) {
    self.number = number
    self.at = at
    self.verb = verb
  }

  /// What a user can do.
  public enum Verb: Sendable {
    case apply([JSONValue])
    case patch(Target, Patch, APIServer.PodSubresource?)
    case scale(Target, replicas: Int, current: Int?)
    case autoscale(Target, min: Int?, max: Int, cpuPercent: Int?)
    case measure(Measurement)
    case delete(Target, DeleteOptions)
    case evict(Target)
    case drain(node: String)
    case cordon(node: String)
    case uncordon(node: String)
    case taint(node: String, [Taint])
    case untaint(node: String, keys: [String])
    case rollout(RolloutAction, Target)
    case setImage(Target, container: String, image: String)
    case kill(Target, container: String, exit: Int32)
    case failNode(node: String)
    case recoverNode(node: String)
    case addNode(NodeTemplate)
    case removeNode(node: String)
    case controllerManagers(ControllerManagerAction)
  }

  /// What can happen to controller managers.
  public enum ControllerManagerAction: Hashable, Sendable {
    /// From now on there are these, of which the first leads.
    case run([String])
    /// One dies.
    case crash(String)
    /// One that died is started again.
    case start(String)
  }

  /// What `kubectl rollout` can do.
  public enum RolloutAction: Hashable, Sendable {
    /// Goes back to a revision; 0 is the one before the present one.
    case undo(toRevision: Int64)
    case pause
    case resume
    case restart
    /// Says how far it is; the text is the answer to the step.
    case status
    /// Says which templates there have been; the text is the answer to the step.
    case history
  }

  /// The object that a step is about: by name, or one of those that a selector matches.
  public struct Target: Hashable, Sendable {
    /// The kind, as kubectl takes it.
    public var kind: String
    /// The namespace.
    public var namespace = "default"
    /// Which one.
    public var choice: Choice

    /// A name, or a place among those that match, ordered by creation time, then name.
    public enum Choice: Hashable, Sendable {
      case name(String)
      case selected(StringMap<String>, index: Int)
    }

    /// A target.
    public init(kind: String, namespace: String = "default", _ choice: Choice) {
      self.kind = kind
      self.namespace = namespace
      self.choice = choice
    }
  }
}

extension ScenarioStep.Verb {
  /// The word for it in a scenario file.
  public var word: String {
    switch self {
    case .apply: "apply"
    case .patch: "patch"
    case .scale: "scale"
    case .autoscale: "autoscale"
    case .measure: "measure"
    case .delete: "delete"
    case .evict: "evict"
    case .drain: "drain"
    case .cordon: "cordon"
    case .uncordon: "uncordon"
    case .taint: "taint"
    case .untaint: "untaint"
    case .rollout: "rollout"
    case .setImage: "setImage"
    case .kill: "kill"
    case .failNode: "failNode"
    case .recoverNode: "recoverNode"
    case .addNode: "addNode"
    case .removeNode: "removeNode"
    case .controllerManagers: "controllerManagers"
    }
  }

  /// All words for verbs.
  static let words = [
    "apply", "patch", "scale", "autoscale", "measure", "delete", "evict", "drain", "cordon",
    "uncordon", "taint", "untaint", "rollout", "setImage", "kill", "failNode", "recoverNode",
    "addNode", "removeNode", "controllerManagers",
  ]
}
