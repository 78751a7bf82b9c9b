import KubeModel
import Testing

@testable import KubeNode

/// The phase of a pod from its containers' states, case by case.
@Suite struct PhaseEdgeTests {
  private enum State {
    case running, notStarted, waiting
    case exited(Int32)
    case backingOff(Int32)
  }

  private func status(_ name: String, _ state: State) -> ContainerStatus {
    var status = ContainerStatus()
    status.name = name
    func ending(_ code: Int32) -> ContainerState {
      var ending = ContainerStateTerminated()
      ending.exitCode = code
      var state = ContainerState()
      state.terminated = ending
      return state
    }
    func waiting(_ reason: String) -> ContainerState {
      var waiting = ContainerStateWaiting()
      waiting.reason = reason
      var state = ContainerState()
      state.waiting = waiting
      return state
    }
    switch state {
    case .running, .notStarted:
      status.state.running = ContainerStateRunning()
      if case .running = state { status.started = true } else { status.started = false }
    case .waiting: status.state = waiting("ContainerCreating")
    case .exited(let code): status.state = ending(code)
    case .backingOff(let code):
      status.state = waiting("CrashLoopBackOff")
      status.lastState = ending(code)
    }
    return status
  }

  /// The phase of a pod with containers A and B, and an init container X if one is given.
  private func phase(
    _ policy: RestartPolicy, _ mains: [State?], initial: State? = nil, hasInit: Bool = false,
    sidecar: State? = nil, isSidecar: Bool = false, isTerminal: Bool = false,
    wasInitialized: Bool = false, _ change: (inout Pod) -> Void = { _ in }
  ) -> PodPhase {
    var pod = makePod(restart: policy)
    pod.spec.containers = ["A", "B"].prefix(max(1, mains.count)).map {
      Container(name: $0, image: "app:1")
    }
    if hasInit || initial != nil || isSidecar || sidecar != nil {
      var container = Container(name: "X", image: "app:1")
      if isSidecar || sidecar != nil { container.restartPolicy = .always }
      pod.spec.initContainers = [container]
    }
    change(&pod)
    let statuses = zip(["A", "B"], mains).compactMap { name, state in
      state.map { status(name, $0) }
    }
    let inits = [initial ?? sidecar].compactMap { $0.map { status("X", $0) } }
    return PodPhaseRules.phase(
      of: pod, inits, statuses, isTerminal: isTerminal, wasInitialized: wasInitialized)
  }

  @Test(arguments: [RestartPolicy.always, .onFailure, .never])
  func withoutStatusesAPodIsPending(policy: RestartPolicy) {
    #expect(phase(policy, [nil, nil]) == .pending)
  }

  @Test(arguments: [RestartPolicy.always, .onFailure, .never])
  func twoRunningContainersAreARunningPod(policy: RestartPolicy) {
    #expect(phase(policy, [.running, .running]) == .running)
  }

  @Test func stoppedContainersThatAlwaysRestartAreARunningPod() {
    #expect(phase(.always, [.exited(0), .exited(1)]) == .running)
  }

  @Test func aTerminalPodThatWouldAlwaysRestartIsJudgedByItsExitCodes() {
    #expect(phase(.always, [.exited(0), .exited(0)], isTerminal: true) == .succeeded)
    #expect(phase(.always, [.exited(0), .exited(1)], isTerminal: true) == .failed)
  }

  @Test func neverRestartingContainersEndTheirPod() {
    #expect(phase(.never, [.exited(0), .exited(0)]) == .succeeded)
    #expect(phase(.never, [.exited(1), .exited(2)]) == .failed)
    #expect(phase(.never, [.running, .exited(0)]) == .running)
    #expect(phase(.never, [.running, nil]) == .pending)
  }

  @Test func onFailureOnlySuccessEndsAPod() {
    #expect(phase(.onFailure, [.exited(0), .exited(0)]) == .succeeded)
    #expect(phase(.onFailure, [.exited(1), .exited(1)]) == .running)
    #expect(phase(.onFailure, [.running, .exited(0)]) == .running)
    #expect(phase(.onFailure, [.backingOff(1), .running]) == .running)
  }

  @Test(arguments: [RestartPolicy.always, .onFailure, .never])
  func aContainerThatNeverRanKeepsThePodPending(policy: RestartPolicy) {
    #expect(phase(policy, [.running, .waiting]) == .pending)
  }

  @Test func anInitContainerThatIsNotDoneKeepsThePodPending() {
    #expect(phase(.always, [nil], initial: .running) == .pending)
    #expect(phase(.always, [.waiting], initial: .exited(1)) == .pending)
    #expect(phase(.never, [.waiting], initial: .exited(1)) == .failed)
    #expect(phase(.always, [.waiting], initial: .backingOff(1)) == .pending)
    #expect(phase(.always, [.waiting], initial: .backingOff(0)) == .pending)
    #expect(phase(.always, [.running], initial: .exited(0)) == .running)
  }

  @Test func aSidecarThatHasNotStartedKeepsAnUninitializedPodPending() {
    #expect(phase(.always, [.waiting], sidecar: .notStarted) == .pending)
    #expect(phase(.always, [.waiting], sidecar: .exited(1)) == .pending)
  }

  @Test func aSidecarThatStopsLaterLeavesAnInitializedPodRunning() {
    #expect(phase(.always, [.running], sidecar: .exited(1), wasInitialized: true) == .running)
    #expect(phase(.always, [.running], sidecar: .backingOff(1), wasInitialized: true) == .running)
  }

  @Test func howASidecarEndsNeverMatters() {
    #expect(phase(.never, [.exited(0)], sidecar: .running, wasInitialized: true) == .running)
    for code: Int32 in [0, 1, 137] {
      #expect(
        phase(.never, [.exited(0)], sidecar: .exited(code), wasInitialized: true) == .succeeded)
    }
    #expect(
      phase(.never, [.exited(0)], sidecar: .backingOff(1), wasInitialized: true) == .succeeded)
    #expect(phase(.never, [.exited(1)], sidecar: .exited(0), wasInitialized: true) == .failed)
  }

  @Test func aContainersOwnPolicyNeverCountsInAPodThatAlwaysRestarts() {
    func never(_ pod: inout Pod) {
      for index in pod.spec.containers.indices { pod.spec.containers[index].restartPolicy = .never }
    }
    #expect(phase(.always, [.exited(1), .running], never) == .running)
    #expect(phase(.always, [.exited(1), .exited(1)], never) == .failed)
  }

  @Test func aContainersOwnRuleDecidesByExitCode() {
    func rule(_ pod: inout Pod) {
      var codes = ContainerRestartRuleOnExitCodes()
      codes.operator = .in
      codes.values = [42]
      var rule = ContainerRestartRule()
      rule.action = .restart
      rule.exitCodes = codes
      pod.spec.containers[0].restartPolicy = .never
      pod.spec.containers[0].restartPolicyRules = [rule]
    }
    #expect(phase(.never, [.exited(42)], rule) == .running)
    #expect(phase(.never, [.exited(1)], rule) == .failed)
  }
}
