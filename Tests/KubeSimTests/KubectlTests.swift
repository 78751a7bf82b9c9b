import KubeSim
import Testing

@Suite("kubectl's verbs") struct KubectlTests {
  /// A Deployment of two pods, rolled out.
  private static func cluster() throws -> Cluster {
    var web = Deployment()
    web.metadata.name = "web"
    web.spec.replicas = 2
    web.spec.selector = LabelSelector(matchLabels: ["app": "web"])
    web.spec.template.metadata.labels = ["app": "web"]
    var container = Container()
    container.name = "app"
    container.image = "web:1"
    web.spec.template.spec.containers = [container]
    var cluster = Cluster(nodes: 2)
    try cluster.create(web)
    try cluster.run(for: .seconds(5))
    return cluster
  }

  private static func refusal(_ body: (inout Cluster) throws -> Void) throws -> APIError? {
    var cluster = try cluster()
    let before = cluster.trace.hash
    let error = #expect(throws: APIError.self) { try body(&cluster) }
    #expect(cluster.trace.hash == before)
    return error
  }

  @Test("scale sets the size, and says so in the trace") func scale() throws {
    var cluster = try Self.cluster()
    try cluster.scale(Deployment.self, "web", to: 5)
    #expect(cluster[Deployment.self, "web"]?.spec.replicas == 5)
    let step = cluster.why(Deployment.self, "web")?.latest.first
    #expect(step?.actor == "you")
    #expect(step?.rule == "scale")
  }

  @Test("a negative size and a kind without one are refused") func scaleRefusals() throws {
    let negative = try Self.refusal { try $0.scale(Deployment.self, "web", to: -1) }
    #expect(
      negative?.message
        == #"Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0"#
    )
    let node = try Self.refusal { try $0.scale(Node.self, "node-1", to: 1) }
    #expect(node?.message == "the server could not find the requested resource")
  }

  @Test("set image changes the named container, or all of them") func setImage() throws {
    var cluster = try Self.cluster()
    try cluster.setImage(Deployment.self, "web", container: "app", to: "web:2")
    #expect(cluster[Deployment.self, "web"]?.spec.template.spec.containers[0].image == "web:2")
    try cluster.setImage(Deployment.self, "web", container: "*", to: "web:3")
    #expect(cluster[Deployment.self, "web"]?.spec.template.spec.containers[0].image == "web:3")
    let unknown = try Self.refusal {
      try $0.setImage(Deployment.self, "web", container: "db", to: "db")
    }
    #expect(unknown?.message == #"unable to find container named "db""#)
  }

  @Test("a rollout is undone, held, resumed and started again") func rollout() throws {
    var cluster = try Self.cluster()
    try cluster.setImage(Deployment.self, "web", container: "app", to: "web:2")
    try cluster.run(for: .seconds(10))
    #expect(try cluster.rolloutStatus(Deployment.self, "web").isDone)
    #expect(try cluster.undoRollout(Deployment.self, "web") == "rolled back")
    #expect(cluster[Deployment.self, "web"]?.spec.template.spec.containers[0].image == "web:1")
    try cluster.pauseRollout(Deployment.self, "web")
    #expect(throws: APIError.badRequest(#"deployments.apps "web" is already paused"#)) {
      try cluster.pauseRollout(Deployment.self, "web")
    }
    try cluster.resumeRollout(Deployment.self, "web")
    try cluster.restartRollout(Deployment.self, "web")
    let annotations = cluster[Deployment.self, "web"]?.spec.template.metadata.annotations
    #expect(annotations?["kubectl.kubernetes.io/restartedAt"] == "2026-01-01T00:00:15Z")
  }

  @Test("an unknown revision is refused") func unknownRevision() throws {
    let error = try Self.refusal { try $0.undoRollout(Deployment.self, "web", toRevision: 7) }
    #expect(error?.message == "unable to find specified revision 7 in history")
  }

  @Test("a node is cordoned, tainted, and let be") func nodes() throws {
    var cluster = try Self.cluster()
    try cluster.cordon("node-1")
    #expect(cluster[Node.self, "node-1"]?.spec.unschedulable == true)
    try cluster.uncordon("node-1")
    #expect(cluster[Node.self, "node-1"]?.spec.unschedulable == false)
    try cluster.taint("node-1", [Taint(key: "k", value: "a", effect: .noSchedule)])
    try cluster.taint("node-1", [Taint(key: "k", value: "b", effect: .noSchedule)])
    #expect(cluster[Node.self, "node-1"]?.spec.taints.map(\.value) == ["b"])
    try cluster.untaint("node-1", keys: ["k"])
    #expect(cluster[Node.self, "node-1"]?.spec.taints.isEmpty == true)
    let error = try Self.refusal { try $0.untaint("node-1", keys: ["k"]) }
    #expect(error?.message == #"taint "k" not found"#)
  }

  @Test("nodes come and go") func addAndRemove() throws {
    var cluster = try Self.cluster()
    try cluster.addNode(NodeTemplate(name: "node-9"))
    try cluster.run(for: .seconds(5))
    let ready = cluster[Node.self, "node-9"]?.status.conditions.first { $0.type == .ready }
    #expect(ready?.status == .true)
    try cluster.removeNode("node-9")
    #expect(cluster[Node.self, "node-9"] == nil)
  }

  @Test("an evicted pod is marked and deleted") func evict() throws {
    var cluster = try Self.cluster()
    let pod = try #require(cluster.all(Pod.self).first)
    try cluster.evict(pod.metadata.name)
    let marked = cluster[Pod.self, pod.metadata.name]
    #expect(marked?.isBeingDeleted == true)
    let target = marked?.status.conditions.first { $0.type == .disruptionTarget }
    #expect(target?.reason == "EvictionByEvictionAPI")
  }

  @Test("a killed container is started again, because you killed it") func kill() throws {
    var cluster = try Self.cluster()
    let pod = try #require(cluster.all(Pod.self).first?.metadata.name)
    try cluster.kill(container: "app", of: pod)
    try cluster.run(for: .seconds(5))
    #expect(cluster[Pod.self, pod]?.status.containerStatuses[0].restartCount == 1)
    let chain = cluster.why(Pod.self, pod)?.latest ?? []
    #expect(chain.last?.action == "kill")
    #expect(throws: APIError.self) { try cluster.kill(container: "nobody", of: pod) }
  }

  @Test("verbs that are to come say so") func notYet() throws {
    for verb in [{ try $0.drain("node-1") }, { try $0.fail(node: "node-1") }]
      as [(inout Cluster) throws -> Void]
    {
      let error = try Self.refusal(verb)
      #expect(error?.code == 501)
      #expect(error?.message.hasSuffix(": not supported yet") == true)
    }
  }

  @Test("objects are found by the word for their kind") func byWord() throws {
    let cluster = try Self.cluster()
    #expect(try cluster.get(kind: "deploy", name: "web").metadata.name == "web")
    #expect(try cluster.list(kind: "Pod", namespace: "default").count == 2)
    let error = #expect(throws: APIError.self) { try cluster.list(kind: "cats") }
    #expect(error?.message == #"the server doesn't have a resource type "cats""#)
  }
}
