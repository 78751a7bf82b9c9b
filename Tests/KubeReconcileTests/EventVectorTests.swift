import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

@Suite struct EventVectorTests {
  /// What the server holds, and what was sent to it.
  private struct Sink {
    var store = Store()
    var recorder = EventRecorder()

    mutating func send(_ draft: EventDraft, at now: Instant, _ clock: Clock) -> JSONValue {
      let snapshot = Snapshot(store: store, now: now, clock: clock)
      switch recorder.record(draft, in: snapshot) {
      case .hold: return [["action": "skip"]]
      case .create(let event):
        recorder.stored(store.insert(event), at: now)
        return [["action": "create", "event": Self.shown(event)]]
      case .update(let key, let event):
        store.replace(key, with: event)
        return [["action": "patch", "event": Self.shown(event)]]
      }
    }

    static func shown(_ event: Event) -> JSONValue {
      [
        "component": .string(event.source.component), "count": .int(Int64(event.count)),
        "firstTimestamp": event.firstTimestamp.json, "lastTimestamp": event.lastTimestamp.json,
        "message": .string(event.message), "name": .string(event.metadata.name),
        "object": .string("\(event.involvedObject.kind)/\(event.involvedObject.name)"),
        "reason": .string(event.reason), "type": .string(event.type.rawValue),
      ]
    }
  }

  private func draft(_ json: JSONValue, _ namespace: String) -> EventDraft {
    var regarding = ObjectReference()
    regarding.kind = json["kind"]?.stringValue ?? ""
    regarding.apiVersion = "v1"
    regarding.namespace = namespace
    regarding.name = json["name"]?.stringValue ?? ""
    regarding.uid = UID("uid-" + regarding.name)
    return EventDraft(
      EventType(rawValue: json["type"]?.stringValue ?? ""), json["reason"]?.stringValue ?? "",
      json["message"]?.stringValue ?? "", regarding: regarding,
      component: json["component"]?.stringValue ?? "", host: json["host"]?.stringValue ?? "")
  }

  private func play(_ input: JSONValue) throws -> JSONValue {
    let start = try #require(Timestamp(input["start"]?.stringValue ?? ""))
    let clock = Clock(start: start)
    var sink = Sink()
    var steps: [JSONValue] = []
    for event in input["events"]?.arrayValue ?? [] {
      let seconds = event["at"]?.doubleValue ?? 0
      let now = Instant(nanoseconds: Int64((seconds * 1e9).rounded()))
      if event["serverForgetsEventsBefore"]?.boolValue == true { sink.store = Store() }
      steps.append(sink.send(draft(event, input["namespace"]?.stringValue ?? ""), at: now, clock))
    }
    let table = sink.store[Event.self]
    let stored = table.keys.compactMap { table[$0] }
      .sorted { $0.metadata.name < $1.metadata.name }.map { Sink.shown($0) }
    return ["steps": .array(steps), "stored": .array(stored)]
  }

  @Test func eventsAreCountedJoinedAndHeldBackAsUpstreamDoes() throws {
    try checkVectors("events") { try play($0.input) }
  }
}
