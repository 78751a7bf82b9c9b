import KubeModel
import SimulationKernel

extension Explanation: CustomStringConvertible {
  /// Why something is as it is, in sentences: what was done to it last, and because of what, back to
  /// the user's own step. Each line ended but the last.
  ///
  /// ```
  /// Pod web-6d4b75cb6d-x2x7k
  ///
  /// 0:36.412  The kubelet removed it (all containers are gone)
  /// 0:34.105    because the ReplicaSet controller asked for its deletion (scale down: …)
  /// 0:34.003      because the Deployment controller changed ReplicaSet web-6d4b75cb6d (rollout: …)
  /// 0:20.000        because you changed Deployment web (set image: app=web:2.0)
  /// ```
  public var description: String {
    var lines = [Self.name(of: subject)]
    if chains.isEmpty { lines += ["", "Nothing was done to it."] }
    var told: [StepID] = []
    for chain in chains {
      // What an earlier chain has told already is not told again.
      guard let first = chain.first, !told.contains(first.id) else { continue }
      lines.append("")
      for (depth, step) in chain.enumerated() {
        let isKnown = told.contains(step.id)
        lines.append(
          Self.line(step, depth: depth, about: subject) + (isKnown ? ", as above" : ""))
        if isKnown { break }
        told.append(step.id)
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func line(_ step: Step, depth: Int, about subject: StepSubject) -> String {
    let object = step.subject == subject ? "it" : name(of: step.subject)
    // An eviction is several writes, and one deed.
    let isEviction = step.actor == Cluster.user && step.rule == "evict"
    let why = [isEviction ? "" : step.rule, step.detail].filter { !$0.isEmpty }
      .joined(separator: ", ")
    let deed = isEviction ? "evicted \(object)" : deed(step.action, to: object)
    var sentence = "\(actor(step.actor)) \(deed)"
    if depth == 0 { sentence = sentence.prefix(1).uppercased() + sentence.dropFirst() }
    if !why.isEmpty { sentence += " (\(why))" }
    let indent = String(repeating: "  ", count: depth) + (depth == 0 ? "" : "because ")
    let time = step.time.text
    let gap = String(repeating: " ", count: max(2, 10 - time.count))
    return time + gap + indent + sentence
  }

  private static func name(of subject: StepSubject) -> String {
    let scope = ["", "default"].contains(subject.scope) ? "" : " in \(subject.scope)"
    return "\(subject.sort) \(subject.name)\(scope)"
  }

  private static func deed(_ action: String, to object: String) -> String {
    switch action {
    case "create": "created \(object)"
    case "update": "changed \(object)"
    case "update status": "wrote \(object == "it" ? "its status" : "the status of " + object)"
    case "delete": "asked for \(object == "it" ? "its deletion" : "the deletion of " + object)"
    case "remove": "removed \(object)"
    case "kill": "killed a container of \(object)"
    case "use memory": "had a container of \(object) use memory"
    case "lose track": "made the runtime lose track of a container of \(object)"
    case "lose sandbox": "took the sandbox of \(object) away"
    case "reboot": "rebooted \(object)"
    case "shut down": "shut down \(object)"
    case "add static pod": "gave \(object) a static pod"
    case "remove static pod": "took a static pod from \(object)"
    case "controller managers start": "started several controller managers"
    case "crash controller manager": "crashed a controller manager"
    case "start controller manager": "started a controller manager again"
    default: "did \"\(action)\" to \(object)"
    }
  }

  /// `replicaset-controller` as `the ReplicaSet controller`.
  private static func actor(_ name: String) -> String {
    switch name {
    case Cluster.user: return "you"
    case "default-scheduler": return "the scheduler"
    case "kube-apiserver": return "the API server"
    default: break
    }
    guard name.hasSuffix("-controller") else { return "the \(name)" }
    let what = String(name.dropLast("-controller".count))
    let kind = BuiltInKinds.all.first { $0.resource.kind.lowercased() == what }?.resource.kind
    return "the \(kind ?? what.split(separator: "-").joined(separator: " ")) controller"
  }
}
