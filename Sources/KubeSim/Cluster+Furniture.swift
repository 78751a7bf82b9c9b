import KubeAPIServer
import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel

// What is in a new cluster before the user's first step.

extension Cluster {
  static func controllers(_ timing: Timing) -> [any Reconciler] {
    [
      // A Deployment looks again once its ReplicaSets have acted on its last word.
      DeploymentController(latency: timing.controller * 2),
      ReplicaSetController(latency: timing.controller),
      ReplicationManager(latency: timing.controller),
      StatefulSetController(latency: timing.controller),
      DaemonSetController(latency: timing.controller),
      GarbageCollector(latency: timing.controller),
      PersistentVolumeController(latency: timing.controller),
      ClaimProtectionController(latency: timing.controller),
      VolumeProtectionController(latency: timing.controller),
      EphemeralVolumeController(latency: timing.controller),
      VolumeProvisioner(latency: timing.controller),
      AttachDetachController(latency: timing.controller),
      VolumeExpansionController(latency: timing.controller),
      EndpointSliceController(latency: timing.controller),
      NamespaceController(latency: timing.controller),
      NodeLifecycleController(latency: timing.controller),
      JobController(latency: timing.controller),
      TTLAfterFinishedController(latency: timing.controller),
      CronJobController(latency: timing.controller),
      HorizontalPodAutoscalerController(),
      PodGarbageCollector(latency: timing.controller),
      ServiceAccountController(latency: timing.controller),
      RootCertificatePublisher(latency: timing.controller),
      EndpointsController(latency: timing.controller),
    ]
  }

  /// The namespaces of every cluster, and the Service of the API itself.
  mutating func furnish() {
    begin(actor: "kube-apiserver", rule: "cluster start", cause: .none)
    for name in ["default", "kube-node-lease", "kube-public", "kube-system"] {
      var namespace = Namespace()
      namespace.metadata.name = name
      namespace.metadata.labels["kubernetes.io/metadata.name"] = name
      _ = try? server.create(namespace, at: time, sink: &engine)
    }
    var service = Service()
    service.metadata.name = "kubernetes"
    service.metadata.namespace = "default"
    service.metadata.labels = ["component": "apiserver", "provider": "kubernetes"]
    service.spec.clusterIP = "10.96.0.1"
    var port = ServicePort()
    port.name = "https"
    port.port = 443
    port.targetPort = .int(6443)
    service.spec.ports = [port]
    _ = try? server.create(service, at: time, sink: &engine)
  }

  /// Creates the first nodes and lets them become Ready before instant zero.
  mutating func join(_ nodes: [NodeTemplate]) throws(APIError) {
    for template in nodes {
      begin(actor: "kubelet", rule: "node registers itself", cause: .none)
      try createNode(template)
    }
    // Nothing but the nodes is there, so nothing can run on without end.
    while let next = engine.agenda.nextTime(), next <= .zero { step() }
    engine.now = .zero
  }

  @discardableResult mutating func createNode(
    _ template: NodeTemplate
  ) throws(APIError) -> ObjectKey {
    // The kubelet sends capacity with its first status, which creation drops.
    let key = try server.create(template.node, at: time, sink: &engine)
    guard !template.allocatable.isEmpty, var node = server.store[Node.self, key] else { return key }
    node.status.allocatable = template.allocatable
    node.status.capacity = template.allocatable
    try server.update(key, with: node, part: .status, at: time, sink: &engine)
    return key
  }

  /// Now, as the API shows it.
  var time: Timestamp { clock.timestamp(now) }

  /// From here on, writes are of this actor, by this rule, because of this step.
  mutating func begin(
    actor: String, rule: StaticString, _ detail: String = "", cause: StepID
  ) {
    engine.context = Engine.Context(actor: actor, rule: rule, detail: detail, cause: cause)
  }
}
