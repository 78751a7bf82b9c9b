import KubeAPIServer
import KubeModel

// kubectl autoscale.
//
// Follows   staging/src/k8s.io/kubectl/pkg/cmd/autoscale/autoscale.go (v1.36)

extension Cluster {
  /// Makes a HorizontalPodAutoscaler for a workload, of the same name: `kubectl autoscale`.
  ///
  /// - Parameters:
  ///   - least: The least number of pods; 1 when nothing is said.
  ///   - greatest: The greatest number of pods.
  ///   - cpuPercent: The use of CPU to be reached, in percent of the request; 80 when nothing is
  ///     said.
  /// - Throws: BadRequest for numbers that cannot be, NotFound for what is not there, AlreadyExists,
  ///   Invalid.
  @discardableResult public mutating func autoscale(
    _ kind: any APIObject.Type, _ name: String, namespace: String = "default",
    min least: Int32? = nil, max greatest: Int32, cpuPercent: Int32? = nil
  ) throws(APIError) -> HorizontalPodAutoscaler {
    if greatest < 1 {
      throw .badRequest("--max=MAXPODS is required and must be at least 1, max: \(greatest)")
    }
    if let least, greatest < least {
      throw .badRequest(
        "--max=MAXPODS must be larger or equal to --min=MINPODS, max: \(greatest), min: \(least)")
    }
    _ = try server.get(kind, namespace, name)
    guard kind is any ScalableObject.Type else {
      throw .badRequest("cannot autoscale a \(kind.resource.qualifiedKind)")
    }
    var autoscaler = HorizontalPodAutoscaler()
    autoscaler.metadata.name = name
    autoscaler.metadata.namespace = namespace
    autoscaler.spec.scaleTargetRef.kind = kind.resource.kind
    autoscaler.spec.scaleTargetRef.name = name
    autoscaler.spec.scaleTargetRef.apiVersion = kind.resource.apiVersion
    autoscaler.spec.minReplicas = least
    autoscaler.spec.maxReplicas = greatest
    if let cpuPercent {
      var cpu = ResourceMetricSource()
      cpu.name = ResourceName.cpu
      cpu.target.type = .utilization
      cpu.target.averageUtilization = cpuPercent
      var metric = MetricSpec()
      metric.type = .resource
      metric.resource = cpu
      autoscaler.spec.metrics = [metric]
    }
    begin(actor: Self.user, rule: "autoscale", cause: .none)
    let key = try server.create(autoscaler, at: time, sink: &engine)
    return store[HorizontalPodAutoscaler.self, key] ?? autoscaler
  }
}
