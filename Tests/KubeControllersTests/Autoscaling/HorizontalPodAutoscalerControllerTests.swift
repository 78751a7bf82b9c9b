import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

@Suite struct HorizontalPodAutoscalerControllerTests {
  private var run = AutoscalerRun()

  @Test mutating func aSizeOutOfBoundsIsPutRightWithoutMetrics() {
    let target = run.deployment(replicas: 5)
    let key = run.autoscaler(max: 3)
    run.look(key)
    #expect(run.size(target) == 3)
    #expect(
      run.runner.events == [
        "Normal SuccessfulRescale New size: 3; reason: Current number of replicas above "
          + "Spec.MaxReplicas"
      ])
    run.runner.modify(Deployment.self, target) { $0.spec.replicas = 1 }
    run.runner.modify(HorizontalPodAutoscaler.self, key) { $0.spec.minReplicas = 2 }
    run.look(key)
    #expect(run.size(target) == 2)
    #expect(run.condition(.scalingActive, key) == nil)
  }

  @Test mutating func everyLookIsFifteenSecondsAfterTheLast() {
    _ = run.deployment(replicas: 1)
    let key = run.autoscaler()
    run.look(key)
    #expect(run.runner.wakes == [Plan.Wake(key: key, time: .zero + .seconds(15))])
  }

  @Test mutating func aSizeFollowsTheLoad() {
    let target = run.deployment(replicas: 2)
    let key = run.autoscaler()
    run.use(cpu: 900)
    run.look(key)
    #expect(run.size(target) == 4)
    #expect(run.condition(.scalingActive, key)?.reason == "ValidMetricFound")
    #expect(
      run.runner.events == [
        "Normal SuccessfulRescale New size: 4; reason: cpu resource utilization (percentage of "
          + "request) above target"
      ])
  }

  @Test mutating func theFirstSizeHoldsForFiveMinutes() {
    let target = run.deployment(replicas: 4)
    let key = run.autoscaler()
    run.use(cpu: 100)
    run.look(key)
    #expect(run.size(target) == 4)
    #expect(run.condition(.ableToScale, key)?.reason == "ScaleDownStabilized")
    run.runner.now = .zero + .seconds(300)
    run.look(key)
    #expect(run.size(target) == 4)
    run.runner.now = .zero + .seconds(301)
    run.look(key)
    #expect(run.size(target) == 1)
  }

  @Test mutating func aFailingMetricDoesNotKeepAValidOneFromScalingUp() {
    let target = run.deployment(replicas: 2)
    let key = run.autoscaler(metrics: [AutoscalerRun.requests(10), AutoscalerRun.cpu(50)])
    run.use(cpu: 900)
    run.look(key)
    #expect(run.size(target) == 4)
    #expect(run.condition(.scalingActive, key)?.status == .true)
    #expect(run.runner.events.contains { $0.hasPrefix("Warning FailedGetPodsMetric") })
  }

  @Test mutating func aFailingMetricKeepsAValidOneFromScalingDown() {
    let target = run.deployment(replicas: 2)
    let key = run.autoscaler(metrics: [AutoscalerRun.requests(10), AutoscalerRun.cpu(50)])
    run.use(cpu: 100)
    run.look(key)
    #expect(run.size(target) == 2)
    #expect(run.condition(.scalingActive, key)?.reason == "FailedGetPodsMetric")
    #expect(
      run.runner.events.last
        == "Warning FailedComputeMetricsReplicas invalid metrics (1 invalid out of 2), first "
        + "error is: failed to get pods metric value: unable to get metric rps: unable to fetch "
        + "metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) "
        + "registered")
  }

  @Test mutating func aTargetScaledToZeroByHandIsLeftAloneUntilItIsBack() {
    let target = run.deployment(replicas: 2)
    let key = run.autoscaler()
    run.use(cpu: 900)
    run.runner.modify(Deployment.self, target) { $0.spec.replicas = 0 }
    run.look(key)
    #expect(run.size(target) == 0)
    #expect(run.condition(.scalingActive, key)?.reason == "ScalingDisabled")
    run.runner.modify(Deployment.self, target) { $0.spec.replicas = 1 }
    run.look(key)
    #expect(run.condition(.scalingActive, key)?.reason == "ValidMetricFound")
    #expect((run.size(target) ?? 0) > 1)
  }

  @Test mutating func twoAutoscalersOfTheSamePodsBothStop() {
    let one = run.deployment("web", replicas: 2)
    let two = run.deployment("api", replicas: 2)
    let first = run.autoscaler("web")
    let second = run.autoscaler("api")
    run.use(cpu: 900)
    run.look(first)
    #expect(run.size(one) == 4)
    run.look(second)
    #expect(run.size(two) == 2)
    #expect(run.condition(.scalingActive, second)?.reason == "AmbiguousSelector")
    run.look(first)
    #expect(
      run.condition(.scalingActive, first)?.message
        == "pods by selector app=web are controlled by multiple HPAs: "
        + "[default/api default/web]")
  }

  @Test mutating func anUnknownTargetIsReportedAndLookedForAgain() {
    let key = run.autoscaler { $0.spec.scaleTargetRef.kind = "Foo" }
    run.look(key)
    let error = "no matches for kind \"Foo\" in group \"apps\""
    #expect(run.runner.events == ["Warning FailedGetScale \(error)"])
    #expect(run.condition(.ableToScale, key)?.status == .false)
    #expect(
      run.condition(.ableToScale, key)?.message
        == "the HPA controller was unable to get the target's current scale: \(error)")
    #expect(run.runner.wakes.count == 1)
    let missing = run.autoscaler("other")
    run.look(missing)
    #expect(
      run.runner.events == ["Warning FailedGetScale deployments/scale.apps \"other\" not found"])
    let node = run.autoscaler("node-1") {
      $0.spec.scaleTargetRef.kind = "Node"
      $0.spec.scaleTargetRef.apiVersion = "v1"
    }
    run.look(node)
    #expect(
      run.runner.events == [
        "Warning FailedGetScale the server could not find the requested resource"
      ])
  }

  @Test mutating func nothingIsWrittenWhenNothingChanged() {
    _ = run.deployment(replicas: 2)
    let key = run.autoscaler()
    run.use(cpu: 500)
    run.look(key)
    #expect(!run.runner.actions.isEmpty)
    run.look(key)
    #expect(run.runner.actions.isEmpty)
    #expect(run.runner.events.isEmpty)
  }

  @Test mutating func aSizeThatSomebodyElseWroteIsNoConflict() {
    let target = run.deployment(replicas: 5)
    let key = run.autoscaler(max: 3)
    let plan = run.controller.reconcile(key, in: run.runner.snapshot)
    run.runner.modify(Deployment.self, target) { $0.metadata.annotations["a"] = "b" }
    run.runner.run(plan)
    #expect(run.runner.errors.isEmpty)
    #expect(run.size(target) == 3)
  }

  @Test mutating func aRefusedSizeIsReportedAndNotRemembered() {
    let target = run.deployment(replicas: 5)
    let key = run.autoscaler(max: 3)
    run.runner.refuse = { write in
      guard case .update = write.action else { return nil }
      return .forbidden(Deployment.resource, "web", "no")
    }
    run.look(key)
    #expect(run.size(target) == 5)
    #expect(run.condition(.ableToScale, key)?.reason == "FailedUpdateScale")
    #expect(
      run.runner.events.last?.hasPrefix(
        "Warning FailedRescale New size: 3; reason: Current number of replicas above "
          + "Spec.MaxReplicas; error: ") == true)
    #expect(run.runner.store[HorizontalPodAutoscaler.self, key]?.status.lastScaleTime == nil)
  }

  @Test mutating func aPolicyCountsWhatWasAddedBefore() {
    let target = run.deployment(replicas: 2)
    var behavior = HorizontalPodAutoscalerBehavior()
    var up = HPAScalingRules()
    up.selectPolicy = .max
    up.stabilizationWindowSeconds = 0
    var policy = HPAScalingPolicy()
    (policy.type, policy.value, policy.periodSeconds) = (.pods, 1, 60)
    up.policies = [policy]
    behavior.scaleUp = up
    let key = run.autoscaler { $0.spec.behavior = behavior }
    run.use(cpu: 5000)
    run.look(key)
    #expect(run.size(target) == 3)
    run.runner.now = .zero + .seconds(15)
    run.look(key)
    #expect(run.size(target) == 3)
    #expect(run.condition(.scalingLimited, key)?.reason == "ScaleUpLimit")
    run.runner.now = .zero + .seconds(60)
    run.look(key)
    #expect(run.size(target) == 4)
  }

  @Test mutating func aScaleWithoutASelectorIsRefused() {
    let target = run.deployment(replicas: 2)
    run.runner.modify(Deployment.self, target) { $0.spec.selector = nil }
    let key = run.autoscaler()
    run.use(cpu: 900)
    run.look(key)
    #expect(
      run.runner.events == [
        "Warning SelectorRequired selector is required",
        "Warning FailedComputeMetricsReplicas selector is required",
      ])
    #expect(run.condition(.scalingActive, key)?.reason == "InvalidSelector")
  }
}
