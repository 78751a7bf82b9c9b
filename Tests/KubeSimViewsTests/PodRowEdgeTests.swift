import KubeModel
import KubeSimViews
import SimulationKernel
import Testing

/// READY, STATUS and RESTARTS of a pod, case by case, as `kubectl get pods` prints them.
@Suite struct PodRowEdgeTests {
  private enum State {
    case none, running
    case waiting(String)
    case ended(String, Int32)
  }

  private static let now: Int64 = 40 * 86400

  private func status(
    _ name: String, _ state: State, ready: Bool = false, started: Bool? = nil, restarts: Int32 = 0,
    ago: Int64? = nil
  ) -> ContainerStatus {
    var status = ContainerStatus()
    status.name = name
    status.ready = ready
    status.started = started
    status.restartCount = restarts
    switch state {
    case .none: break
    case .running: status.state.running = ContainerStateRunning()
    case .waiting(let reason):
      status.state.waiting = ContainerStateWaiting()
      status.state.waiting?.reason = reason
    case .ended(let reason, let code):
      status.state.terminated = ContainerStateTerminated()
      status.state.terminated?.reason = reason
      status.state.terminated?.exitCode = code
    }
    if let ago {
      status.lastState.terminated = ContainerStateTerminated()
      status.lastState.terminated?.finishedAt = Samples.time(Self.now - ago)
    }
    return status
  }

  /// The row of a pod with as many containers as it has statuses.
  private func row(
    _ phase: PodPhase, _ mains: [ContainerStatus], inits: [ContainerStatus] = [],
    sidecars: [ContainerStatus] = [], _ change: (inout Pod) -> Void = { _ in }
  ) -> String {
    var pod = Samples.pod("web")
    pod.spec.containers = mains.map { Container(name: $0.name, image: "app:1") }
    if mains.isEmpty { pod.spec.containers = [Container(name: "app", image: "app:1")] }
    pod.spec.initContainers = inits.map { Container(name: $0.name, image: "app:1") }
    pod.spec.initContainers += sidecars.map {
      var sidecar = Container(name: $0.name, image: "app:1")
      sidecar.restartPolicy = .always
      return sidecar
    }
    pod.status.phase = phase
    pod.status.containerStatuses = mains
    pod.status.initContainerStatuses = inits + sidecars
    change(&pod)
    let now = MicroTime(unixMicroseconds: Samples.start.unixMicroseconds + Self.now * 1_000_000)
    let cells = Table(of: [pod], at: now).rows.first ?? []
    return cells.dropFirst().prefix(3).map(\.text).joined(separator: " ")
  }

  private func withCondition(
    _ type: PodConditionType, _ status: ConditionStatus = .true, reason: String = ""
  ) -> (inout Pod) -> Void {
    { $0.status.conditions.append(PodCondition(type: type, status: status, reason: reason)) }
  }

  private var ready: ContainerStatus { status("a", .running, ready: true, restarts: 3) }

  @Test func aContainerWithoutAStateLeavesThePhase() {
    #expect(row(.running, [ready, status("b", .none, restarts: 3)]) == "1/2 Running 6")
  }

  @Test func aWaitingContainersReasonIsTheStatus() {
    #expect(
      row(.running, [ready, status("b", .waiting("Slow"), restarts: 3)]) == "1/2 Slow 6")
  }

  @Test func theFirstContainerOfTheListWins() {
    #expect(
      row(
        .running,
        [
          status("a", .waiting("Slow"), restarts: 3), status("b", .ended("Dead", 0), restarts: 3),
        ]) == "0/2 Slow 6")
  }

  @Test func aReadyContainerThatDoesNotRunIsNotCounted() {
    #expect(row(.running, [ready, status("b", .none, ready: true)]) == "1/2 Running 3")
  }

  @Test func theStatusReasonGoesBeforeThePhase() {
    #expect(row(.failed, []) { $0.status.reason = "Evicted" } == "0/1 Evicted 0")
  }

  @Test func completedBesideARunningContainerDependsOnReady() {
    let mains = [status("a", .ended("Completed", 0), restarts: 3), ready]
    #expect(row(.running, mains) == "1/2 NotReady 6")
    #expect(row(.running, mains, withCondition(.ready)) == "1/2 Running 6")
  }

  @Test func aRunningInitContainerIsCountedByItsPlace() {
    let waiting = status("a", .waiting("PodInitializing"))
    let again = status("i", .running, restarts: 3, ago: 10)
    #expect(row(.pending, [waiting], inits: [again]) == "0/1 Init:0/1 3 (10s ago)")
    #expect(
      row(.pending, [waiting], inits: [again, status("j", .waiting("PodInitializing"))])
        == "0/1 Init:0/2 3 (10s ago)")
    let done = status("h", .ended("Completed", 0), ready: true)
    #expect(row(.pending, [waiting], inits: [done, again]) == "0/1 Init:1/2 3 (10s ago)")
  }

  @Test func restartsOfInitContainersAddUpAndTheLatestIsNamed() {
    let done = status("h", .ended("Completed", 0), ready: true, restarts: 2, ago: 120)
    #expect(
      row(
        .pending, [status("a", .waiting("PodInitializing"))],
        inits: [done, status("i", .running, restarts: 3, ago: 10)]) == "0/1 Init:1/2 5 (10s ago)")
  }

  @Test func restartsOfInitContainersAreForgottenOnceTheyAreDone() {
    let done = status("h", .ended("Completed", 0), ready: true, restarts: 2, ago: 120)
    #expect(
      row(.running, [status("a", .running, restarts: 4, ago: 20)], inits: [done])
        == "0/1 Running 4 (20s ago)")
  }

  @Test func theLatestOfAllRestartsIsNamed() {
    let day: Int64 = 86400
    func main(_ name: String, _ restarts: Int32, _ days: Int64?) -> ContainerStatus {
      status(
        name, .running, ready: true, restarts: restarts, ago: days.map { $0 * day })
    }
    #expect(row(.running, [main("a", 3, 5)]) == "1/1 Running 3 (5d ago)")
    #expect(row(.running, [main("a", 6, 5), main("b", 3, 20)]) == "2/2 Running 9 (5d ago)")
    #expect(row(.running, [main("a", 0, nil), main("b", 3, 10)]) == "2/2 Running 3 (10d ago)")
  }

  @Test func aGatedPodSaysSo() {
    #expect(
      row(.pending, [], withCondition(.podScheduled, .false, reason: "SchedulingGated"))
        == "0/1 SchedulingGated 0")
  }

  @Test func aPodThatEndedKeepsItsStatusWhileItIsDeleted() {
    let done = [status("a", .ended("Completed", 0))]
    #expect(row(.succeeded, done) == "0/1 Completed 0")
    #expect(
      row(.succeeded, done) { $0.metadata.deletionTimestamp = Samples.time(1) }
        == "0/1 Completed 0")
    #expect(row(.failed, [status("a", .ended("Error", 1))]) == "0/1 Error 0")
  }

  @Test func aPodThatIsDeletedIsTerminating() {
    let delete: (inout Pod) -> Void = { $0.metadata.deletionTimestamp = Samples.time(1) }
    #expect(row(.running, [ready], delete) == "1/1 Terminating 3")
    #expect(row(.pending, [], delete) == "0/1 Terminating 0")
    #expect(
      row(.running, [ready]) {
        delete(&$0)
        $0.status.reason = "NodeLost"
      } == "1/1 Unknown 3")
  }

  @Test func aFailureGoesBeforeARunningContainerInEitherOrder() {
    let crash = status("b", .ended("podCrash", 1))
    let running = status("a", .running, ready: true)
    #expect(row(.failed, [crash, running]) == "1/2 podCrash 0")
    #expect(row(.failed, [running, crash]) == "1/2 podCrash 0")
    #expect(row(.failed, [running, crash, status("c", .ended("", 0))]) == "1/3 podCrash 0")
  }

  @Test func aTerminatedContainerWithoutAReasonShowsItsCode() {
    #expect(row(.running, [status("a", .ended("", 7))]) == "0/1 ExitCode:7 0")
    #expect(
      row(.pending, [status("a", .waiting("PodInitializing"))], inits: [status("i", .ended("", 7))])
        == "0/1 Init:ExitCode:7 0")
  }

  @Test func aSidecarThatHasNotStartedKeepsThePodInitializing() {
    let waiting = [status("a", .waiting("PodInitializing"))]
    let first = status("x", .running, started: false, restarts: 3, ago: 10)
    let second = status("y", .waiting("PodInitializing"))
    #expect(row(.pending, waiting, sidecars: [first, second]) == "0/3 Init:0/2 3 (10s ago)")
    let started = status("x", .running, started: true)
    let next = status("y", .running, started: false, restarts: 3, ago: 10)
    #expect(row(.pending, waiting, sidecars: [started, next]) == "0/3 Init:1/2 3 (10s ago)")
  }

  @Test func restartsOfSidecarsGoOnCounting() {
    let main = status("a", .running, ready: true, restarts: 4, ago: 20)
    let sidecars = [
      status("x", .running, started: true, restarts: 3, ago: 10),
      status("y", .running, started: true),
    ]
    #expect(
      row(.running, [main], sidecars: sidecars, withCondition(.initialized))
        == "1/3 Running 7 (10s ago)")
  }

  @Test func howSidecarsEndDoesNotMatterForACompletedPod() {
    let main = status("a", .ended("Completed", 0), restarts: 4, ago: 20)
    let sidecars = ["x", "y"].map {
      status($0, .ended("Error", 137), restarts: $0 == "x" ? 3 : 0, ago: $0 == "x" ? 10 : nil)
    }
    #expect(
      row(.succeeded, [main], sidecars: sidecars, withCondition(.initialized))
        == "0/3 Completed 7 (10s ago)")
  }

  @Test func aPodWithoutACreationTimeHasNoAge() {
    var pod = Samples.pod("web")
    pod.metadata.creationTimestamp = nil
    let table = Table(of: [pod], at: Samples.start)
    #expect(table.rows.first?.last?.text == "<unknown>")
  }
}
