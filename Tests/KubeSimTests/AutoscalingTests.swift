import KubeSim
import KubeSimManifests
import Testing

/// An autoscaler in a whole cluster.
@Suite struct AutoscalingTests {
  private func cluster(
    _ share: MetricShare, _ curve: MetricCurve, replicas: Int32 = 2
  ) throws -> Cluster {
    var cluster = Cluster(nodes: 3)
    try cluster.create(Samples.deployment(replicas: replicas))
    try cluster.autoscale(Deployment.self, "web", max: 10, cpuPercent: 50)
    cluster.metrics.measure(.resource("cpu"), share, curve)
    return cluster
  }

  private func size(_ cluster: Cluster) -> Int32? { cluster[Deployment.self, "web"]?.spec.replicas }

  @Test func aLoadThatReadyPodsShareFindsTheSizeThatItNeeds() throws {
    // 400m in all, 50m wanted of each pod: 8 pods.
    var cluster = try cluster(
      .shared(["app": "web"]), .constant(Quantity(milliValue: 400)))
    try cluster.run(for: .seconds(14))
    #expect(size(cluster) == 2)
    try cluster.run(for: .seconds(2))
    #expect(size(cluster) == 4)
    try cluster.run(for: .minutes(10))
    #expect(size(cluster) == 8)
    #expect(cluster[HorizontalPodAutoscaler.self, "web"]?.status.currentReplicas == 8)
  }

  @Test func aLoadThatFallsLowersTheSizeAfterFiveMinutes() throws {
    let fall = Instant.zero + .seconds(100)
    var cluster = try cluster(
      .shared(["app": "web"]), MetricCurve { Quantity(milliValue: $0 < fall ? 400 : 50) })
    try cluster.run(to: fall)
    #expect(size(cluster) == 8)
    try cluster.run(for: .seconds(290))
    #expect(size(cluster) == 8)
    try cluster.run(for: .seconds(60))
    #expect(size(cluster) == 1)
  }

  @Test func metricsAreCopiedWithTheCluster() throws {
    let before = try cluster(.each(["app": "web"]), .constant(Quantity(milliValue: 50)))
    var other = before
    other.metrics.measure(
      .resource("cpu"), .each(["app": "web"]), .constant(Quantity(milliValue: 200)))
    var one = before
    try one.run(for: .seconds(20))
    try other.run(for: .seconds(20))
    #expect(size(one) == 2)
    #expect(size(other) == 4)
  }

  @Test func everyKindWithASizeIsScaled() throws {
    var cluster = Cluster(nodes: 1)
    let set = Samples.deployment()
    var replicaSet = ReplicaSet()
    replicaSet.metadata.name = "rs"
    replicaSet.spec.replicas = 5
    replicaSet.spec.selector = set.spec.selector
    replicaSet.spec.template = set.spec.template
    try cluster.create(replicaSet)
    var controller = ReplicationController()
    controller.metadata.name = "rc"
    controller.spec.replicas = 5
    controller.spec.selector = ["app": "rc"]
    controller.spec.template = set.spec.template
    controller.spec.template?.metadata.labels = ["app": "rc"]
    try cluster.create(controller)
    var stateful = StatefulSet()
    stateful.metadata.name = "sts"
    stateful.spec.replicas = 5
    stateful.spec.selector = set.spec.selector
    stateful.spec.template = set.spec.template
    try cluster.create(stateful)
    try cluster.autoscale(ReplicaSet.self, "rs", max: 3)
    try cluster.autoscale(ReplicationController.self, "rc", max: 3)
    try cluster.autoscale(StatefulSet.self, "sts", max: 3)
    try cluster.run(for: .seconds(20))
    #expect(cluster[ReplicaSet.self, "rs"]?.spec.replicas == 3)
    #expect(cluster[ReplicationController.self, "rc"]?.spec.replicas == 3)
    #expect(cluster[StatefulSet.self, "sts"]?.spec.replicas == 3)
  }

  @Test func aCustomResourceWithASizeIsScaled() throws {
    var cluster = Cluster(nodes: 1)
    cluster.register(Website.self)
    var site = Website()
    site.metadata.name = "shop"
    site.spec.servers = 1
    try cluster.create(site)
    try cluster.autoscale(Website.self, "shop", min: 2, max: 5)
    try cluster.run(for: .seconds(20))
    #expect(cluster[Website.self, "shop"]?.spec.servers == 2)
    try cluster.scale(Website.self, "shop", to: 4)
    #expect(cluster[Website.self, "shop"]?.spec.servers == 4)
  }

  @Test func aManifestOfVersionOneIsStoredAsVersionTwo() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.apply(
      yamlText: """
        apiVersion: autoscaling/v1
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          minReplicas: 2
          maxReplicas: 4
          targetCPUUtilizationPercentage: 60
        """)
    let spec = cluster[HorizontalPodAutoscaler.self, "web"]?.spec
    #expect(spec?.minReplicas == 2)
    #expect(spec?.metrics.first?.resource?.name == "cpu")
    #expect(spec?.metrics.first?.resource?.target.averageUtilization == 60)
    try cluster.apply(
      yamlText: """
        apiVersion: autoscaling/v1
        kind: HorizontalPodAutoscaler
        metadata: {name: api}
        spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}, maxReplicas: 4}
        """)
    let other = cluster[HorizontalPodAutoscaler.self, "api"]?.spec
    #expect(other?.metrics.first?.resource?.target.averageUtilization == 80)
  }

  @Test func autoscaleRefusesWhatKubectlRefuses() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.create(Samples.deployment())
    let none = #expect(throws: APIError.self) {
      try cluster.autoscale(Deployment.self, "web", max: 0)
    }
    #expect(none?.message == "--max=MAXPODS is required and must be at least 1, max: 0")
    let order = #expect(throws: APIError.self) {
      try cluster.autoscale(Deployment.self, "web", min: 3, max: 2)
    }
    #expect(
      order?.message == "--max=MAXPODS must be larger or equal to --min=MINPODS, max: 2, min: 3")
    #expect(throws: APIError.self) { try cluster.autoscale(Deployment.self, "x", max: 2) }
    #expect(throws: APIError.self) { try cluster.autoscale(Node.self, "node-1", max: 2) }
    try cluster.autoscale(Deployment.self, "web", max: 2)
    let twice = #expect(throws: APIError.self) {
      try cluster.autoscale(Deployment.self, "web", max: 2)
    }
    #expect(twice?.reason == .alreadyExists)
  }

  @Test func aScenarioMeasuresAndScales() throws {
    let text = """
      apiVersion: kubesim.dev/v1alpha1
      kind: Scenario
      metadata: {name: load}
      spec:
        duration: 60s
        nodes: [{count: 2}]
        steps:
          - at: 0s
            apply:
              - apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      containers:
                        - {name: app, image: "web:1", resources: {requests: {cpu: 100m}}}
          - at: 1s
            autoscale: {target: {kind: Deployment, name: web}, min: 1, max: 3, cpuPercent: 50}
          - at: 5s
            measure: {resource: cpu, pods: {app: web}, shared: 500m}
          - at: 40s
            scale: {target: {kind: Deployment, name: web}, replicas: 2, currentReplicas: 9}
      """
    let manifest = try #require(try Manifest.all(inText: text).first)
    var run = try ScenarioRunner(try Scenario(manifest))
    try run.run()
    #expect(run.cluster[Deployment.self, "web"]?.spec.replicas == 3)
    #expect(run.responses.map(\.message) == ["Expected replicas to be 9, was 3"])
  }

  @Test func aScaleWithAPreconditionIsHeldToIt() throws {
    var cluster = Cluster(nodes: 1)
    let stored = try cluster.create(Samples.deployment())
    let size = #expect(throws: APIError.self) {
      try cluster.scale(Deployment.self, "web", to: 4, ifCurrentReplicas: 3)
    }
    #expect(size?.message == "Expected replicas to be 3, was 2")
    let version = stored.metadata.resourceVersion.description
    let other = #expect(throws: APIError.self) {
      try cluster.scale(Deployment.self, "web", to: 4, ifResourceVersion: "1")
    }
    #expect(other?.message == "Expected resource version to be 1, was \(version)")
    try cluster.scale(
      Deployment.self, "web", to: 4, ifCurrentReplicas: 2, ifResourceVersion: version)
    #expect(cluster[Deployment.self, "web"]?.spec.replicas == 4)
  }
}

extension Website: ScalableObject {
  var scale: Scale {
    Scale(of: self, wanted: spec.servers, current: status.ready, selector: nil)
  }
  mutating func setScale(_ replicas: Int32) { spec.servers = replicas }
}
