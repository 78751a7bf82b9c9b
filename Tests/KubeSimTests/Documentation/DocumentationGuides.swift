import KubeSim
import KubeSimManifests
import KubeSimTesting
import TestFixtures
import Testing

/// The samples of Docs/Guides/Scenario-Tests.md.
@Suite struct DocumentationScenarioTests {
  let web = Fixtures.repository.appending(path: "Docs/Examples/web.yaml").path

  @Test func theWebComesUp() throws {
    var cluster = Cluster(nodes: 3, seed: 42)
    try cluster.apply(yaml: web)
    expectEventually(&cluster, "three pods answer", within: .seconds(30)) {
      $0.readyEndpoints(of: "web") == 3
    }
  }

  @Test func itStaysUpWhenAPodDies() throws {
    var cluster = try started()
    let pod = try #require(cluster.pods(on: "node-1").first).metadata.name
    try cluster.kill(container: "web", of: pod, exit: 1)
    expectAlways(&cluster, "two pods answer", for: .minutes(5)) {
      $0.readyEndpoints(of: "web") >= 2
    }
    #expect(cluster[Pod.self, pod]?.status.containerStatuses[0].restartCount == 1)
  }

  @Test func cordonChangesTheNodeAlone() throws {
    var cluster = try started()
    let before = cluster
    try cluster.cordon("node-1")
    try cluster.run(for: .minutes(1))
    expectChanges(from: before, to: cluster, in: Pod.self) { _ in }
    expectChanges(from: before, to: cluster, in: Node.self) {
      $0["node-1"]?.spec.unschedulable = true
      $0["node-1"]?.spec.taints = [
        Taint(
          key: "node.kubernetes.io/unschedulable", effect: .noSchedule,
          timeAdded: Timestamp("2026-01-01T00:00:10Z"))
      ]
    }
  }

  @Test func theSelectorCannotChange() throws {
    var cluster = try started()
    let answer = expectRefusal(&cluster) { cluster in
      try cluster.edit(Deployment.self, "web") {
        $0.spec.selector?.matchLabels["app"] = "other"
        $0.spec.template.metadata.labels["app"] = "other"
      }
    }
    #expect(answer?.code == 422)
    #expect(answer?.details.causes.first?.field == "spec.selector")
  }

  @Test func everySeedKeepsThree() {
    let web = web
    expectEverySeed(in: 0..<20) { seed in
      var cluster = Cluster(nodes: 3, seed: seed)
      try cluster.apply(yaml: web)
      try cluster.run(until: { $0.readyEndpoints(of: "web") == 3 })
      cluster.always("three answer") { $0.readyEndpoints(of: "web") >= 3 }
      try cluster.restartRollout(Deployment.self, "web")
      try cluster.run(for: .minutes(1))
    }
  }

  @Test func waitingForWhatCannotHappenStopsAtOnce() throws {
    var cluster = Cluster(nodes: 0, seed: 7)
    try cluster.apply(yaml: web)
    do {
      try cluster.run(until: { $0.readyEndpoints(of: "web") == 3 }, within: .minutes(5))
    } catch let error as RunError {
      try expectOutput("unmet", on: "Docs/Guides/Scenario-Tests.md", error.description)
    }
  }

  @Test func aBrokenPromiseNamesTheStep() throws {
    var cluster = try started()
    cluster.always("three answer") { $0.readyEndpoints(of: "web") >= 3 }
    try cluster.delete(Pod.self, cluster.pods(on: "node-2")[0].metadata.name)
    do {
      try cluster.run(for: .minutes(1))
      Issue.record("a pod was deleted and three still answered")
    } catch RunError.broken(let broken) {
      try expectOutput("broken", on: "Docs/Guides/Scenario-Tests.md", broken.description)
    }
  }

  private func started() throws -> Cluster {
    var cluster = Cluster(nodes: 3, seed: 42)
    try cluster.apply(yaml: web)
    try cluster.run(for: .seconds(10))
    return cluster
  }
}

/// The samples of Docs/Guides/Container-Behavior.md.
@Suite struct DocumentationContainerBehavior {
  @Test func aSlowStart() throws {
    var slow = ContainerBehavior()
    slow.pull = .init(for: .seconds(2))
    slow.readiness = [.init(for: .seconds(5), succeeds: false), .init(succeeds: true)]
    slow.stop = .init(after: .seconds(2))

    var cluster = Cluster(nodes: 1, seed: 1)
    cluster.behaviors.register(slow, forImage: "web:1.0")

    var container = Container(name: "web", image: "web:1.0")
    container.readinessProbe = Probe()
    container.readinessProbe?.httpGet = HTTPGetAction()
    container.readinessProbe?.httpGet?.port = 80
    container.readinessProbe?.periodSeconds = 1
    var pod = Pod()
    pod.metadata.name = "web"
    pod.spec.containers = [container]
    try cluster.create(pod)
    try cluster.run(for: .seconds(7))
    #expect(cluster[Pod.self, "web"]?.isReady == false)
    try cluster.run(for: .seconds(3))
    #expect(cluster[Pod.self, "web"]?.isReady == true)
    try cluster.delete(Pod.self, "web")
    try cluster.run(for: .seconds(1))
    #expect(cluster[Pod.self, "web"] != nil)
    try cluster.run(for: .seconds(4))
    #expect(cluster[Pod.self, "web"] == nil)
  }

  @Test func aProcessIsKilled() throws {
    var cluster = Cluster(nodes: 1, seed: 1)
    var pod = Pod()
    pod.metadata.name = "web"
    pod.spec.containers = [Container(name: "main", image: "web:1.0")]
    try cluster.create(pod)
    try cluster.run(for: .seconds(10))

    try cluster.kill(container: "main", of: "web", exit: 137)
    try cluster.run(for: .seconds(5))
    #expect(cluster[Pod.self, "web"]?.status.containerStatuses[0].restartCount == 1)
  }
}

/// The samples of Docs/Guides/Scenario-Files.md.
@Suite struct DocumentationScenarioFiles {
  @Test func aScenarioIsPlayed() throws {
    let file = Fixtures.repository.appending(path: "Docs/Examples/restart-and-scale.yaml").path
    let manifest = try Manifest.all(inFile: file)[0]
    var runner = try ScenarioRunner(Scenario(manifest), seed: 42)
    try runner.run(to: .zero + .seconds(15))
    #expect(runner.cluster.all(Pod.self).count == 2)
    try runner.run()  // to the end
    #expect(runner.cluster.all(Pod.self).count == 3)
    #expect(runner.responses.isEmpty)  // nothing was refused
  }
}
