import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

@Suite struct HorizontalPodAutoscalerControllerTests {
  private var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
  private var controller = HorizontalPodAutoscalerController()

  private mutating func deployment(
    _ name: String = "web", replicas: Int32, label: String = "web"
  ) -> ObjectKey {
    var web = Deployment()
    web.metadata.name = name
    web.metadata.namespace = "default"
    web.spec.replicas = replicas
    web.spec.selector = LabelSelector(matchLabels: ["app": label])
    web.status.replicas = replicas
    for number in 0..<replicas {
      var pod = Pod()
      pod.metadata.name = "\(name)-\(number)"
      pod.metadata.namespace = "default"
      pod.metadata.labels = ["app": label]
      pod.status.phase = .running
      pod.status.startTime = Timestamp("2026-06-01T11:00:00Z")
      var ready = PodCondition(type: .ready, status: .true)
      ready.lastTransitionTime = pod.status.startTime
      pod.status.conditions = [ready]
      var container = Container()
      container.name = "app"
      container.resources.requests = ["cpu": Quantity(value: 1)]
      pod.spec.containers = [container]
      runner.insert(pod)
    }
    return runner.insert(web)
  }

  private mutating func autoscaler(
    _ name: String = "web", min least: Int32 = 1, max greatest: Int32 = 10,
    metrics: [MetricSpec]? = nil, _ change: (inout HorizontalPodAutoscaler) -> Void = { _ in }
  ) -> ObjectKey {
    var autoscaler = HorizontalPodAutoscaler()
    autoscaler.metadata.name = name
    autoscaler.metadata.namespace = "default"
    autoscaler.spec.scaleTargetRef.kind = "Deployment"
    autoscaler.spec.scaleTargetRef.apiVersion = "apps/v1"
    autoscaler.spec.scaleTargetRef.name = name
    autoscaler.spec.minReplicas = least
    autoscaler.spec.maxReplicas = greatest
    autoscaler.spec.metrics = metrics ?? [Self.cpu(50)]
    change(&autoscaler)
    return runner.insert(autoscaler)
  }

  private static func cpu(_ percent: Int32) -> MetricSpec {
    var source = ResourceMetricSource()
    source.name = "cpu"
    source.target.type = .utilization
    source.target.averageUtilization = percent
    var metric = MetricSpec()
    metric.type = .resource
    metric.resource = source
    return metric
  }

  private static func requests(_ average: Int64) -> MetricSpec {
    var source = PodsMetricSource()
    source.metric.name = "rps"
    source.target.type = .averageValue
    source.target.averageValue = Quantity(value: average)
    var metric = MetricSpec()
    metric.type = .pods
    metric.pods = source
    return metric
  }

  private mutating func use(cpu milli: Int64) {
    var metrics = MetricsSource()
    metrics.measure(
      .resource("cpu"), .each(["app": "web"]), .constant(Quantity(milliValue: milli)))
    controller.metrics = metrics
  }

  private mutating func look(_ key: ObjectKey) {
    runner.forget()
    runner.run(controller.reconcile(key, in: runner.snapshot))
  }

  private func condition(
    _ type: HorizontalPodAutoscalerConditionType, _ key: ObjectKey
  ) -> HorizontalPodAutoscalerCondition? {
    runner.store[HorizontalPodAutoscaler.self, key]?.status.conditions
      .first { $0.type == type }
  }

  private func size(_ key: ObjectKey) -> Int32? {
    runner.store[Deployment.self, key]?.spec.replicas
  }

  @Test mutating func aSizeOutOfBoundsIsPutRightWithoutMetrics() {
    let target = deployment(replicas: 5)
    let key = autoscaler(max: 3)
    look(key)
    #expect(size(target) == 3)
    #expect(
      runner.events == [
        "Normal SuccessfulRescale New size: 3; reason: Current number of replicas above "
          + "Spec.MaxReplicas"
      ])
    runner.modify(Deployment.self, target) { $0.spec.replicas = 1 }
    runner.modify(HorizontalPodAutoscaler.self, key) { $0.spec.minReplicas = 2 }
    look(key)
    #expect(size(target) == 2)
    #expect(condition(.scalingActive, key) == nil)
  }

  @Test mutating func everyLookIsFifteenSecondsAfterTheLast() {
    _ = deployment(replicas: 1)
    let key = autoscaler()
    look(key)
    #expect(runner.wakes == [Plan.Wake(key: key, time: .zero + .seconds(15))])
  }

  @Test mutating func aSizeFollowsTheLoad() {
    let target = deployment(replicas: 2)
    let key = autoscaler()
    use(cpu: 900)
    look(key)
    #expect(size(target) == 4)
    #expect(condition(.scalingActive, key)?.reason == "ValidMetricFound")
    #expect(
      runner.events == [
        "Normal SuccessfulRescale New size: 4; reason: cpu resource utilization (percentage of "
          + "request) above target"
      ])
  }

  @Test mutating func theFirstSizeHoldsForFiveMinutes() {
    let target = deployment(replicas: 4)
    let key = autoscaler()
    use(cpu: 100)
    look(key)
    #expect(size(target) == 4)
    #expect(condition(.ableToScale, key)?.reason == "ScaleDownStabilized")
    runner.now = .zero + .seconds(300)
    look(key)
    #expect(size(target) == 4)
    runner.now = .zero + .seconds(301)
    look(key)
    #expect(size(target) == 1)
  }

  @Test mutating func aFailingMetricDoesNotKeepAValidOneFromScalingUp() {
    let target = deployment(replicas: 2)
    let key = autoscaler(metrics: [Self.requests(10), Self.cpu(50)])
    use(cpu: 900)
    look(key)
    #expect(size(target) == 4)
    #expect(condition(.scalingActive, key)?.status == .true)
    #expect(runner.events.contains { $0.hasPrefix("Warning FailedGetPodsMetric") })
  }

  @Test mutating func aFailingMetricKeepsAValidOneFromScalingDown() {
    let target = deployment(replicas: 2)
    let key = autoscaler(metrics: [Self.requests(10), Self.cpu(50)])
    use(cpu: 100)
    look(key)
    #expect(size(target) == 2)
    #expect(condition(.scalingActive, key)?.reason == "FailedGetPodsMetric")
    #expect(
      runner.events.last
        == "Warning FailedComputeMetricsReplicas invalid metrics (1 invalid out of 2), first "
        + "error is: failed to get pods metric value: unable to get metric rps: unable to fetch "
        + "metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) "
        + "registered")
  }

  @Test mutating func aTargetScaledToZeroByHandIsLeftAloneUntilItIsBack() {
    let target = deployment(replicas: 2)
    let key = autoscaler()
    use(cpu: 900)
    runner.modify(Deployment.self, target) { $0.spec.replicas = 0 }
    look(key)
    #expect(size(target) == 0)
    #expect(condition(.scalingActive, key)?.reason == "ScalingDisabled")
    runner.modify(Deployment.self, target) { $0.spec.replicas = 1 }
    look(key)
    #expect(condition(.scalingActive, key)?.reason == "ValidMetricFound")
    #expect((size(target) ?? 0) > 1)
  }

  @Test mutating func twoAutoscalersOfTheSamePodsBothStop() {
    let one = deployment("web", replicas: 2)
    let two = deployment("api", replicas: 2)
    let first = autoscaler("web")
    let second = autoscaler("api")
    use(cpu: 900)
    look(first)
    #expect(size(one) == 4)
    look(second)
    #expect(size(two) == 2)
    #expect(condition(.scalingActive, second)?.reason == "AmbiguousSelector")
    look(first)
    #expect(
      condition(.scalingActive, first)?.message
        == "pods by selector app=web are controlled by multiple HPAs: "
        + "[default/api default/web]")
  }

  @Test mutating func anUnknownTargetIsReportedAndLookedForAgain() {
    let key = autoscaler { $0.spec.scaleTargetRef.kind = "Foo" }
    look(key)
    let error = "no matches for kind \"Foo\" in group \"apps\""
    #expect(runner.events == ["Warning FailedGetScale \(error)"])
    #expect(condition(.ableToScale, key)?.status == .false)
    #expect(
      condition(.ableToScale, key)?.message
        == "the HPA controller was unable to get the target's current scale: \(error)")
    #expect(runner.wakes.count == 1)
    let missing = autoscaler("other")
    look(missing)
    #expect(runner.events == ["Warning FailedGetScale deployments/scale.apps \"other\" not found"])
    let node = autoscaler("node-1") {
      $0.spec.scaleTargetRef.kind = "Node"
      $0.spec.scaleTargetRef.apiVersion = "v1"
    }
    look(node)
    #expect(
      runner.events == ["Warning FailedGetScale the server could not find the requested resource"])
  }

  @Test mutating func nothingIsWrittenWhenNothingChanged() {
    _ = deployment(replicas: 2)
    let key = autoscaler()
    use(cpu: 500)
    look(key)
    #expect(!runner.actions.isEmpty)
    look(key)
    #expect(runner.actions.isEmpty)
    #expect(runner.events.isEmpty)
  }

  @Test mutating func aSizeThatSomebodyElseWroteIsNoConflict() {
    let target = deployment(replicas: 5)
    let key = autoscaler(max: 3)
    let plan = controller.reconcile(key, in: runner.snapshot)
    runner.modify(Deployment.self, target) { $0.metadata.annotations["a"] = "b" }
    runner.run(plan)
    #expect(runner.errors.isEmpty)
    #expect(size(target) == 3)
  }

  @Test mutating func aRefusedSizeIsReportedAndNotRemembered() {
    let target = deployment(replicas: 5)
    let key = autoscaler(max: 3)
    runner.refuse = { write in
      guard case .update = write.action else { return nil }
      return .forbidden(Deployment.resource, "web", "no")
    }
    look(key)
    #expect(size(target) == 5)
    #expect(condition(.ableToScale, key)?.reason == "FailedUpdateScale")
    #expect(
      runner.events.last?.hasPrefix(
        "Warning FailedRescale New size: 3; reason: Current number of replicas above "
          + "Spec.MaxReplicas; error: ") == true)
    #expect(runner.store[HorizontalPodAutoscaler.self, key]?.status.lastScaleTime == nil)
  }

  @Test mutating func aPolicyCountsWhatWasAddedBefore() {
    let target = deployment(replicas: 2)
    var behavior = HorizontalPodAutoscalerBehavior()
    var up = HPAScalingRules()
    up.selectPolicy = .max
    up.stabilizationWindowSeconds = 0
    var policy = HPAScalingPolicy()
    (policy.type, policy.value, policy.periodSeconds) = (.pods, 1, 60)
    up.policies = [policy]
    behavior.scaleUp = up
    let key = autoscaler { $0.spec.behavior = behavior }
    use(cpu: 5000)
    look(key)
    #expect(size(target) == 3)
    runner.now = .zero + .seconds(15)
    look(key)
    #expect(size(target) == 3)
    #expect(condition(.scalingLimited, key)?.reason == "ScaleUpLimit")
    runner.now = .zero + .seconds(60)
    look(key)
    #expect(size(target) == 4)
  }

  @Test mutating func aScaleWithoutASelectorIsRefused() {
    let target = deployment(replicas: 2)
    runner.modify(Deployment.self, target) { $0.spec.selector = nil }
    let key = autoscaler()
    use(cpu: 900)
    look(key)
    #expect(
      runner.events == [
        "Warning SelectorRequired selector is required",
        "Warning FailedComputeMetricsReplicas selector is required",
      ])
    #expect(condition(.scalingActive, key)?.reason == "InvalidSelector")
  }
}
