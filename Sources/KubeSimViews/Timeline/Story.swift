import SimulationKernel

/// A run told in sentences: what the user did, and what became of the pods.
///
/// ```
/// 0s     You applied Deployment web.
/// 0s     3 new pods of Deployment web (revision 1: web:1.0).
/// 6s     3 pods of Deployment web (revision 1: web:1.0) became ready.
/// ```
public struct Story: Hashable, Sendable {
  /// One sentence.
  public struct Sentence: Hashable, Sendable {
    /// When it happened; what happened within one second is told together.
    public let time: Instant
    /// What happened.
    public let text: String
  }

  /// The sentences, in order.
  public let sentences: [Sentence]

  /// The story of a timeline.
  public init(_ timeline: Timeline) {
    let marks = timeline.marks.map { Sentence(time: $0.time, text: "You \($0.text).") }
    let others = timeline.sections.flatMap(Self.sentences)
    // Of one second, the user's deed comes first: it is the cause.
    sentences = (marks + others).enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }.map(\.element)
  }

  /// The text, a line for each sentence.
  public var text: String {
    sentences.map { $0.time.shortText.padded(to: 7) + $0.text + "\n" }.joined()
  }

  private struct Happening {
    let second: Int64
    let verb: String
    var time: Instant
    var pods: [String] = []
  }

  private static func sentences(of section: Timeline.Section) -> [Sentence] {
    var happenings: [Happening] = []
    for lane in section.lanes {
      for (index, change) in lane.states.enumerated() {
        let isNew = index == 0 || lane.states[index - 1].value == .gone
        guard let verb = verb(for: change.value, isNew: isNew) else { continue }
        let second = change.time.nanoseconds / 1_000_000_000
        let place = happenings.firstIndex { $0.second == second && $0.verb == verb }
        if place == nil {
          happenings.append(Happening(second: second, verb: verb, time: change.time))
        }
        let known = place ?? happenings.count - 1
        happenings[known].pods.append(lane.name)
        happenings[known].time = min(happenings[known].time, change.time)
      }
    }
    return happenings.map {
      Sentence(time: $0.time, text: "\(Self.name($0.pods, of: section)) \($0.verb).")
    }
  }

  /// `3 pods of Deployment web (revision 1: web:1.0)`; pods without a controller by their names.
  private static func name(_ pods: [String], of section: Timeline.Section) -> String {
    if section.group == Timeline.Section.unmanaged {
      return (pods.count == 1 ? "Pod " : "Pods ") + pods.joined(separator: ", ")
    }
    let title = section.title.isEmpty ? "" : " (\(section.title))"
    return (pods.count == 1 ? "1 pod" : "\(pods.count) pods") + " of \(section.group)\(title)"
  }

  /// What is worth a sentence; nil for what only leads to it.
  private static func verb(for state: LaneState, isNew: Bool) -> String? {
    switch state {
    case .ready: "became ready"
    case .failing: "ran into an error"
    case .succeeded: "ended well"
    case .failed: "failed for good"
    case .terminating: "got the order to stop"
    case .gone: "went away"
    case .pending, .starting, .running: isNew ? "came into being" : nil
    }
  }
}
