import KubeModel

/// What the kubelet can learn of the process in a container: when it ends, how it answers probes,
/// hooks and signals. The one door between the kubelet and whatever plays the process.
protocol ContainerProgram: Sendable {
  /// How the pull of its image goes.
  var imagePull: ContainerBehavior.Pull { get }

  /// When a run ends by itself, counted from its start; runs are counted from 0. Nil for never.
  func ending(ofRun run: Int) -> ProgramEnding?

  /// What it does at SIGTERM, counted from the signal. Nil: nothing.
  var answerToStop: ProgramEnding? { get }

  /// What a probe finds so long after the start.
  func probe(_ kind: ProbeKind, after elapsed: Duration) -> ProbeAnswer

  /// How the hook after the start goes.
  var afterStart: ProgramEnding { get }

  /// How the hook before the stop goes.
  var beforeStop: ProgramEnding { get }
}

/// When something ends and with which code.
struct ProgramEnding: Hashable, Sendable {
  var after: Duration
  var code: Int32
}

/// What a probe finds, and until when it will go on finding that.
struct ProbeAnswer: Hashable, Sendable {
  var succeeds: Bool
  /// Why nothing is found; nil when something is.
  var error: String?
  /// From the container's start; nil for ever.
  var until: Duration?
}

/// The three probes.
enum ProbeKind: String, Sendable {
  case startup = "Startup"
  case readiness = "Readiness"
  case liveness = "Liveness"
}

extension ContainerBehavior: ContainerProgram {
  var imagePull: Pull { pull }

  func ending(ofRun run: Int) -> ProgramEnding? {
    guard !runs.isEmpty else { return nil }
    let script = runs[min(run, runs.count - 1)]
    return script.duration.map { ProgramEnding(after: $0, code: script.exitCode) }
  }

  var answerToStop: ProgramEnding? {
    stop.isIgnored ? nil : ProgramEnding(after: stop.delay, code: stop.exitCode)
  }

  func probe(_ kind: ProbeKind, after elapsed: Duration) -> ProbeAnswer {
    let spans =
      switch kind {
      case .startup: startup
      case .readiness: readiness
      case .liveness: liveness
      }
    guard let last = spans.last else { return ProbeAnswer(succeeds: true, until: nil) }
    // [{for: 5s, failure}, {success}]: at 4 s failure until 5 s, at 5 s success for ever.
    var end = Duration.zero
    for span in spans.dropLast() {
      guard let length = span.duration else {
        return ProbeAnswer(succeeds: span.succeeds, error: span.error, until: nil)
      }
      end += length
      if elapsed < end {
        return ProbeAnswer(succeeds: span.succeeds, error: span.error, until: end)
      }
    }
    return ProbeAnswer(succeeds: last.succeeds, error: last.error, until: nil)
  }

  var afterStart: ProgramEnding {
    ProgramEnding(after: postStart.duration, code: postStart.exitCode)
  }

  var beforeStop: ProgramEnding { ProgramEnding(after: preStop.duration, code: preStop.exitCode) }
}
