import KubeModel
import KubeNode
import SimulationKernel
import Testing

@Suite struct ProbeTests {
  private func ready(_ pod: Pod) -> Bool { pod.isReady }

  @Test func readinessTurnsAfterItsThreshold() {
    var driver = NodeDriver()
    let behavior = """
      {"app": {"probes": {"readiness": [{"for": "20s", "result": "success"},
        {"for": "30s", "result": "failure"}, {"result": "success"}]}}}
      """
    let key = driver.create(
      makePod(behavior) {
        $0.spec.containers[0].readinessProbe = makeProbe(period: 2, failures: 3)
      })
    driver.run(for: .seconds(1))
    #expect(driver.pod(key)?.isReady == true)
    driver.run(for: .seconds(22))
    #expect(driver.pod(key)?.isReady == true)
    #expect(driver.events("Unhealthy").count == 2)
    driver.run(for: .seconds(2))
    #expect(driver.pod(key)?.isReady == false)
    #expect(driver.status(key)?.restartCount == 0)
    driver.run(for: .seconds(29))
    #expect(driver.pod(key)?.isReady == true)
    #expect(driver.events("Unhealthy").first?.message == "Readiness probe failed: ")
  }

  @Test func nothingIsProbedDuringTheInitialDelay() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod {
        $0.spec.containers[0].readinessProbe = makeProbe(period: 3, delay: 10)
      })
    driver.run(for: .seconds(9))
    #expect(driver.pod(key)?.isReady == false)
    driver.run(for: .seconds(4))
    #expect(driver.pod(key)?.isReady == true)
    let time = driver.time { $0.isReady } ?? 0
    #expect(time >= 10)
  }

  @Test func livenessFailureRestartsTheContainer() {
    var driver = NodeDriver()
    let behavior = """
      {"app": {"probes": {"liveness": [{"for": "10s", "result": "success"},
        {"result": "failure"}]}, "stop": {"after": "2s", "exit": 143}}}
      """
    let key = driver.create(
      makePod(behavior) { $0.spec.containers[0].livenessProbe = makeProbe(period: 3, failures: 2) })
    driver.run(for: .seconds(19))
    #expect(driver.status(key)?.restartCount == 1)
    #expect(driver.status(key)?.lastState.terminated?.exitCode == 143)
    #expect(driver.events("Unhealthy").count == 2)
    #expect(
      driver.events("Killing").map(\.message)
        == ["Container app failed liveness probe, will be restarted"])
    // The probe begins anew with the new process.
    #expect(driver.status(key)?.state.running != nil)
  }

  @Test func livenessFailureEndsAPodThatNeverRestarts() {
    var driver = NodeDriver()
    let behavior =
      #"{"app": {"probes": {"liveness": [{"result": "failure"}]}, "stop": {"exit": 3}}}"#
    let key = driver.create(
      makePod(behavior, restart: .never) {
        $0.spec.containers[0].livenessProbe = makeProbe(period: 2)
      })
    driver.run(for: .seconds(10))
    #expect(driver.pod(key)?.status.phase == .failed)
    #expect(driver.status(key)?.restartCount == 0)
    // Nothing is kept and nothing is started: the pod is stopped as a whole.
    #expect(driver.events("Killing").map(\.message) == ["Stopping container app"])
  }

  @Test func livenessFailureStopsOneOfTwoContainersThatNeverRestart() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(
        #"{"app": {"probes": {"liveness": [{"result": "failure"}]}, "stop": {"exit": 3}}}"#,
        restart: .never
      ) {
        $0.spec.containers[0].livenessProbe = makeProbe(period: 2)
        $0.spec.containers.append(Container(name: "other", image: "app:1"))
      })
    driver.run(for: .seconds(10))
    #expect(
      driver.events("Killing").map(\.message) == ["Container app failed liveness probe"])
    #expect(driver.status(key)?.state.terminated?.exitCode == 3)
    #expect(driver.status(key, "other")?.state.running != nil)
    #expect(driver.pod(key)?.status.phase == .running)
  }

  @Test func theOthersWaitForTheStartupProbe() {
    var driver = NodeDriver()
    let behavior = """
      {"app": {"probes": {"startup": [{"for": "9s", "result": "failure"}, {"result": "success"}],
        "liveness": [{"for": "8s", "result": "failure"}, {"result": "success"}]}}}
      """
    let key = driver.create(
      makePod(behavior) {
        $0.spec.containers[0].startupProbe = makeProbe(period: 2, failures: 20)
        $0.spec.containers[0].livenessProbe = makeProbe(period: 2)
        $0.spec.containers[0].readinessProbe = makeProbe(period: 2)
      })
    driver.run(for: .seconds(9))
    #expect(driver.status(key)?.started == false)
    #expect(driver.pod(key)?.isReady == false)
    #expect(driver.events("Unhealthy").allSatisfy { $0.message == "Startup probe failed: " })
    driver.run(for: .seconds(3))
    #expect(driver.status(key)?.started == true)
    #expect(driver.pod(key)?.isReady == true)
    #expect(driver.status(key)?.restartCount == 0)
  }

  @Test func startupFailureRestartsTheContainer() {
    var driver = NodeDriver()
    let behavior = #"{"app": {"probes": {"startup": [{"result": "failure"}]}}}"#
    let key = driver.create(
      makePod(behavior) { $0.spec.containers[0].startupProbe = makeProbe(period: 2, failures: 3) })
    driver.run(for: .seconds(7))
    #expect(driver.status(key)?.restartCount == 1)
    #expect(
      driver.events("Killing").first?.message
        == "Container app failed startup probe, will be restarted")
  }

  @Test func deletionStopsLivenessButNotReadiness() {
    var driver = NodeDriver()
    let behavior = """
      {"app": {"probes": {"liveness": [{"for": "12s", "result": "success"}, {"result": "failure"}],
        "readiness": [{"for": "14s", "result": "success"}, {"result": "failure"}]},
        "stop": {"after": "15s"}}}
      """
    let key = driver.create(
      makePod(behavior) {
        $0.spec.containers[0].livenessProbe = makeProbe(period: 2)
        $0.spec.containers[0].readinessProbe = makeProbe(period: 2)
      })
    driver.run(for: .seconds(10))
    driver.delete(key)
    driver.run(for: .seconds(7))
    #expect(driver.pod(key)?.isReady == false)
    #expect(driver.pod(key)?.status.phase == .running)
    #expect(driver.events("Killing").map(\.message) == ["Stopping container app"])
  }

  @Test func failureTextsNameTheSortOfProbe() {
    var driver = NodeDriver()
    let behavior = #"{"app": {"probes": {"readiness": [{"result": "failure"}]}}}"#
    func text(_ change: (inout Probe) -> Void) -> String? {
      var probe = makeProbe()
      probe.exec = nil
      change(&probe)
      driver.create(
        makePod(behavior, name: "p\(driver.versions.count)") {
          $0.spec.containers[0].readinessProbe = probe
        })
      driver.run(for: .seconds(3))
      return driver.events("Unhealthy").last?.message
    }
    #expect(
      text {
        var page = HTTPGetAction()
        page.port = .int(80)
        $0.httpGet = page
      } == "Readiness probe failed: HTTP probe failed with statuscode: 500")
    let closed = text {
      var socket = TCPSocketAction()
      socket.port = .int(80)
      $0.tcpSocket = socket
    }
    #expect(closed == "Readiness probe failed: dial tcp 10.244.0.3:80: connect: connection refused")
    #expect(
      text { $0.grpc = GRPCAction() }
        == "Readiness probe failed: service unhealthy (responded with \"NOT_SERVING\")")
  }

  @Test func whatGoesOnCostsNothing() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod {
        $0.spec.containers[0].livenessProbe = makeProbe(period: 1)
        $0.spec.containers[0].readinessProbe = makeProbe(period: 1)
        $0.spec.containers[0].startupProbe = makeProbe(period: 1)
      })
    driver.run(for: .seconds(10))
    #expect(driver.pod(key)?.isReady == true)
    let before = driver.reconciles
    driver.run(for: .hours(24 * 365))
    #expect(driver.reconciles == before)
  }
}
