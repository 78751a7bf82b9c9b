import KubeModel

/// For how long the containers of a pod were held in a back-off.
///
/// A kubelet waits for a back-off times a random factor of 1 to 1.5, so all that comes after one is
/// known to within half of it only.
struct Backoffs {
  private var spans: [[(start: Double, end: Double)]] = []

  private static let states = [
    "waiting:CrashLoopBackOff", "waiting:ImagePullBackOff", "waiting:ErrImagePull",
    "waiting:CreateContainer", "waiting:RunContainerError", "waiting:PostStartHookError",
    "terminated:",
  ]

  init(of pod: RecordedObject, end: Double) {
    let names = Set(
      pod.versions.flatMap { RecordedObject.containers(of: $0.object).map { $0.text(at: "name") } })
    for name in names.sorted() {
      var found: [(Double, Double)] = []
      var start: Double?
      for (time, object) in pod.versions {
        let state = RecordedObject.containers(of: object).last { $0.text(at: "name") == name }
          .map(PodState.container)
        let isHeld =
          Self.states.contains { state?.hasPrefix($0) == true }
          && object.at("metadata.deletionTimestamp") == nil
          && ["Pending", "Running"].contains(object.text(at: "status.phase"))
          && object.text(at: "spec.restartPolicy") != "Never"
        if isHeld, start == nil { start = time }
        if !isHeld, let begin = start {
          found.append((begin, time))
          start = nil
        }
      }
      if let start { found.append((start, pod.deleted ?? end)) }
      spans.append(found)
    }
  }

  /// The room a time needs.
  func slack(at time: Double) -> Double {
    let held = spans.map { spans in
      spans.reduce(0.0) { sum, span in
        let counts = span.end - span.start > 1.5 && span.start < time
        return sum + (counts ? max(0, min(span.end, time) - span.start) : 0)
      }
    }
    return 0.5 * (held.max() ?? 0)
  }
}
