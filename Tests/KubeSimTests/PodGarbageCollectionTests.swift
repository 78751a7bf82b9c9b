import KubeSim
import Testing

/// Pods that nobody else removes, in a whole cluster.
@Suite struct PodGarbageCollectionTests {
  @Test func thePodsOfARemovedNodeGoAndAreReplaced() throws {
    var cluster = Cluster(nodes: 2)
    try cluster.create(Samples.deployment(replicas: 4))
    try cluster.run(for: .seconds(5))
    let lost = cluster.pods(on: "node-2").map(\.metadata.name)
    #expect(!lost.isEmpty)
    try cluster.removeNode("node-2")
    try cluster.run(for: .seconds(39))
    #expect(lost.allSatisfy { cluster[Pod.self, $0] != nil })
    try cluster.run(for: .seconds(22))
    #expect(lost.allSatisfy { cluster[Pod.self, $0] == nil })
    try cluster.run(for: .seconds(5))
    #expect(cluster.pods(on: "node-1").count == 4)
    #expect(cluster[Deployment.self, "web"]?.status.readyReplicas == 4)
  }

  @Test func finishedPodsAboveTheThresholdGo() throws {
    var cluster = Cluster(nodes: 1)
    cluster.configure(PodGarbageCollector.self) { $0.threshold = 1 }
    for name in ["a", "b", "c"] {
      var pod = Pod()
      pod.metadata.name = name
      pod.spec = Samples.deployment().spec.template.spec
      pod.spec.restartPolicy = .never
      try cluster.create(pod)
      try cluster.run(for: .seconds(2))
      try cluster.kill(container: "app", of: name, exit: 0)
    }
    try cluster.run(for: .seconds(25))
    #expect(cluster.all(Pod.self).map(\.metadata.name) == ["c"])
  }

  @Test func aPodBeingDeletedThatNeverHadANodeIsRemovedAtTheNextLook() throws {
    var cluster = Cluster(nodes: 0)
    var pod = Pod()
    pod.metadata.name = "lost"
    pod.metadata.finalizers = ["example.com/hold"]
    pod.spec = Samples.deployment().spec.template.spec
    try cluster.create(pod)
    try cluster.run(for: .seconds(3))
    try cluster.delete(Pod.self, "lost")
    try cluster.run(to: .zero + .seconds(19))
    #expect(cluster[Pod.self, "lost"]?.status.phase == .pending)
    try cluster.run(to: .zero + .seconds(21))
    #expect(cluster[Pod.self, "lost"]?.status.phase == .failed)
    try cluster.edit(Pod.self, "lost") { $0.metadata.finalizers = [] }
    #expect(cluster[Pod.self, "lost"] == nil)
  }

  @Test func aJobMayIgnoreThePodsThatALostNodeTookAlong() throws {
    var cluster = Cluster(nodes: 2)
    var job = Job()
    job.metadata.name = "job"
    job.spec.backoffLimit = 0
    job.spec.template = Samples.deployment("job").spec.template
    job.spec.template.spec.restartPolicy = .never
    var pattern = PodFailurePolicyOnPodConditionsPattern()
    pattern.type = .disruptionTarget
    var rule = PodFailurePolicyRule()
    (rule.action, rule.onPodConditions) = (.ignore, [pattern])
    job.spec.podFailurePolicy = PodFailurePolicy()
    job.spec.podFailurePolicy?.rules = [rule]
    try cluster.create(job)
    try cluster.run(for: .seconds(5))
    let first = cluster.all(Pod.self)[0]
    try cluster.removeNode(first.spec.nodeName)
    try cluster.run(for: .minutes(2))
    let second = try #require(cluster.all(Pod.self).first)
    #expect(cluster.all(Pod.self).count == 1)
    #expect(second.metadata.uid != first.metadata.uid)
    #expect(cluster[Job.self, "job"]?.status.failed == 0)
    #expect(cluster[Job.self, "job"]?.status.active == 1)
    #expect(cluster[Job.self, "job"]?.status.conditions == [])
  }

  @Test func aQuietClusterStaysQuiet() throws {
    var cluster = Cluster(nodes: 2)
    try cluster.create(Samples.deployment())
    let isQuiet = try cluster.runUntilQuiet(within: .minutes(1))
    #expect(isQuiet)
    #expect(cluster.now < .zero + .seconds(20))
  }
}
