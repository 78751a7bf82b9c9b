import KubeModel
import KubeNode
import SimulationKernel
import Testing

/// What probes look at, when they begin, and when their results count.
@Suite struct ProbeEdgeTests {
  private func spans(_ kind: String, _ spans: String) -> String {
    #"{"app": {"probes": {"\#(kind)": [\#(spans)]}}}"#
  }

  private let fails = #"{"result": "failure"}"#

  @Test func readinessTurnsAtTheThirdFailureAndBackAtTheFirstSuccess() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(
        spans(
          "readiness",
          #"{"for": "10s"}, {"for": "9s", "result": "failure"}, {"result": "success"}"#)
      ) { $0.spec.containers[0].readinessProbe = makeProbe(period: 3, failures: 3) })
    driver.run(for: .minutes(1))
    let off = driver.time(after: 5) { !$0.isReady } ?? 0
    let failures = driver.events("Unhealthy").map(\.time)
    #expect(failures.count >= 3 && failures[2] == off)
    let on = driver.time(after: off) { $0.isReady } ?? 0
    #expect(on >= 19 && on - 19 <= 3)
    #expect(driver.pod(key)?.isReady == true)
  }

  @Test func aProbeThatCannotBeCarriedOutLeavesItsResult() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(
        spans(
          "readiness",
          #"{"for": "10s"}, {"for": "10s", "result": "unknown"}, {"result": "failure"}"#)
      ) { $0.spec.containers[0].readinessProbe = makeProbe(period: 2, failures: 2) })
    driver.run(for: .seconds(19))
    #expect(driver.pod(key)?.isReady == true)
    #expect(
      Set(driver.events("Unhealthy").map(\.message)) == [
        "Readiness probe errored and resulted in unknown state: "
          + "rpc error: code = Unknown desc = failed to exec in container"
      ])
    #expect(driver.events("Unhealthy").count == 5)
    // What cannot be carried out counts as no failure: two more are needed.
    driver.run(for: .seconds(2))
    #expect(driver.pod(key)?.isReady == true)
    driver.run(for: .seconds(3))
    #expect(driver.pod(key)?.isReady == false)
  }

  @Test func aLivenessProbeThatCannotBeCarriedOutKillsNothing() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(spans("liveness", #"{"result": "unknown"}"#)) {
        $0.spec.containers[0].livenessProbe = makeProbe(period: 1)
      })
    driver.run(for: .seconds(30))
    #expect(driver.status(key)?.restartCount == 0)
    #expect(driver.events("Killing").isEmpty)
    #expect(driver.events("Unhealthy").count >= 28)
  }

  @Test func aPortThatTheContainerDoesNotNameIsAnErrorOfTheProbe() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod {
        var probe = makeProbe(period: 5)
        probe.exec = nil
        probe.tcpSocket = TCPSocketAction()
        probe.tcpSocket?.port = .string("web")
        $0.spec.containers[0].livenessProbe = probe
        $0.spec.containers[0].readinessProbe = probe
      })
    driver.run(for: .seconds(20))
    #expect(driver.pod(key)?.isReady == false)
    #expect(driver.status(key)?.restartCount == 0)
    #expect(
      Set(driver.events("Unhealthy").map(\.message)) == [
        "Liveness probe errored and resulted in unknown state: "
          + #"strconv.Atoi: parsing "web": invalid syntax"#,
        "Readiness probe errored and resulted in unknown state: "
          + #"strconv.Atoi: parsing "web": invalid syntax"#,
      ])
  }

  @Test func readinessIsToldAsideWhileAPullHoldsUpTheSync() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(
        #"{"app": {"probes": {"readiness": [{"for": "30s"}, \#(fails)]}}, "#
          + #""other": {"pull": {"for": "20s"}}}"#
      ) {
        $0.spec.containers[0].readinessProbe = makeProbe(period: 2)
        $0.spec.containers.append(Container(name: "other", image: "app:1"))
      })
    driver.run(for: .seconds(25))
    driver.change(key) { $0.spec.containers[1].image = "other:2" }
    driver.run(for: .seconds(10))
    // The pull goes on until 45 s, and its container is still the old one in the status.
    let off = driver.time(after: 25) { !$0.isReady } ?? 0
    #expect(off >= 30 && off <= 32)
    #expect(driver.status(key, "other")?.restartCount == 0)
    #expect(driver.status(key)?.ready == false)
    driver.run(for: .seconds(15))
    #expect(driver.status(key, "other")?.image == "other:2")
  }

  @Test func successThresholdCountsSuccesses() {
    var driver = NodeDriver()
    driver.create(
      makePod {
        $0.spec.containers[0].readinessProbe = makeProbe(period: 5)
        $0.spec.containers[0].readinessProbe?.successThreshold = 3
      })
    driver.run(for: .minutes(1))
    #expect((driver.time { $0.isReady } ?? 0) >= 5)
  }

  @Test func duringTheInitialDelayReadinessFailsAndLivenessSucceeds() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(spans("liveness", fails)) {
        $0.spec.containers[0].readinessProbe = makeProbe(period: 1, delay: 10)
        $0.spec.containers[0].livenessProbe = makeProbe(period: 1, delay: 10)
      })
    driver.run(for: .seconds(9))
    #expect(driver.pod(key)?.isReady == false)
    #expect(driver.status(key)?.restartCount == 0)
    #expect(driver.events("Unhealthy").isEmpty)
    driver.run(for: .seconds(5))
    #expect(driver.events("Killing").count == 1)
  }

  @Test func afterALivenessFailureTheProbeHoldsUntilTheNextProcess() {
    var driver = NodeDriver()
    driver.create(
      makePod(
        #"{"app": {"probes": {"liveness": [\#(fails)]}, "stop": {"after": "20s"}}}"#
      ) { $0.spec.containers[0].livenessProbe = makeProbe(period: 1, delay: 5) })
    driver.run(for: .seconds(25))
    #expect(driver.events("Unhealthy").count == 1)
    driver.run(for: .seconds(10))
    #expect(driver.events("Unhealthy").count == 2)
  }

  @Test func livenessWaitsForTheStartOfTheContainer() {
    var driver = NodeDriver()
    driver.create(
      makePod(
        #"{"app": {"probes": {"startup": [{"for": "20s", "result": "failure"}, {}], "#
          + #""liveness": [\#(fails)]}}}"#
      ) {
        $0.spec.containers[0].startupProbe = makeProbe(period: 1, failures: 100)
        $0.spec.containers[0].livenessProbe = makeProbe(period: 1)
      })
    driver.run(for: .seconds(19))
    #expect(driver.events("Killing").isEmpty)
    driver.run(for: .milliseconds(2500))
    #expect((driver.events("Killing").first?.time ?? 0) >= 20)
  }

  @Test func theDelayOfLivenessCountsFromTheStartAndNotFromTheStartupProbe() {
    var driver = NodeDriver()
    driver.create(
      makePod(
        #"{"app": {"probes": {"startup": [{"for": "20s", "result": "failure"}, {}], "#
          + #""liveness": [\#(fails)]}}}"#
      ) {
        $0.spec.containers[0].startupProbe = makeProbe(period: 1, failures: 100)
        $0.spec.containers[0].livenessProbe = makeProbe(period: 1, delay: 20)
      })
    driver.run(for: .milliseconds(21500))
    #expect(driver.events("Killing").count == 1)
  }

  @Test func aDeletedPodIsNoLongerProbedForLiveness() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(
        #"{"app": {"probes": {"liveness": [{"for": "12s"}, \#(fails)]}, "stop": {"after": "20s"}}}"#
      ) { $0.spec.containers[0].livenessProbe = makeProbe(period: 1) })
    driver.run(for: .seconds(10))
    driver.delete(key)
    driver.run(for: .seconds(15))
    #expect(driver.events("Unhealthy").isEmpty)
  }

  @Test func theProbesOwnGraceCountsWhenItKills() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(
        #"{"app": {"probes": {"liveness": [{"for": "5s"}, \#(fails)]}, "stop": {"ignore": true}}}"#,
        grace: 60
      ) {
        $0.spec.containers[0].livenessProbe = makeProbe(period: 1)
        $0.spec.containers[0].livenessProbe?.terminationGracePeriodSeconds = 7
      })
    driver.run(for: .seconds(16))
    let killed = driver.events("Killing").first?.time ?? 0
    let ending = driver.status(key)?.lastState.terminated ?? driver.status(key)?.state.terminated
    #expect(ending?.exitCode == 137)
    let end = (ending?.finishedAt ?? driver.clock.timestamp(.zero)) - driver.clock.timestamp(.zero)
    #expect(end == .seconds(Int64(killed) + 7))
  }

  @Test func aGrpcProbeThatFailsNamesTheAnswer() {
    var driver = NodeDriver()
    driver.create(
      makePod(spans("liveness", fails)) {
        var probe = makeProbe(period: 1)
        probe.exec = nil
        var service = GRPCAction()
        service.port = 9000
        probe.grpc = service
        $0.spec.containers[0].livenessProbe = probe
      })
    driver.run(for: .milliseconds(1500))
    #expect(
      driver.events("Unhealthy").first?.message
        == "Liveness probe failed: service unhealthy (responded with \"NOT_SERVING\")")
    #expect(driver.events("Killing").count == 1)
  }

  @Test func aSidecarsReadinessCountsForThePod() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(#"{"side": {"probes": {"readiness": [{"for": "10s", "result": "failure"}, {}]}}}"#) {
        var sidecar = Container(name: "side", image: "app:1")
        sidecar.restartPolicy = .always
        sidecar.readinessProbe = makeProbe(period: 1)
        $0.spec.initContainers = [sidecar]
      })
    driver.run(for: .seconds(8))
    #expect(driver.status(key)?.ready == true)
    #expect(driver.pod(key)?.isReady == false)
    #expect(
      driver.pod(key)?.status.condition(.ready)?.message == "containers with unready status: [side]"
    )
    driver.run(for: .seconds(5))
    #expect(driver.pod(key)?.isReady == true)
  }
}
