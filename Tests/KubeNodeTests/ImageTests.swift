import KubeModel
import KubeNode
import SimulationKernel
import Testing

@testable import KubeNode

@Suite struct ImageTests {
  @Test func aPullTakesItsTime() {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"app": {"pull": {"for": "8s"}}}"#))
    driver.run(for: .seconds(7))
    #expect(driver.status(key)?.state.waiting?.reason == "ContainerCreating")
    #expect(driver.pod(key)?.status.condition(.podReadyToStartContainers)?.status == .true)
    driver.run(for: .seconds(2))
    #expect(driver.status(key)?.state.running != nil)
    #expect(
      driver.events("Pulled").map(\.message) == [
        "Successfully pulled image \"app:1\" in 8s (8s including waiting). "
          + "Image size: 10000000 bytes."
      ])
  }

  @Test func aNodePullsOneImageAtATime() {
    var driver = NodeDriver(nodes: ["node-1", "node-2"])
    let behavior = #"{"app": {"pull": {"for": "5s"}}}"#
    for (name, node) in [("a", "node-1"), ("b", "node-1"), ("c", "node-2")] {
      driver.create(
        makePod(behavior, name: name) {
          $0.spec.containers[0].image = name + ":1"
          $0.spec.nodeName = node
        })
    }
    driver.run(for: .seconds(20))
    let pulled = driver.events("Pulled").map { "\($0.name) \($0.time)" }
    #expect(pulled == ["a 5.0", "c 5.0", "b 10.0"])
    #expect(driver.events("Pulled").last?.message.contains("in 5s (10s including waiting)") == true)
  }

  @Test func anImageOnTheNodeIsNotPulledAgain() {
    var driver = NodeDriver()
    driver.create(makePod(name: "a"))
    driver.run(for: .seconds(1))
    driver.create(makePod(name: "b"))
    driver.create(makePod(name: "c") { $0.spec.containers[0].imagePullPolicy = .always })
    driver.run(for: .seconds(1))
    #expect(driver.events("Pulling").map(\.name) == ["a", "c"])
    #expect(
      driver.events("Pulled").first { $0.name == "b" }?.message
        == "Container image \"app:1\" already present on machine and can be accessed by the pod")
  }

  @Test func aFailingPullIsRetriedWithGrowingWaits() {
    var driver = NodeDriver()
    let key = driver.create(makePod(#"{"app": {"pull": {"fail": true}}}"#))
    driver.run(for: .minutes(4))
    let pulls = driver.events("Pulling").map(\.time)
    let least: [Double] = [10, 20, 40, 80]
    #expect(pulls.count >= 5)
    for (index, least) in least.enumerated() {
      let wait = pulls[index + 1] - pulls[index]
      #expect(wait >= least && wait <= least + 16)
    }
    #expect(
      driver.story().prefix(3) == [
        "Pending ContainerCreating 0", "Pending ErrImagePull 0", "Pending ImagePullBackOff 0",
      ])
    let texts = driver.statuses.compactMap { $0.state.waiting?.message }
    #expect(texts.contains("the registry answers with an error"))
    #expect(
      texts.contains(
        "Back-off pulling image \"app:1\": ErrImagePull: the registry answers with an error"))
    #expect(driver.events("BackOff").first?.message == "Back-off pulling image \"app:1\"")
    #expect(driver.pod(key)?.status.podIP.isEmpty == false)
    #expect(
      driver.events("Failed").prefix(2).map(\.message) == [
        "Failed to pull image \"app:1\": the registry answers with an error", "Error: ErrImagePull",
      ])
  }

  @Test func anImageWithoutATagIsTheLatest() {
    var driver = NodeDriver()
    driver.create(makePod(name: "one") { $0.spec.containers[0].image = "host:5000/app" })
    driver.run(for: .seconds(2))
    driver.create(
      makePod(name: "two") {
        $0.spec.containers[0].image = "host:5000/app:latest"
        $0.spec.containers[0].imagePullPolicy = .ifNotPresent
      })
    driver.run(for: .seconds(2))
    #expect(driver.events("Pulling").map(\.message) == [#"Pulling image "host:5000/app""#])
    #expect(
      driver.events("Pulled").last?.message == #"Container image "host:5000/app:latest" "#
        + "already present on machine and can be accessed by the pod")
  }

  @Test func anotherImageIsPulledAtOnceWhileTheFirstOneWaits() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod(#"{"app": {"pull": {"fail": true}}}"#) { $0.spec.containers[0].image = "wrong:1" })
    driver.run(for: .seconds(30))
    driver.change(key) {
      $0.spec.containers[0].image = "right:1"
      $0.metadata.annotations["kubesim.dev/behavior"] = "{}"
    }
    driver.run(for: .milliseconds(10))
    #expect(driver.events("Pulling").last?.message == #"Pulling image "right:1""#)
    #expect(driver.status(key)?.state.running != nil)
    #expect(driver.status(key)?.restartCount == 0)
  }

  @Test func theContainersOfAPodShareTheWaitForAnImage() {
    var driver = NodeDriver()
    driver.create(
      makePod(#"{"app": {"pull": {"fail": true}}, "other": {"pull": {"fail": true}}}"#) {
        $0.spec.containers.append(Container(name: "other", image: "app:1"))
      })
    driver.run(for: .seconds(5))
    #expect(driver.events("Pulling").map(\.fieldPath) == ["spec.containers{app}"])
    #expect(driver.events("BackOff").map(\.fieldPath).contains("spec.containers{other}"))
  }

  @Test func neverPulledAndAbsentIsAnError() {
    var driver = NodeDriver()
    let key = driver.create(makePod { $0.spec.containers[0].imagePullPolicy = .never })
    driver.run(for: .seconds(5))
    #expect(driver.status(key)?.state.waiting?.reason == "ErrImageNeverPull")
    #expect(
      driver.events("ErrImageNeverPull").first?.message
        == "Container image \"app:1\" is not present with pull policy of Never")
  }

  @Test func aNameThatIsNoneIsAnError() {
    var driver = NodeDriver()
    let key = driver.create(makePod { $0.spec.containers[0].image = "Bad Name" })
    driver.run(for: .seconds(5))
    #expect(driver.status(key)?.state.waiting?.reason == "InvalidImageName")
    #expect(driver.events("InspectFailed").isEmpty == false)
  }

  @Test(arguments: [
    "app", "app:1", "library/app", "docker.io/library/app:1.2-rc_3", "localhost:5000/a/b__c-d:x",
    "reg.example.com:443/app@sha256:0123456789abcdef0123456789abcdef", "a.b/c",
  ]) func wellFormedNames(_ name: String) { #expect(ImageName.problem(of: name) == nil) }

  @Test(arguments: ["", ":1", "App", "a//b", "app:", "-a", "a___b", "app@sha256:1", "a b", "a:b:c"])
  func malformedNames(_ name: String) { #expect(ImageName.problem(of: name) != nil) }
}
