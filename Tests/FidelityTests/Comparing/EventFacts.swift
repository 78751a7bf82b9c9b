import KubeModel

/// What the Events and the answers of a run say.
enum EventFacts {
  /// Events whose number, over the objects of one owner, is compared.
  private static let counted: Set<String> = [
    "Scheduled", "SuccessfulCreate", "SuccessfulDelete", "Killing", "Created", "Started", "Pulled",
    "Completed", "Evicted", "TaintManagerEviction", "BackoffLimitExceeded",
  ]
  /// What every node says when it starts.
  private static let nodeStart: Set<String> = [
    "Starting", "NodeHasSufficientMemory", "NodeHasNoDiskPressure", "NodeHasSufficientPID",
    "NodeAllocatableEnforced", "NodeReady", "RegisteredNode", "InvalidDiskCapacity",
    "PossibleMemoryBackedVolumesOnDisk",
  ]

  private struct Group {
    var count = 0
    var messages: Set<String> = []
    /// Some of it follows a back-off, whose length is chance.
    var isLoose = false
  }

  /// Per object, type and reason: that there are Events, their messages, and the number of some.
  static func of(_ log: Log) -> Facts {
    var groups: [String: Group] = [:]
    var order: [(name: String, reason: String)] = []
    for (time, event) in latest(log.events) {
      guard let subject = subject(of: event, at: time, in: log) else { continue }
      let reason = event.text(at: "reason")
      let name = "\(subject.name) \(event.text(at: "type")) \(reason)"
      if groups[name] == nil { order.append((name, reason)) }
      let count = event.at("count")?.intValue ?? event.at("series.count")?.intValue ?? 1
      groups[name, default: Group()].count += Int(max(count, 1))
      groups[name, default: Group()].messages.insert(message(of: event, reason, log))
      if let pod = subject.pod, ["Created", "Started", "Pulled", "Killing"].contains(reason),
        Backoffs(of: pod, end: log.end).slack(at: log.end) > 0
      {
        groups[name, default: Group()].isLoose = true
      }
    }
    var facts = Facts()
    for (name, reason) in order {
      guard let group = groups[name] else { continue }
      facts.add(.event, name, .exact("there"))
      let messages = group.messages.sorted().joined(separator: " | ")
      facts.add(.event, name + " messages", .exact(messages))
      if counted.contains(reason), !group.isLoose {
        facts.add(.event, name + " count", .count(group.count))
      }
    }
    return facts
  }

  /// Each Event once, as it was last, with the time of its first version.
  private static func latest(
    _ events: [(time: Double, object: JSONValue)]
  ) -> [(time: Double, object: JSONValue)] {
    var places: [String: Int] = [:]
    var latest: [(time: Double, object: JSONValue)] = []
    for (time, event) in events {
      let key = event.text(at: "metadata.namespace") + "/" + event.text(at: "metadata.name")
      if let place = places[key] {
        latest[place].object = event
      } else {
        places[key] = latest.count
        latest.append((time, event))
      }
    }
    return latest
  }

  /// What an Event is about; nil for Events that are not compared.
  private static func subject(
    of event: JSONValue, at time: Double, in log: Log
  ) -> (name: String, pod: RecordedObject?)? {
    let involved = event.at("involvedObject") ?? event.at("regarding") ?? .null
    let kind = involved.text(at: "kind")
    let name = involved.text(at: "name")
    let reason = event.text(at: "reason")
    if kind == "Namespace" || kind == "Service" && name == "kubernetes" { return nil }
    if words(of: event).contains("errored and resulted in unknown state") { return nil }
    let namespace = kind == "Node" ? "" : involved.text(at: "namespace")
    let object = log.find(kind, namespace, name, at: time)
    if kind == "Node", nodeStart.contains(reason),
      time <= 0 || time < 1 && object?.isInitial == true
    {
      return nil
    }
    guard let object else { return ("\(kind)/\(name)", nil) }
    guard object.kind == "Pod" else { return (object.canonicalName, nil) }
    // Which of the pods that want an image at the same moment pulls it is chance.
    if reason == "Pulling" { return ("any Pod", object) }
    return (withoutIndex(object.group), object)
  }

  /// The group without a Job's completion index.
  private static func withoutIndex(_ group: String) -> String {
    guard group.hasSuffix("]"), let open = group.lastIndex(of: "["),
      Int(group[group.index(after: open)...].dropLast()) != nil
    else { return group }
    return String(group[..<open])
  }

  private static func words(of event: JSONValue) -> String {
    event.at("message")?.stringValue ?? event.text(at: "note")
  }

  /// The message without what chance decides.
  private static func message(of event: JSONValue, _ reason: String, _ log: Log) -> String {
    let text = log.names.text(words(of: event))
    switch reason {
    case "ScalingReplicaSet":
      // The size of each move depends on which pods were ready at the same moment.
      return text.replacing(#/ from \d+ to \d+$| to \d+( from \d+)?$/#, with: "")
    case "Pulled":
      return text.firstMatch(of: #/"[^"]*"/#).map { "image \($0.output) present or pulled" } ?? text
    case "FailedScheduling":
      let rest = text.replacing(
        #/[.,]? ?(no new claims to deallocate|preemption: .*)$/#, with: "")
      return String(rest.reversed().drop { ". ,".contains($0) }.reversed())
    default: return text
    }
  }

  /// The answers to steps, in order.
  static func responses(of log: Log) -> Facts {
    var facts = Facts()
    var counts: [String: Int] = [:]
    let sorted = log.responses.enumerated().sorted { one, two in
      let left = (one.element.at("step")?.intValue ?? 0, one.element.at("t")?.doubleValue ?? 0)
      let right = (two.element.at("step")?.intValue ?? 0, two.element.at("t")?.doubleValue ?? 0)
      return left == right ? one.offset < two.offset : left < right
    }
    for response in sorted.map(\.element) {
      let verb = response.text(at: "verb")
      let key = "step \(response.at("step")?.intValue ?? 0) \(verb)"
      counts[key, default: 0] += 1
      let name = "\(key) (\(counts[key] ?? 0))"
      let code = response.at("code")?.intValue ?? 0
      let reason = code >= 400 ? response.text(at: "reason") : ""
      facts.add(.response, name, .exact("\(code) \(reason)"))
      if verb != "drain", code >= 400 {
        facts.add(
          .response, name + " message", .exact(log.names.text(response.text(at: "message"))))
      }
    }
    return facts
  }
}
