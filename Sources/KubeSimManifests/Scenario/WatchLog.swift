import KubeSim

/// The answer that a step got, when it changed no object: a refusal, or what an eviction says.
public struct StepResponse: Hashable, Sendable {
  /// When.
  public var time: Instant
  /// The step's number in the scenario, from 0.
  public var step: Int
  /// The step's verb.
  public var verb: String
  /// The HTTP code; for a drain its exit code.
  public var code: Int
  /// The machine-readable reason.
  public var reason: String
  /// The text.
  public var message: String
}

/// One line of a run's log: a change that a client who watches everything would see, or the answer
/// to a step.
public enum WatchLine: Sendable {
  case change(WatchEvent)
  case response(StepResponse)

  /// The kinds that a log has, which are those of the recorded runs.
  static let kinds: [any APIObject.Type] = [
    Pod.self, ReplicaSet.self, Deployment.self, StatefulSet.self, DaemonSet.self, Job.self,
    CronJob.self, PodDisruptionBudget.self, Node.self, Event.self, EndpointSlice.self,
    ControllerRevision.self, PersistentVolumeClaim.self, HorizontalPodAutoscaler.self,
    ReplicationController.self, Service.self,
  ]

  /// The line: `{"t":12.345,"type":"ADDED","object":{…}}`, or one of type `RESPONSE`.
  public var text: String {
    switch self {
    case .change(let event):
      let line: JSONValue = [
        "t": Self.seconds(event.time), "type": .string(event.type.rawValue),
        "object": event.object.manifest,
      ]
      return line.text()
    case .response(let answer):
      let line: JSONValue = [
        "t": Self.seconds(answer.time), "type": "RESPONSE", "step": .int(Int64(answer.step)),
        "verb": .string(answer.verb), "code": .int(Int64(answer.code)),
        "reason": .string(answer.reason), "message": .string(answer.message),
      ]
      return line.text()
    }
  }

  /// Seconds with three decimals; what is below a millisecond is cut off.
  private static func seconds(_ time: Instant) -> JSONValue {
    .double(Double(time.nanoseconds / 1_000_000) / 1000)
  }
}
