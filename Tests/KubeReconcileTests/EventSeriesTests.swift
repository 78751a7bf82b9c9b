import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

/// How Events of the events.k8s.io API become series.
@Suite struct EventSeriesTests {
  private var store = Store()
  private var recorder = EventRecorder()

  /// Reports a failure about a version of a pod; what became of it.
  private mutating func report(_ version: UInt64, _ message: String, at seconds: Int64) -> String {
    let now = Instant.zero + .seconds(seconds)
    var pod = Pod()
    pod.metadata.name = "web"
    pod.metadata.uid = UID("uid-1")
    pod.metadata.resourceVersion = ResourceVersion(version)
    let draft = EventDraft(
      .warning, "FailedScheduling", message, regarding: ObjectReference(to: pod),
      component: "default-scheduler", action: "Scheduling")
    switch recorder.record(draft, in: Snapshot(store: store, now: now, clock: Clock())) {
    case .hold: return "hold"
    case .create(var event):
      event.metadata.name = "e\(seconds)"
      recorder.stored(store.insert(event), at: now)
      return "create"
    case .update(let key, let event):
      store.replace(key, with: event)
      return "update"
    }
  }

  @Test mutating func repeatsAboutTheSameVersionAreASeriesOfWhichTheSecondIsWritten() {
    #expect(report(1, "no room", at: 0) == "create")
    #expect(report(1, "no room", at: 10) == "update")
    #expect(report(1, "still no room", at: 20) == "hold")
  }

  @Test mutating func aRepeatAboutAnotherVersionIsAnEventOfItsOwn() {
    #expect(report(1, "no room", at: 0) == "create")
    #expect(report(2, "still no room", at: 10) == "create")
    #expect(report(2, "still no room", at: 20) == "update")
  }
}
