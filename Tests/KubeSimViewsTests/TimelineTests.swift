import KubeModel
import SimulationKernel
import Testing

@testable import KubeSim
@testable import KubeSimViews

@Suite struct TimelineTests {
  /// A Deployment of one pod that is rolled to an image that crashes once.
  private var timeline: Timeline {
    func set(_ name: String, _ revision: String, _ image: String) -> ReplicaSet {
      var set = ReplicaSet()
      set.metadata.name = name
      set.metadata.uid = UID(name)
      set.metadata.annotations["deployment.kubernetes.io/revision"] = revision
      set.spec.template.spec.containers = [Container(name: "app", image: image)]
      var deployment = Deployment()
      deployment.metadata.name = "web"
      deployment.metadata.uid = UID("web")
      set.metadata.ownerReferences = [OwnerReference(controller: deployment)]
      return set
    }
    func deployment(available: Int32) -> Deployment {
      var deployment = Deployment()
      deployment.metadata.name = "web"
      deployment.status.availableReplicas = available
      return deployment
    }
    let (old, new) = (set("web-aaa", "1", "web:1"), set("web-bbb", "2", "web:2"))
    var first = Samples.pod("web-aaa-x")
    first.metadata.ownerReferences = [OwnerReference(controller: old)]
    var second = Samples.pod("web-bbb-y")
    second.metadata.ownerReferences = [OwnerReference(controller: new)]
    var crashed = Samples.running(second, on: "node-2", ready: false)
    crashed.status.containerStatuses[0].state = ContainerState()
    crashed.status.containerStatuses[0].state.waiting = ContainerStateWaiting()
    crashed.status.containerStatuses[0].state.waiting?.reason = "CrashLoopBackOff"
    var placed = first
    placed.spec.nodeName = "node-1"
    var stopping = Samples.running(first)
    stopping.metadata.deletionTimestamp = Samples.time(10)
    let events = [
      Samples.event(0, deployment(available: 0), .added), Samples.event(0, old, .added),
      Samples.event(0, first, .added), Samples.event(1, placed),
      Samples.event(3, Samples.running(first, ready: false)),
      Samples.event(4, Samples.running(first)), Samples.event(4, deployment(available: 1)),
      Samples.event(6, new, .added), Samples.event(6, second, .added),
      Samples.event(7.2, Samples.running(second, on: "node-2", ready: false)),
      Samples.event(8.2, crashed),
      Samples.event(8.4, Samples.running(second, on: "node-2", ready: false)),
      Samples.event(10, Samples.running(second, on: "node-2")), Samples.event(10, stopping),
      Samples.event(11.5, stopping, .deleted),
    ]
    let marks = [
      Timeline.Mark(time: .zero, text: "applied Deployment web"),
      Timeline.Mark(time: Samples.instant(6), text: "set a new image for Deployment web"),
    ]
    return Timeline(events: events, marks: marks, end: Samples.instant(60))
  }

  @Test func aRolloutIsDrawn() {
    #expect(
      timeline.text(columns: 20) == """
        you                  1     2
        time                 0s        10s
                             |---------|--

        Deployment web
          revision 1: web:1, ReplicaSet web-aaa
            x  node-1        PCCR======TT.
          revision 2: web:2, ReplicaSet web-bbb
            y  node-2              PR!R===

        available pods: web  0000011111111

        A line is a pod, time runs to the right, a column is 1s. Nothing more changes until 1m.
          P  pending: waits for a node
          C  creating: pulls images, starts containers
          R  running, not ready for traffic yet
          =  ready: takes traffic
          !  in error, or waiting to be tried again
          T  terminating: told to stop
          .  gone
          0  numbers are the least within a column

        What you did
          1   0s      applied Deployment web
          2   6s      set a new image for Deployment web

        """)
  }

  @Test func theStoryIsTold() {
    #expect(
      Story(timeline).text == """
        0s     You applied Deployment web.
        0s     1 pod of Deployment web (revision 1: web:1) came into being.
        4s     1 pod of Deployment web (revision 1: web:1) became ready.
        6s     You set a new image for Deployment web.
        6s     1 pod of Deployment web (revision 2: web:2) came into being.
        8.2s   1 pod of Deployment web (revision 2: web:2) ran into an error.
        10s    1 pod of Deployment web (revision 1: web:1) got the order to stop.
        10s    1 pod of Deployment web (revision 2: web:2) became ready.
        11.5s  1 pod of Deployment web (revision 1: web:1) went away.

        """)
  }

  @Test func colourIsOnlyAroundTheSigns() {
    let plain = timeline.text()
    let coloured = timeline.text(colour: true)
    #expect(coloured.contains("\u{1b}[32m=\u{1b}[0m"))
    #expect(coloured.replacing(#/\x1b\[\d+m/#, with: "") == plain)
    #expect(!plain.contains("\u{1b}"))
  }

  @Test func aNarrowTextHasLongerColumns() {
    let lines = timeline.text(columns: 7).split(separator: "\n")
    #expect(lines.contains("    x  node-1        CR===T."))
    #expect(lines.contains { $0.contains("a column is 2s") })
  }

  @Test func podsBeyondTheLimitAreCounted() {
    let events = (0..<5).map { Samples.event(0, Samples.pod("job-\($0)"), .added) }
    let text = Timeline(events: events, marks: [], end: Samples.instant(5)).text(lanes: 2)
    #expect(text.contains("job-1"))
    #expect(!text.contains("job-2"))
    #expect(text.contains("    and 3 more\n"))
  }

  @Test func anEmptyRunSaysSo() {
    #expect(Timeline(events: [], marks: [], end: .zero).text() == "Nothing happened.\n")
  }

  @Test func aPodOfTheSameNameGoesOnInTheSameLane() {
    let pod = Samples.pod("db-0")
    let timeline = Timeline(
      events: [
        Samples.event(0, Samples.running(pod), .added), Samples.event(2, pod, .deleted),
        Samples.event(4, Samples.running(pod), .added),
      ], marks: [], end: Samples.instant(5))
    #expect(timeline.sections.flatMap(\.lanes).count == 1)
    #expect(timeline.text().contains("    db-0  node-1  ==="))
  }

  @Test func numbersOfManyDigitsStandWhereTheyChange() {
    func deployment(_ available: Int32) -> Deployment {
      var deployment = Deployment()
      deployment.metadata.name = "big"
      deployment.status.availableReplicas = available
      return deployment
    }
    let timeline = Timeline(
      events: [(0, 0), (2, 8), (4, 120)].map { Samples.event($0.0, deployment($0.1)) }, marks: [],
      end: Samples.instant(9))
    #expect(timeline.text(columns: 10).contains("available pods: big  0----8---120-\n"))
  }

  @Test func numbersThatTouchGetARowOfTheirOwn() {
    let marks = (0..<12).map { Timeline.Mark(time: Samples.instant(Double($0)), text: "waited") }
    let text = Timeline(events: [], marks: marks, end: Samples.instant(12)).text(
      columns: 20)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "you   1 3 5 7 9 11")
    #expect(lines[1] == "       2 4 6 8 10")
    #expect(lines[2] == "                 12")
  }
}

@Suite struct TimelineScaleTests {
  private static let scales: [(Double, Int, String, Int)] = [
    (72.0, 72, "1s", 72), (73.0, 72, "2s", 37), (0.5, 72, "0.1s", 5), (3600.0, 72, "1m", 60),
    (31_536_000.0, 72, "7d", 53), (0.0, 72, "0.1s", 1), (100.0, 0, "2m", 1),
  ]

  @Test(arguments: scales) func theUnitIsTheSmallestThatFits(
    seconds: Double, limit: Int, unit: String, columns: Int
  ) {
    let scale = TimelineScale(end: Samples.instant(seconds), columns: limit)
    #expect((Instant.zero + scale.unit).shortText == unit)
    #expect(scale.columns == columns)
  }

  @Test func aCenturyFitsToo() {
    let scale = TimelineScale(end: Samples.instant(3.2e9), columns: 10)
    #expect(scale.columns <= 10)
    #expect(scale.column(of: .distantFuture) == scale.columns - 1)
    #expect(scale.column(of: Samples.instant(-1)) == 0)
  }
}

@Suite struct UserStepsTests {
  private func trace(_ steps: [(Double, String, String, StaticString, String)]) -> Trace {
    var trace = Trace()
    for (time, actor, name, rule, detail) in steps {
      let subject = trace.add(StepSubject(sort: "Deployment", scope: "default", name: name))
      trace.record(
        at: Samples.instant(time), actor: actor, action: "update", subject: subject, rule: rule,
        detail: detail, cause: .none)
    }
    return trace
  }

  @Test func equalDeedsOfOneSecondStandTogether() {
    let marks = UserSteps(
      of: trace([
        (0, "you", "a", "apply", ""), (0.01, "you", "b", "apply", ""), (0, "you", "c", "apply", ""),
        (1, "kubelet", "a", "anything", ""), (2, "you", "a", "scale", "to 5"),
        (3, "you", "a", "rollout undo", "revision 0"),
      ])
    ).marks
    #expect(
      marks.map(\.text) == [
        "applied Deployment a, Deployment b and Deployment c", "scaled Deployment a (to 5)",
        "undid the rollout of Deployment a",
      ])
    #expect(marks.map(\.time) == [0, 2, 3].map { Samples.instant($0) })
  }

  @Test func manyObjectsAreCounted() {
    let steps = (0..<6).map { (0.0, "you", "d\($0)", StaticString("apply"), "") }
    #expect(UserSteps(of: trace(steps)).marks.map(\.text) == ["applied 6 Deployments"])
  }

  @Test func anUnknownDeedIsNamed() {
    let marks = UserSteps(of: trace([(0, "you", "a", "paint", "")])).marks
    #expect(marks.map(\.text) == ["did \"paint\" to Deployment a"])
  }
}
