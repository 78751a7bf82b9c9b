import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures

/// Autoscalers with their targets on a small store, looked at when the test says so.
struct AutoscalerRun {
  var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
  var controller = HorizontalPodAutoscalerController()

  mutating func deployment(
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

  mutating func autoscaler(
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

  static func cpu(_ percent: Int32) -> MetricSpec {
    var source = ResourceMetricSource()
    source.name = "cpu"
    source.target.type = .utilization
    source.target.averageUtilization = percent
    var metric = MetricSpec()
    metric.type = .resource
    metric.resource = source
    return metric
  }

  static func requests(_ average: Int64) -> MetricSpec {
    var source = PodsMetricSource()
    source.metric.name = "rps"
    source.target.type = .averageValue
    source.target.averageValue = Quantity(value: average)
    var metric = MetricSpec()
    metric.type = .pods
    metric.pods = source
    return metric
  }

  mutating func use(cpu milli: Int64) {
    var metrics = MetricsSource()
    metrics.measure(
      .resource("cpu"), .each(["app": "web"]), .constant(Quantity(milliValue: milli)))
    controller.metrics = metrics
  }

  mutating func look(_ key: ObjectKey) {
    runner.forget()
    runner.run(controller.reconcile(key, in: runner.snapshot))
  }

  func condition(
    _ type: HorizontalPodAutoscalerConditionType, _ key: ObjectKey
  ) -> HorizontalPodAutoscalerCondition? {
    runner.store[HorizontalPodAutoscaler.self, key]?.status.conditions
      .first { $0.type == type }
  }

  func size(_ key: ObjectKey) -> Int32? {
    runner.store[Deployment.self, key]?.spec.replicas
  }
}
