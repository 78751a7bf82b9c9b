import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

/// What an autoscaler says of itself, in full.
@Suite struct AutoscalerConditionTests {
  private var run = AutoscalerRun()

  /// As `ScalingActive True ValidMetricFound the HPA was …`.
  private func words(_ key: ObjectKey) -> [String] {
    (run.runner.store[HorizontalPodAutoscaler.self, key]?.status.conditions ?? []).map {
      "\($0.type.rawValue) \($0.status.rawValue) \($0.reason) \($0.message)"
    }
  }

  @Test mutating func aSizeThatFitsIsReadyForANewScale() {
    _ = run.deployment(replicas: 2)
    let key = run.autoscaler()
    run.use(cpu: 500)
    run.look(key)
    #expect(
      words(key) == [
        "AbleToScale True ReadyForNewScale recommended size matches current size",
        "ScalingActive True ValidMetricFound the HPA was able to successfully calculate a replica "
          + "count from cpu resource utilization (percentage of request)",
        "ScalingLimited False DesiredWithinRange the desired count is within the acceptable range",
      ])
    let status = run.runner.store[HorizontalPodAutoscaler.self, key]?.status
    #expect(status?.currentReplicas == 2)
    #expect(status?.desiredReplicas == 2)
    #expect(status?.currentMetrics.first?.resource?.current.averageUtilization == 50)
    #expect(status?.lastScaleTime == nil)
    #expect(status?.observedGeneration == nil)
  }

  @Test mutating func aRiseThatIsTooFastIsScaledAndLimited() {
    let target = run.deployment(replicas: 3)
    let key = run.autoscaler(max: 100)
    run.use(cpu: 9000)
    run.look(key)
    #expect(run.size(target) == 6)
    #expect(
      words(key) == [
        "AbleToScale True SucceededRescale the HPA controller was able to update the target scale "
          + "to 6",
        "ScalingActive True ValidMetricFound the HPA was able to successfully calculate a replica "
          + "count from cpu resource utilization (percentage of request)",
        "ScalingLimited True ScaleUpLimit the desired replica count is increasing faster than the "
          + "maximum scale rate",
      ])
    let status = run.runner.store[HorizontalPodAutoscaler.self, key]?.status
    #expect(status?.currentReplicas == 3, "the size before the change")
    #expect(status?.desiredReplicas == 6)
    #expect(status?.lastScaleTime == run.runner.clock.timestamp(run.runner.now))
  }

  @Test mutating func boundsSayThatTheyLimit() {
    let key = run.autoscaler(min: 2, max: 3)
    let target = run.deployment(replicas: 2)
    run.use(cpu: 9000)
    run.look(key)
    #expect(
      words(key).last
        == "ScalingLimited True TooManyReplicas the desired replica count is more than the maximum "
        + "replica count")
    run.runner.modify(Deployment.self, target) { $0.spec.replicas = 2 }
    run.use(cpu: 1)
    run.runner.now = .zero + .seconds(600)
    run.look(key)
    #expect(
      words(key).last
        == "ScalingLimited True TooFewReplicas the desired replica count is less than the minimum "
        + "replica count")
  }

  @Test mutating func aFallIsHeldUpByRecentRecommendations() {
    _ = run.deployment(replicas: 4)
    let key = run.autoscaler()
    run.use(cpu: 100)
    run.look(key)
    #expect(
      words(key).first
        == "AbleToScale True ScaleDownStabilized recent recommendations were higher than current "
        + "one, applying the highest recent recommendation")
  }

  @Test mutating func aSizeOfZeroSwitchesItOff() {
    let target = run.deployment(replicas: 2)
    let key = run.autoscaler()
    run.runner.modify(Deployment.self, target) { $0.spec.replicas = 0 }
    run.look(key)
    #expect(
      words(key) == [
        "AbleToScale True SucceededGetScale the HPA controller was able to get the target's current "
          + "scale",
        "ScalingActive False ScalingDisabled scaling is disabled since the replica count of the "
          + "target is zero",
      ])
  }

  @Test mutating func aTimeOfAConditionMovesWithItsStatusOnly() {
    _ = run.deployment(replicas: 2)
    let key = run.autoscaler()
    run.look(key)
    let first = run.condition(.scalingActive, key)
    #expect(first?.status == .false)
    run.runner.now = .zero + .seconds(15)
    run.runner.modify(HorizontalPodAutoscaler.self, key) {
      $0.spec.metrics = [AutoscalerRun.requests(10)]
    }
    run.look(key)
    let second = run.condition(.scalingActive, key)
    #expect(second?.reason == "FailedGetPodsMetric")
    #expect(second?.lastTransitionTime == first?.lastTransitionTime)
    run.use(cpu: 500)
    run.runner.modify(HorizontalPodAutoscaler.self, key) {
      $0.spec.metrics = [AutoscalerRun.cpu(50)]
    }
    run.runner.now = .zero + .seconds(30)
    run.look(key)
    #expect(
      run.condition(.scalingActive, key)?.lastTransitionTime
        == run.runner.clock.timestamp(run.runner.now))
  }

  @Test mutating func withoutAMetricsServerTheTextNamesWhatIsMissing() {
    _ = run.deployment(replicas: 2)
    let key = run.autoscaler()
    run.look(key)
    let error =
      "failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch "
      + "metrics from resource metrics API: the server could not find the requested resource "
      + "(get pods.metrics.k8s.io)"
    #expect(
      run.runner.events == [
        "Warning FailedGetResourceMetric \(error)",
        "Warning FailedComputeMetricsReplicas invalid metrics (1 invalid out of 1), first error "
          + "is: failed to get cpu resource metric value: \(error)",
      ])
    #expect(
      words(key).last
        == "ScalingActive False FailedGetResourceMetric the HPA was unable to compute the replica "
        + "count: \(error)")
  }

  @Test mutating func metricsOfObjectsAndFromOutsideAreNamedInTheirTexts() {
    let target = run.deployment(replicas: 2)
    var object = MetricSpec()
    object.type = .object
    var source = ObjectMetricSource()
    source.metric.name = "hits"
    (source.describedObject.kind, source.describedObject.name) = ("Service", "main")
    source.target.type = .value
    source.target.value = Quantity(value: 10)
    object.object = source
    var external = MetricSpec()
    external.type = .external
    var outside = ExternalMetricSource()
    outside.metric.name = "queue"
    outside.metric.selector = LabelSelector(matchLabels: ["q": "a"])
    outside.target.type = .averageValue
    outside.target.averageValue = Quantity(value: 5)
    external.external = outside
    let key = run.autoscaler(metrics: [object, external])
    var metrics = MetricsSource()
    metrics.measure(
      .object(kind: "Service", name: "main", metric: "hits"), nil, .constant(Quantity(value: 15)))
    metrics.measure(
      .external("queue", labels: ["q": "a", "z": "1"]), nil, .constant(Quantity(value: 12)))
    metrics.measure(
      .external("queue", labels: ["q": "a", "z": "2"]), nil, .constant(Quantity(value: 8)))
    metrics.measure(.external("queue", labels: ["q": "b"]), nil, .constant(Quantity(value: 99)))
    run.controller.metrics = metrics
    run.look(key)
    // 15 / 10 on two ready pods: 3; 20 / 5: 4.
    #expect(run.size(target) == 4)
    #expect(
      run.runner.events == [
        "Normal SuccessfulRescale New size: 4; reason: external metric "
          + "queue(&LabelSelector{MatchLabels:map[string]string{q: a,},"
          + "MatchExpressions:[]LabelSelectorRequirement{},}) above target"
      ])
    let measured = run.runner.store[HorizontalPodAutoscaler.self, key]?.status.currentMetrics
    #expect(measured?[0].object?.current.value == Quantity(value: 15))
    #expect(measured?[1].external?.current.averageValue == Quantity(value: 10))
  }

  @Test mutating func theMetricOfOneContainerLeavesTheOthersAlone() {
    let target = run.deployment(replicas: 2)
    for pod in run.runner.objects(Pod.self) {
      let key = run.runner.store.key(Pod.self, "default", pod.metadata.name)
      run.runner.modify(Pod.self, key ?? .cluster) {
        $0.spec.containers.append(Container(name: "side", image: "side:1"))
      }
    }
    var metric = MetricSpec()
    metric.type = .containerResource
    var source = ContainerResourceMetricSource()
    (source.name, source.container) = ("cpu", "app")
    source.target.type = .utilization
    source.target.averageUtilization = 50
    metric.containerResource = source
    let key = run.autoscaler(metrics: [metric])
    run.use(cpu: 900)
    run.look(key)
    // The other container requests nothing, and is not asked.
    #expect(run.size(target) == 4)
    #expect(
      run.runner.events == [
        "Normal SuccessfulRescale New size: 4; reason: cpu container resource utilization "
          + "(percentage of request) above target"
      ])
    run.runner.modify(HorizontalPodAutoscaler.self, key) {
      $0.spec.metrics[0].containerResource?.container = "side"
    }
    run.look(key)
    #expect(run.condition(.scalingActive, key)?.reason == "FailedGetContainerResourceMetric")
  }

  @Test mutating func aNewControllerHasForgottenWhatHoldsASizeUp() {
    let target = run.deployment(replicas: 4)
    let key = run.autoscaler()
    run.use(cpu: 900)
    run.look(key)
    #expect(run.size(target) == 8)
    var fresh = HorizontalPodAutoscalerController()
    fresh.adopt(settingsOf: run.controller)
    run.controller = fresh
    run.use(cpu: 100)
    run.look(key)
    // It begins with the size that it finds, and holds that for five minutes again.
    #expect(run.size(target) == 8)
    run.runner.now = .zero + .seconds(301)
    run.look(key)
    #expect((run.size(target) ?? 9) < 8)
  }
}
