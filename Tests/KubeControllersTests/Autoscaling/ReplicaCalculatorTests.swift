import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

/// Proposals from samples. All pods request 1 CPU a container; values are thousandths.
@Suite struct ReplicaCalculatorTests {
  private let now = Timestamp(unixSeconds: 1_780_000_000)
  private var calculator: ReplicaCalculator { ReplicaCalculator(now: now) }

  /// A pod that has been ready for an hour.
  private func pod(_ name: String, _ change: (inout Pod) -> Void = { _ in }) -> Pod {
    var pod = Pod()
    pod.metadata.name = name
    pod.status.phase = .running
    pod.status.startTime = now + .seconds(-3600)
    setReady(&pod, true, since: now + .seconds(-3590))
    var container = Container()
    container.name = "app"
    container.resources.requests = ["cpu": Quantity(value: 1)]
    pod.spec.containers = [container]
    change(&pod)
    return pod
  }

  private func setReady(_ pod: inout Pod, _ ready: Bool, since time: Timestamp) {
    var condition = PodCondition(type: .ready, status: ready ? .true : .false)
    condition.lastTransitionTime = time
    pod.status.conditions = [condition]
  }

  /// A pod that started a minute ago and is not ready.
  private func young(_ name: String) -> Pod {
    pod(name) {
      $0.status.startTime = now + .seconds(-60)
      setReady(&$0, false, since: now + .seconds(-60))
    }
  }

  private func pods(_ count: Int) -> [Pod] { (0..<count).map { pod("p\($0)") } }

  private func samples(_ values: [Int64?]) -> StringMap<PodSample> {
    var samples: StringMap<PodSample> = [:]
    for (index, value) in values.enumerated() {
      guard let value else { continue }
      samples["p\(index)"] = PodSample(
        milliValue: value, timestamp: now + .seconds(-10), window: .seconds(60))
    }
    return samples
  }

  private func cpu(
    _ pods: [Pod], _ values: [Int64?], target: Int32, current: Int32? = nil
  ) throws(MetricError) -> ReplicaCalculator.Proposal {
    try calculator.utilization(
      of: "cpu", current: current ?? Int32(pods.count), target: target, pods: pods,
      samples: samples(values))
  }

  private func average(
    _ pods: [Pod], _ values: [Int64?], target: Int64
  ) throws(MetricError) -> ReplicaCalculator.Proposal {
    try calculator.average(
      of: "", current: Int32(pods.count), target: target, pods: pods, samples: samples(values))
  }

  @Test func utilizationAboveTheTargetAsksForMorePods() throws {
    let proposal = try cpu(pods(3), [300, 500, 700], target: 30)
    #expect(proposal.replicas == 5)
    #expect(proposal.utilization == 50)
  }

  @Test func aYoungUnreadyPodCountsAsIdleOnTheWayUp() throws {
    let one = try cpu([young("p0"), pod("p1"), pod("p2")], [300, 500, 700], target: 30)
    #expect(one.utilization == 60)
    #expect(one.replicas == 4)
    let two = try cpu([pod("p0"), young("p1"), young("p2")], [400, 500, 700], target: 30)
    #expect(two.replicas == 3)
  }

  @Test func aHotPodCountsAsUnreadyInItsFirstFiveMinutesUntilAWholeWindowIsOver() throws {
    let hot = pod("p0") {
      $0.status.startTime = now + .seconds(-240)
      setReady(&$0, true, since: now + .seconds(-30))
    }
    #expect(try cpu([hot, pod("p1"), pod("p2")], [300, 500, 700], target: 30).replicas == 4)
  }

  @Test func failedAndDeletedPodsAreNoPods() throws {
    let gone = [
      pod("p2") { $0.status.phase = .failed },
      pod("p3") { $0.metadata.deletionTimestamp = now },
    ]
    let all = pods(2) + gone
    #expect(try cpu(all, [500, 700, 900, 900], target: 30, current: 2).replicas == 4)
  }

  @Test func utilizationBelowTheTargetAsksForFewerPods() throws {
    let all = try cpu(pods(5), [100, 300, 500, 250, 250], target: 50)
    #expect(all.utilization == 28)
    #expect(all.replicas == 3)
  }

  @Test func unreadyPodsDoNotCountOnTheWayDown() throws {
    let some = pods(3) + [young("p3"), young("p4")]
    let proposal = try cpu(some, [100, 300, 500, 250, 250], target: 50)
    #expect(proposal.utilization == 30)
    #expect(proposal.replicas == 2)
    let pending = (1...4).map { number in pod("p\(number)") { $0.status.phase = .pending } }
    #expect(try cpu([pod("p0")] + pending, [100], target: 50).replicas == 1)
  }

  @Test func aMetricOfPodsLooksAtReadinessNotAtAll() throws {
    #expect(try average(pods(3), [20_000, 10_000, 30_000], target: 15_000).replicas == 4)
    let one = [young("p0"), pod("p1"), pod("p2")]
    #expect(try average(one, [50_000, 10_000, 30_000], target: 15_000).replicas == 6)
  }

  @Test func aValueOfAnObjectIsSharedByTheReadyPods() throws {
    let three = try calculator.value(20_000, current: 3, target: 15_000, pods: pods(3))
    #expect(three.replicas == 4)
    let one = [pod("p0"), young("p1"), young("p2")]
    #expect(try calculator.value(50_000, current: 3, target: 10_000, pods: one).replicas == 5)
    #expect(calculator.valuePerPod(20_000, current: 3, target: 5_000).replicas == 4)
  }

  @Test func anExternalValueIsSharedByTheReadyPods() throws {
    #expect(try calculator.value(8_600, current: 1, target: 4_400, pods: pods(1)).replicas == 2)
    let one = [pod("p0"), young("p1"), young("p2")]
    #expect(try calculator.value(8_600, current: 3, target: 4_400, pods: one).replicas == 2)
    #expect(calculator.valuePerPod(8_600, current: 1, target: 2_150).replicas == 4)
    #expect(calculator.valuePerPod(8_600, current: 5, target: 2_867).replicas == 3)
  }

  @Test func withinTheToleranceNothingChanges() throws {
    #expect(try cpu(pods(3), [1020, 1020, 1020], target: 100).replicas == 3)
    #expect(try calculator.value(8_600, current: 3, target: 8_888, pods: pods(3)).replicas == 3)
    for edge: Int64 in [900, 1100] {
      #expect(try cpu(pods(3), [edge, edge, edge], target: 100).replicas == 3)
    }
  }

  @Test func aToleranceOfItsOwnIsTakenPerDirection() throws {
    var strict = calculator
    strict.toleranceUp = 0
    let up = try strict.utilization(
      of: "cpu", current: 3, target: 100, pods: pods(3), samples: samples([1010, 1010, 1010]))
    #expect(up.replicas == 4)
    let down = try strict.utilization(
      of: "cpu", current: 3, target: 100, pods: pods(3), samples: samples([950, 950, 950]))
    #expect(down.replicas == 3)
    strict.toleranceUp = 0.01
    let more = try strict.value(1_033, current: 1, target: 1_000, pods: pods(1))
    #expect(more.replicas == 2)
  }

  @Test func missingPodsAreBusyOnTheWayDown() throws {
    let proposal = try cpu(pods(4), [400, 95, nil, nil], target: 100)
    #expect(proposal.utilization == 24)
    #expect(proposal.replicas == 3)
    for value: Int64 in [1000, 1900, 600] {
      #expect(try cpu(pods(2), [value], target: 100).replicas == 2)
    }
  }

  @Test func missingAndUnreadyPodsAreIdleOnTheWayUp() throws {
    let some = [young("p0"), pod("p1"), pod("p2")]
    #expect(try cpu(some, [100, 450, nil], target: 50).replicas == 3)
    #expect(try cpu(some, [100, 2000, nil], target: 50).replicas == 4)
  }

  @Test func missingPodsAreAtATargetAboveAHundredPercent() throws {
    #expect(try cpu(pods(4), [100, 100, nil, nil], target: 300).replicas == 3)
    let proposal = try calculator.utilization(
      of: "cpu", current: 4, target: 300, pods: pods(4), samples: samples([100, 100, 100, nil]))
    #expect(proposal.replicas == 2)
  }

  @Test func aSurplusPodOfARolloutDoesNotTurnTheDirection() throws {
    #expect(try cpu(pods(3), [100, 100, nil], target: 50, current: 2).replicas == 2)
  }

  @Test func samplesOfUnknownPodsAreIgnored() throws {
    let proposal = try cpu(pods(4), [5875, 5875, 5875, 5875, 9_000_000], target: 100)
    #expect(proposal.utilization == 587)
    #expect(proposal.replicas == 24)
  }

  @Test func samplesOfStrangersAloneAreAnError() throws {
    let stranger: StringMap<PodSample> = [
      "other": PodSample(milliValue: 1, timestamp: now, window: .zero)
    ]
    let error = #expect(throws: MetricError.self) {
      try calculator.utilization(
        of: "cpu", current: 1, target: 50, pods: pods(1), samples: stranger)
    }
    #expect(error?.message == "no metrics returned matched known pods")
  }

  @Test func aContainerWithoutARequestIsAnError() throws {
    let bare = pod("p0") { $0.spec.containers[0].resources.requests = [:] }
    let error = #expect(throws: MetricError.self) { try cpu([bare], [100], target: 50) }
    #expect(error?.message == "missing request for cpu in container app of Pod p0")
  }

  @Test func withoutPodsOrSamplesThereIsNoAnswer() throws {
    let none = #expect(throws: MetricError.self) { try cpu([], [], target: 50) }
    #expect(none?.message == "no pods returned by selector while calculating replica count")
    let unready = #expect(throws: MetricError.self) { try cpu([young("p0")], [100], target: 50) }
    #expect(
      unready?.message == "did not receive metrics for targeted pods (pods might be unready)")
  }

  @Test func theRequestOfAWholePodReplacesThoseOfItsContainers() throws {
    let whole = pod("p0") {
      var resources = ResourceRequirements()
      resources.requests = ["cpu": Quantity(value: 2)]
      $0.spec.resources = resources
    }
    #expect(try cpu([whole], [1000], target: 25).utilization == 50)
  }

  @Test func aHugeValueIsCappedAndNoTrap() throws {
    let proposal = try calculator.value(.max, current: 1, target: 1, pods: pods(1))
    #expect(proposal.replicas == .max)
    #expect(calculator.valuePerPod(0, current: 0, target: 1_000).replicas == 0)
  }
}
