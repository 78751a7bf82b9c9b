import KubeModel

/// Why a behaviour could not be read, with the place: `app.runs[0].for: "5x" is no duration …`.
public struct BehaviorError: Error, Hashable, CustomStringConvertible {
  /// The text.
  public let description: String

  init(_ path: String, _ problem: String) { description = "\(path): \(problem)" }
}

extension StringMap<ContainerBehavior> {
  /// Reads the behaviour of a pod: an object keyed by container name.
  ///
  /// - Throws: ``BehaviorError`` for what is unknown or of the wrong sort.
  public init(json: JSONValue) throws(BehaviorError) {
    self.init()
    let members = try BehaviorReader(json: json, path: "behavior").members()
    for (name, value) in members {
      self[name] = try ContainerBehavior(json: value, path: name)
    }
  }
}

extension ContainerBehavior {
  /// Reads the behaviour of one container.
  ///
  /// - Throws: ``BehaviorError`` for what is unknown or of the wrong sort, with `path` in front.
  public init(json: JSONValue, path: String = "behavior") throws(BehaviorError) {
    self.init()
    let reader = BehaviorReader(json: json, path: path)
    try reader.allow(["pull", "runs", "stop", "probes", "hooks"])
    if let pull = reader["pull"] {
      try pull.allow(["for", "fail"])
      self.pull = Pull(for: try pull.duration("for") ?? .zero, fails: try pull.bool("fail"))
    }
    for run in try reader.list("runs") {
      try run.allow(["for", "exit"])
      runs.append(Run(for: try run.duration("for"), exit: try run.exitCode("exit")))
    }
    if let stop = reader["stop"] {
      try stop.allow(["after", "exit", "ignore"])
      self.stop = Stop(
        after: try stop.duration("after") ?? .zero, exit: try stop.exitCode("exit"),
        ignored: try stop.bool("ignore"))
    }
    if let probes = reader["probes"] {
      try probes.allow(["readiness", "liveness", "startup"])
      readiness = try probes.spans("readiness")
      liveness = try probes.spans("liveness")
      startup = try probes.spans("startup")
    }
    if let hooks = reader["hooks"] {
      try hooks.allow(["postStart", "preStop"])
      postStart = try hooks.hook("postStart")
      preStop = try hooks.hook("preStop")
    }
  }
}

/// Reads one object of a behaviour and knows where it stands.
private struct BehaviorReader {
  let json: JSONValue
  let path: String

  func members() throws(BehaviorError) -> JSONObject {
    if json.isNull { return JSONObject() }
    guard let members = json.objectValue else {
      throw BehaviorError(path, "is \(json.sortName), not an object")
    }
    return members
  }

  subscript(key: String) -> BehaviorReader? {
    json[key].map { BehaviorReader(json: $0, path: "\(path).\(key)") }
  }

  func allow(_ keys: [String]) throws(BehaviorError) {
    for (key, _) in try members() where !keys.contains(key) {
      throw BehaviorError(path, "\"\(key)\" is unknown; known are \(keys.joined(separator: ", "))")
    }
  }

  func list(_ key: String) throws(BehaviorError) -> [BehaviorReader] {
    guard let value = json[key], !value.isNull else { return [] }
    guard let elements = value.arrayValue else {
      throw BehaviorError("\(path).\(key)", "is \(value.sortName), not a list")
    }
    return elements.enumerated().map {
      BehaviorReader(json: $0.element, path: "\(path).\(key)[\($0.offset)]")
    }
  }

  func duration(_ key: String) throws(BehaviorError) -> Duration? {
    guard let value = json[key], !value.isNull else { return nil }
    if value.intValue == 0 { return .zero }
    guard let text = value.stringValue, let duration = GoDuration.parse(text), duration >= .zero
    else { throw BehaviorError("\(path).\(key)", "\(value) is no duration like 5s or 1m30s") }
    return duration
  }

  func bool(_ key: String) throws(BehaviorError) -> Bool {
    guard let value = json[key], !value.isNull else { return false }
    guard let flag = value.boolValue else {
      throw BehaviorError("\(path).\(key)", "\(value) is neither true nor false")
    }
    return flag
  }

  func exitCode(_ key: String) throws(BehaviorError) -> Int32 {
    guard let value = json[key], !value.isNull else { return 0 }
    guard let code = value.intValue, let exact = Int32(exactly: code) else {
      throw BehaviorError("\(path).\(key)", "\(value) is no exit code")
    }
    return exact
  }

  func spans(_ key: String) throws(BehaviorError) -> [ContainerBehavior.ProbeSpan] {
    var spans: [ContainerBehavior.ProbeSpan] = []
    for span in try list(key) {
      try span.allow(["for", "result"])
      let duration = try span.duration("for")
      switch span.json["result"]?.stringValue {
      case "success", nil: spans.append(.init(for: duration, succeeds: true))
      case "failure": spans.append(.init(for: duration, succeeds: false))
      case "unknown":
        let error = "rpc error: code = Unknown desc = failed to exec in container"
        spans.append(.init(for: duration, error: error))
      case let other?:
        throw BehaviorError(
          "\(span.path).result", "\"\(other)\" is neither success nor failure nor unknown")
      }
    }
    return spans
  }

  func hook(_ key: String) throws(BehaviorError) -> ContainerBehavior.Hook {
    guard let hook = self[key] else { return .init() }
    try hook.allow(["for", "exit"])
    return .init(for: try hook.duration("for") ?? .zero, exit: try hook.exitCode("exit"))
  }
}
