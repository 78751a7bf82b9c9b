import KubeSim
import KubeSimManifests
import KubeSimTesting
import TestFixtures
import Testing

/// The samples of Docs/Lessons.
@Suite struct DocumentationLessons {
  @Test func crashLoopBackOffIsNoPhase() throws {
    var crashing = ContainerBehavior()
    crashing.runs = [.init(for: .seconds(1), exit: 1)]
    var cluster = Cluster(nodes: 1, seed: 1)
    cluster.behaviors.register(crashing, forImage: "app:broken")

    var pod = Pod()
    pod.metadata.name = "app"
    pod.spec.containers = [Container(name: "app", image: "app:broken")]
    try cluster.create(pod)
    try cluster.run(until: {
      let state = $0[Pod.self, "app"]?.status.containerStatuses.first?.state
      return state?.waiting?.reason == "CrashLoopBackOff"
    })

    let status = try #require(cluster[Pod.self, "app"]).status
    #expect(status.phase == .running)
    #expect(status.containerStatuses[0].lastState.terminated?.exitCode == 1)
    #expect(status.condition(.ready)?.reason == "ContainersNotReady")

    try cluster.run(for: .minutes(30))
    let message = cluster[Pod.self, "app"]?.status.containerStatuses[0].state.waiting?.message
    #expect(message?.hasPrefix("back-off 5m0s restarting failed container=app") == true)
    #expect(cluster[Pod.self, "app"]?.status.phase == .running)
  }

  @Test func aRolloutOfTenHasUpToThirteenPods() throws {
    let web = Fixtures.repository.appending(path: "Docs/Examples/web.yaml").path
    var cluster = Cluster(nodes: 3, seed: 1)
    try cluster.apply(yaml: web)
    try cluster.scale(Deployment.self, "web", to: 10)
    try cluster.run(until: { $0.readyEndpoints(of: "web") == 10 })

    var slow = ContainerBehavior()
    slow.readiness = [.init(for: .seconds(5), succeeds: false), .init(succeeds: true)]
    slow.stop = .init(after: .seconds(20))
    cluster.behaviors.register(slow, forImage: "web:2.0")

    cluster.always("at most 10 + 3") { $0.all(Pod.self).count { $0.isActive } <= 13 }
    cluster.always("at least 10 - 2") { $0.all(Pod.self).count { $0.isReady } >= 8 }
    try cluster.setImage(Deployment.self, "web", container: "web", to: "web:2.0")
    try cluster.run(until: { $0.all(Pod.self).count { $0.isActive } == 13 })
    try cluster.run(for: .minutes(2))
    #expect(try cluster.rolloutStatus(Deployment.self, "web").isDone)

    cluster.forget("at most 10 + 3")
    try cluster.restartRollout(Deployment.self, "web")
    try cluster.run(until: { $0.all(Pod.self).count == 20 })
    #expect(cluster.all(Pod.self).count { $0.isActive } <= 13)
  }

  @Test func aStuckRolloutStaysStuck() throws {
    let web = Fixtures.repository.appending(path: "Docs/Examples/web.yaml").path
    var cluster = Cluster(nodes: 3, seed: 1)
    var missing = ContainerBehavior()
    missing.pull = .init(fails: true)
    cluster.behaviors.register(missing, forImage: "web:2.0-typo")
    try cluster.apply(yaml: web)
    try cluster.run(for: .seconds(10))

    try cluster.setImage(Deployment.self, "web", container: "web", to: "web:2.0-typo")
    try cluster.run(for: .minutes(5))
    #expect(cluster[Deployment.self, "web"]?.status.conditions[.progressing]?.status == .true)

    try cluster.run(for: .hours(24))
    let web24 = try #require(cluster[Deployment.self, "web"])
    #expect(web24.status.conditions[.progressing]?.reason == "ProgressDeadlineExceeded")
    #expect(web24.status.conditions[.available]?.status == .true)
    #expect(web24.spec.template.spec.containers[0].image == "web:2.0-typo")
    #expect(cluster.readyEndpoints(of: "web") == 3)

    try cluster.undoRollout(Deployment.self, "web")
    try cluster.run(for: .minutes(1))
    #expect(try cluster.rolloutStatus(Deployment.self, "web").isDone)
    #expect(cluster.all(Pod.self).count == 3)
  }
}
