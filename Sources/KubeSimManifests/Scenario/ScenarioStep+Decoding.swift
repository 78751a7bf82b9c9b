import KubeSim

extension ScenarioStep {
  init(_ field: FieldReader, number: Int) throws(APIError) {
    try field.allow(["at"] + Verb.words)
    let words = (field.json.objectValue?.keys ?? []).filter { $0 != "at" }
    guard words.count == 1 else {
      let found = words.isEmpty ? "none" : words.joined(separator: " and ")
      throw field.refusal("a step has exactly one verb, found \(found)")
    }
    self.init(
      number: number, at: try field.required("at").duration(),
      try Verb(words[0], try field.required(words[0])))
  }
}

extension ScenarioStep.Verb {
  /// Reads what a verb is told; the word is one of ``words``.
  fileprivate init(_ word: String, _ field: FieldReader) throws(APIError) {
    switch word {
    case "apply": self = .apply(try field.elements().map(\.json))
    case "addNode": self = .addNode(try Self.newNode(field))
    case "measure": self = .measure(try Measurement(field))
    case "controllerManagers": self = .controllerManagers(try Self.managers(field))
    case "drain", "cordon", "uncordon", "failNode", "recoverNode", "removeNode", "taint", "untaint":
      self = try Self.onNode(word, field)
    default: self = try Self.onTarget(word, field)
    }
  }

  private static func newNode(_ field: FieldReader) throws(APIError) -> NodeTemplate {
    try field.allow(["name", "labels", "taints", "allocatable"])
    return try NodeTemplate(field, name: try field.required("name").string())
  }

  private static func managers(
    _ field: FieldReader
  ) throws(APIError) -> ScenarioStep.ControllerManagerAction {
    try field.allow(["run", "crash", "start"])
    guard field.json.objectValue?.keys.count == 1 else {
      throw field.refusal("exactly one of run, crash and start is needed")
    }
    if let run = field["run"] { return .run(try run.value([String].self)) }
    if let crash = try field.string("crash") { return .crash(crash) }
    return .start(try field.required("start").string())
  }

  private static func onNode(_ word: String, _ field: FieldReader) throws(APIError) -> Self {
    switch word {
    case "taint": try field.allow(["node", "taints"])
    case "untaint": try field.allow(["node", "keys"])
    case "drain":
      try field.allow(["node", "ignoreDaemonSets", "deleteEmptyDirData", "force", "timeout"])
    default: try field.allow(["node"])
    }
    let node = try field.required("node").string()
    switch word {
    case "taint": return .taint(node: node, try field.required("taints").value([Taint].self))
    case "untaint":
      return .untaint(node: node, keys: try field.required("keys").value([String].self))
    case "drain": return .drain(node: node)
    case "cordon": return .cordon(node: node)
    case "uncordon": return .uncordon(node: node)
    case "failNode": return .failNode(node: node)
    case "recoverNode": return .recoverNode(node: node)
    default: return .removeNode(node: node)
    }
  }

  private static func onTarget(_ word: String, _ field: FieldReader) throws(APIError) -> Self {
    let own: [String] =
      switch word {
      case "patch": ["type", "patch", "subresource"]
      case "scale": ["replicas", "currentReplicas"]
      case "autoscale": ["min", "max", "cpuPercent"]
      case "delete": ["gracePeriodSeconds", "propagationPolicy"]
      case "rollout": ["action", "toRevision"]
      case "setImage": ["container", "image"]
      case "kill": ["container", "exit"]
      default: []
      }
    try field.allow(["target"] + own)
    let target = try ScenarioStep.Target(try field.required("target"))
    switch word {
    case "patch": return .patch(target, try patch(field), try subresource(field))
    case "scale":
      return .scale(
        target, replicas: try field.required("replicas").int(),
        current: try field["currentReplicas"]?.int())
    case "autoscale":
      return .autoscale(
        target, min: try field["min"]?.int(), max: try field.required("max").int(),
        cpuPercent: try field["cpuPercent"]?.int())
    case "delete": return .delete(target, try deleteOptions(field))
    case "rollout": return .rollout(try rollout(field), target)
    case "setImage":
      return .setImage(
        target, container: try field.required("container").string(),
        image: try field.required("image").string())
    case "kill":
      return .kill(
        target, container: try field.required("container").string(),
        exit: Int32(truncatingIfNeeded: try field["exit"]?.int() ?? 137))
    default: return .evict(target)
    }
  }

  private static func patch(_ field: FieldReader) throws(APIError) -> Patch {
    let type = try field.required("type")
    let body = try field.required("patch")
    switch try type.string() {
    case "strategic": return .strategic(body.json)
    case "merge": return .merge(body.json)
    case "json": return .json(body.json)
    default:
      throw type.unsupported(["strategic", "merge", "json"])
    }
  }

  private static func subresource(
    _ field: FieldReader
  ) throws(APIError) -> APIServer.PodSubresource? {
    guard let name = field["subresource"] else { return nil }
    switch try name.string() {
    case "resize": return .resize
    case "ephemeralcontainers": return .ephemeralContainers
    default: throw name.unsupported(["resize", "ephemeralcontainers"])
    }
  }

  private static func deleteOptions(_ field: FieldReader) throws(APIError) -> DeleteOptions {
    var options = DeleteOptions()
    options.gracePeriodSeconds = try field["gracePeriodSeconds"].map { (field) throws(APIError) in
      Int64(try field.int())
    }
    options.propagationPolicy = DeletionPropagation(
      rawValue: try field.string("propagationPolicy") ?? "Background")
    return options
  }

  private static func rollout(
    _ field: FieldReader
  ) throws(APIError) -> ScenarioStep.RolloutAction {
    let action = try field.required("action")
    switch try action.string() {
    case "undo": return .undo(toRevision: Int64(try field["toRevision"]?.int() ?? 0))
    case "pause": return .pause
    case "resume": return .resume
    case "restart": return .restart
    case "status": return .status
    case "history": return .history
    default:
      throw action.unsupported(["undo", "pause", "resume", "restart", "status", "history"])
    }
  }
}

extension ScenarioStep.Target {
  init(_ field: FieldReader) throws(APIError) {
    try field.allow(["kind", "name", "namespace", "selector", "index"])
    let kind = try field.required("kind").string()
    let namespace = try field.string("namespace") ?? "default"
    if let selector = field["selector"] {
      let labels = try selector.value(StringMap<String>.self)
      self.init(
        kind: kind, namespace: namespace,
        .selected(labels, index: try field["index"]?.int() ?? 0))
    } else {
      self.init(kind: kind, namespace: namespace, .name(try field.required("name").string()))
    }
  }
}
