import KubeSim
import SimulationKernel

/// What the user did in a run, in words.
struct UserSteps {
  /// A sentence for each thing done, in order; equal things done within a second stand together.
  let marks: [Timeline.Mark]

  /// Reads a trace.
  ///
  /// - Complexity: O(steps).
  init(of trace: Trace) {
    var marks: [Timeline.Mark] = []
    var verb = ""
    var subjects: [StepSubject] = []
    var time = Instant.zero
    func finish() {
      guard !subjects.isEmpty else { return }
      marks.append(Timeline.Mark(time: time, text: Self.sentence(verb, subjects)))
    }
    for number in 0..<trace.count {
      guard let step = trace[StepID(UInt32(number + 1))], step.actor == Cluster.user else {
        continue
      }
      let next = Self.verb(of: step)
      if next != verb || step.time - time >= .seconds(1) {
        finish()
        (verb, subjects, time) = (next, [], step.time)
      }
      if !subjects.contains(step.subject) { subjects.append(step.subject) }
    }
    finish()
    self.marks = marks
  }

  /// The verb with a `%` where the objects go, if it is about any.
  private static func verb(of step: Step) -> String {
    // Revision 0 stands for the one before the present.
    let isEmpty = step.detail.isEmpty || step.detail == "revision 0"
    let detail = isEmpty ? "" : " (\(step.detail))"
    let past: [(rule: String, verb: String)] = [
      ("create", "created %"), ("apply", "applied %"), ("update", "changed %"),
      ("update status", "changed the status of %"), ("patch", "patched %"),
      ("delete", "deleted %"), ("evict", "evicted %"), ("cordon", "cordoned %"),
      ("uncordon", "uncordoned %"), ("taint", "tainted %"), ("untaint", "untainted %"),
      ("scale", "scaled %"), ("set image", "set a new image for %"), ("kill", "killed %"),
      ("add node", "added %"), ("remove node", "removed %"),
      ("rollout undo", "undid the rollout of %"), ("rollout pause", "paused the rollout of %"),
      ("rollout resume", "resumed the rollout of %"), ("rollout restart", "restarted %"),
      ("controller managers start", "started several controller managers"),
      ("crash controller manager", "crashed a controller manager"),
      ("start controller manager", "started a controller manager again"),
    ]
    let verb = past.first { $0.rule == step.rule }?.verb ?? "did \"\(step.rule)\" to %"
    return verb + detail
  }

  /// Up to four objects by name, more by number.
  private static func sentence(_ verb: String, _ subjects: [StepSubject]) -> String {
    var words = subjects.map { "\($0.sort) \($0.name)" }
    if words.count > 4 {
      var counts: [(sort: String, count: Int)] = []
      for subject in subjects {
        if let place = counts.firstIndex(where: { $0.sort == subject.sort }) {
          counts[place].count += 1
        } else {
          counts.append((subject.sort, 1))
        }
      }
      words = counts.map { $0.count == 1 ? "1 \($0.sort)" : "\($0.count) \($0.sort)s" }
    }
    let list =
      words.count > 1
      ? words.dropLast().joined(separator: ", ") + " and " + (words.last ?? "") : words.first ?? ""
    return verb.replacing("%", with: list, maxReplacements: 1)
  }
}
