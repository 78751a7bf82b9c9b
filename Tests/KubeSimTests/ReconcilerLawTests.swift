import KubeSimManifests
import Testing

@testable import KubeSim

/// What every reconciler keeps to, whoever wrote it: all that are attached to a cluster are asked.
@Suite struct ReconcilerLawTests {
  /// Something of every kind that a controller acts on.
  private static let everything = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, finalizers: [example.com/hold]}
    spec: {replicas: 2, selector: {matchLabels: {app: web}}, template: &pod
      {metadata: {labels: {app: web}}, spec: {containers: [{name: app, image: "web:1",
        resources: {requests: {cpu: 100m}}}]}}}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web, finalizers: [example.com/hold]}
    spec: {selector: {app: web}, ports: [{port: 80}]}
    ---
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: web, finalizers: [example.com/hold]}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
      maxReplicas: 4
    ---
    apiVersion: apps/v1
    kind: ReplicaSet
    metadata: {name: rs, finalizers: [example.com/hold]}
    spec: {replicas: 2, selector: {matchLabels: {app: rs}}, template:
      {metadata: {labels: {app: rs}}, spec: {containers: [{name: app, image: "web:1"}]}}}
    ---
    apiVersion: v1
    kind: ReplicationController
    metadata: {name: rc, finalizers: [example.com/hold]}
    spec: {replicas: 2, selector: {app: rc}, template:
      {metadata: {labels: {app: rc}}, spec: {containers: [{name: app, image: "web:1"}]}}}
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: sts, finalizers: [example.com/hold]}
    spec: {replicas: 2, serviceName: sts, selector: {matchLabels: {app: sts}}, template:
      {metadata: {labels: {app: sts}}, spec: {containers: [{name: app, image: "web:1",
        volumeMounts: [{name: data, mountPath: /data}]}]}},
      volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: fast,
        accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]}
    ---
    apiVersion: storage.k8s.io/v1
    kind: StorageClass
    metadata: {name: fast, annotations: {kubesim.dev/provision-after: 1s}}
    provisioner: csi.example.com
    volumeBindingMode: WaitForFirstConsumer
    allowVolumeExpansion: true
    ---
    apiVersion: v1
    kind: PersistentVolume
    metadata: {name: shelf}
    spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], storageClassName: slow,
      persistentVolumeReclaimPolicy: Retain, hostPath: {path: /shelf}}
    ---
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: shelf}
    spec: {storageClassName: slow, accessModes: [ReadWriteOnce],
      resources: {requests: {storage: 1Gi}}}
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: scratch}
    spec:
      containers: [{name: app, image: "web:1", volumeMounts: [{name: data, mountPath: /data}]}]
      volumes: [{name: data, ephemeral: {volumeClaimTemplate: {spec: {storageClassName: fast,
        accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}}]
    ---
    apiVersion: apps/v1
    kind: DaemonSet
    metadata: {name: ds, finalizers: [example.com/hold]}
    spec: {selector: {matchLabels: {app: ds}}, template:
      {metadata: {labels: {app: ds}}, spec: {containers: [{name: app, image: "web:1"}]}}}
    ---
    apiVersion: batch/v1
    kind: Job
    metadata: {name: job, finalizers: [example.com/hold]}
    spec: {parallelism: 2, template: {metadata: {labels: {app: job}}, spec:
      {restartPolicy: Never, containers: [{name: app, image: "web:1"}]}}}
    ---
    apiVersion: batch/v1
    kind: Job
    metadata: {name: parts, finalizers: [example.com/hold]}
    spec: {completions: 3, parallelism: 2, completionMode: Indexed, backoffLimitPerIndex: 1,
      suspend: true, template: {spec: {restartPolicy: Never,
        containers: [{name: app, image: "web:1"}]}}}
    ---
    apiVersion: batch/v1
    kind: CronJob
    metadata: {name: yearly, finalizers: [example.com/hold]}
    spec: {schedule: "0 0 1 7 *", jobTemplate: {spec: {template: {spec:
      {restartPolicy: Never, containers: [{name: app, image: "web:1"}]}}}}}
    ---
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata: {name: web}
    spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
    ---
    apiVersion: v1
    kind: Namespace
    metadata: {name: shop}
    """

  private func cluster() throws -> Cluster {
    var cluster = Cluster(nodes: 3, seed: 11)
    cluster.metrics.measure(
      .resource("cpu"), .each(["app": "web"]), .constant(Quantity(milliValue: 80)))
    try cluster.apply(yamlText: Self.everything)
    return cluster
  }

  /// What a plan asks for, in words; times of wakes and all.
  private func words(_ plan: Plan) -> [String] {
    plan.writes.map { write in
      let what =
        switch write.action {
        case .create(let object): "create \(object.manifest.text())"
        case .update(let key, let object): "update \(key) \(object.manifest.text())"
        case .updateStatus(let key, let object): "status \(key) \(object.manifest.text())"
        case .delete(let key, _): "delete \(key)"
        case .bind(let key, let node): "bind \(key) to \(node)"
        case .event(let draft): "event \(draft.reason) \(draft.message)"
        }
      return "\(what) because \(write.rule): \(write.detail)"
    } + plan.wakes.map { "wake \($0.key) at \($0.time.nanoseconds)" }
      + (plan.retries ? ["retry"] : []) + (plan.afterwards == nil ? [] : ["and then"])
  }

  @Test func theSameSnapshotGivesTheSamePlan() throws {
    var cluster = try cluster()
    // At the start, while pods come up, and when all is quiet.
    for pause in [Duration.zero, .milliseconds(12), .milliseconds(30), .seconds(40)] {
      try cluster.run(for: pause)
      for (first, second) in zip(cluster.intentions, cluster.intentions) {
        #expect(
          words(first.plan) == words(second.plan), "\(first.reconciler) at \(cluster.now.text)")
      }
    }
  }

  /// A plan also says how to go on after its writes, which only a run shows.
  @Test func theSameClusterHasTheSameFuture() throws {
    var cluster = try cluster()
    for pause in [Duration.milliseconds(12), .milliseconds(30), .seconds(40)] {
      try cluster.run(for: pause)
      var (one, other) = (cluster, cluster)
      // Being asked for intentions leaves nothing behind.
      #expect(!one.intentions.isEmpty)
      try one.run(for: .minutes(1))
      try other.run(for: .minutes(1))
      #expect(one.trace.hash == other.trace.hash, "from \(cluster.now.text)")
    }
  }

  @Test func aSettledClusterGivesNoWrites() throws {
    var cluster = try cluster()
    try cluster.run(for: .minutes(20))
    let restless = cluster.intentions.filter(\.wantsWrites)
    #expect(restless.map { "\($0.reconciler): \(words($0.plan))" } == [])
    // Everybody was asked but those who look only at what goes, is over or grows.
    let asked = Set(cluster.intentions.map(\.reconciler))
    let idle = cluster.attachedReconcilers.map { type(of: $0).name }.filter { !asked.contains($0) }
    let cleaners: [any Reconciler.Type] = [
      GarbageCollector.self, NamespaceController.self, PodGarbageCollector.self,
      TTLAfterFinishedController.self, ClaimProtectionController.self,
      VolumeProtectionController.self, VolumeExpansionController.self,
    ]
    #expect(idle.sorted() == cleaners.map { $0.name }.sorted())
    // And there is something of every sort.
    let kinds: [any APIObject.Type] = [
      Deployment.self, ReplicaSet.self, ReplicationController.self, StatefulSet.self,
      DaemonSet.self, Job.self, CronJob.self, HorizontalPodAutoscaler.self,
      PodDisruptionBudget.self, Service.self, EndpointSlice.self, ControllerRevision.self,
      PersistentVolume.self, PersistentVolumeClaim.self, VolumeAttachment.self,
      Namespace.self, ServiceAccount.self, Pod.self, Node.self,
    ]
    let missing = kinds.filter { kind in
      !cluster.store.allTables.contains { $0.objectType == kind && $0.count > 0 }
    }
    #expect(missing.map { $0.resource.kind } == [])
  }

  @Test func nothingIsWrittenOfAKindThatIsNotDeclared() throws {
    var cluster = try cluster()
    try cluster.run(for: .minutes(2))
    try cluster.scale(Deployment.self, "web", to: 4)
    try cluster.setImage(Deployment.self, "web", container: "app", to: "web:2")
    try cluster.delete(Namespace.self, "shop")
    try cluster.delete(Pod.self, "scratch")
    try cluster.edit(PersistentVolumeClaim.self, "data-sts-0") {
      $0.spec.resources.requests["storage"] = Quantity(value: 2 << 30, format: .binarySI)
    }
    try cluster.removeNode("node-3")
    try cluster.patch(
      CronJob.self, "yearly",
      .merge([
        "spec": [
          "schedule": "* * * * *",
          "jobTemplate": ["spec": ["ttlSecondsAfterFinished": 1, "activeDeadlineSeconds": 5]],
        ]
      ]))
    var foreground = DeleteOptions()
    foreground.propagationPolicy = .foreground
    try cluster.delete(StatefulSet.self, "sts", foreground)
    try cluster.run(for: .minutes(2))
    try cluster.delete(PersistentVolumeClaim.self, "data-sts-0")
    try cluster.run(for: .minutes(2))
    var undeclared: Set<String> = []
    var writers: Set<String> = []
    for step in cluster.trace.suffix(cluster.trace.count) {
      for reconciler in cluster.attachedReconcilers {
        let part = type(of: reconciler)
        guard part.name == step.actor,
          let kind = cluster.store.allTables.map(\.objectType).first(where: {
            $0.resource.kind == step.subject.sort
          })
        else { continue }
        writers.insert(part.name)
        if !part.mayWrite(kind) { undeclared.insert("\(part.name) writes \(step.subject.sort)") }
      }
    }
    #expect(undeclared.sorted() == [])
    let idle = cluster.attachedReconcilers.map { type(of: $0).name }.filter {
      !writers.contains($0)
    }
    #expect(idle == [])
  }

  @Test func anObjectThatIsBeingDeletedGetsNothingNew() throws {
    var cluster = try cluster()
    try cluster.run(for: .seconds(30))
    // From now on there would be something to do for each.
    try cluster.edit(CronJob.self, "yearly") { $0.spec.schedule = "* * * * *" }
    try cluster.edit(Job.self, "parts") { $0.spec.suspend = false }
    let owners: [(kind: any APIObject.Type, name: String)] = [
      (Deployment.self, "web"), (ReplicaSet.self, "rs"), (ReplicationController.self, "rc"),
      (StatefulSet.self, "sts"), (DaemonSet.self, "ds"), (Job.self, "job"), (Job.self, "parts"),
      (CronJob.self, "yearly"), (HorizontalPodAutoscaler.self, "web"), (Service.self, "web"),
    ]
    var options = DeleteOptions()
    options.propagationPolicy = .orphan
    for owner in owners { try cluster.delete(owner.kind, owner.name, options) }
    try cluster.run(for: .seconds(5))
    // Each is still there, held by its finalizer; a pod that goes is not replaced.
    for owner in owners {
      #expect(try cluster.get(kind: owner.kind.resource.kind, name: owner.name).isBeingDeleted)
    }
    let size = cluster[Deployment.self, "web"]?.spec.replicas
    cluster.metrics.measure(
      .resource("cpu"), .each(["app": "web"]), .constant(Quantity(milliValue: 900)))
    let last = cluster.trace.count
    let names = Set(owners.map(\.name))
    for pod in cluster.all(Pod.self) where names.contains(pod.metadata.labels["app"] ?? "") {
      let controller = pod.metadata.controllerRef?.name ?? ""
      // The set of the Deployment lives on, orphaned, and goes on with its work.
      if controller.hasPrefix("web-") { continue }
      try cluster.delete(Pod.self, pod.metadata.name)
    }
    for slice in cluster.all(EndpointSlice.self) where slice.metadata.name.hasPrefix("web-") {
      try cluster.delete(EndpointSlice.self, slice.metadata.name)
    }
    try cluster.run(for: .minutes(3))
    let created = cluster.trace.suffix(cluster.trace.count - last)
      .filter { $0.action == "create" && !["Event", "Lease"].contains($0.subject.sort) }
    #expect(created.map(\.line) == [])
    #expect(cluster[Deployment.self, "web"]?.spec.replicas == size)
  }

  /// How often each reconciler is asked in a time.
  private func looks(_ cluster: inout Cluster, in time: Duration) -> [String: Int] {
    var looks: [String: Int] = [:]  // Looked up, never walked.
    let end = cluster.now + time
    while true {
      var agenda = cluster.engine.agenda
      guard let entry = agenda.next(), entry.time <= end else { return looks }
      let name = type(of: cluster.attachedReconcilers[Int(entry.key.reconciler)]).name
      looks[name, default: 0] += 1
      cluster.step()
    }
  }

  @Test func inAQuietClusterNobodyIsAskedMoreOftenThanItsBudget() throws {
    var cluster = try cluster()
    try cluster.run(for: .minutes(20))
    let looks = looks(&cluster, in: .minutes(10))
    for reconciler in cluster.attachedReconcilers {
      let name = type(of: reconciler).name
      // The autoscaler looks every 15 s; whoever else looks at a cluster in which nothing happens
      // keeps the others busy.
      let budget = name == HorizontalPodAutoscalerController.name ? 40 : 0
      #expect(looks[name, default: 0] <= budget, "\(name)")
    }
  }

  @Test func afterAChangeEveryReconcilerSettlesWithinItsBudget() throws {
    var cluster = try cluster()
    try cluster.run(for: .minutes(20))
    try cluster.scale(ReplicaSet.self, "rs", to: 3)
    let looks = looks(&cluster, in: .minutes(1))
    // The kubelet follows the pod through its start; all others see one pod come, be placed, get
    // an address and become ready.
    for reconciler in cluster.attachedReconcilers {
      let name = type(of: reconciler).name
      #expect(looks[name, default: 0] <= 12, "\(name)")
    }
    #expect(looks[ReplicaSetController.name, default: 0] > 0)
    #expect(cluster.intentions.filter(\.wantsWrites).map(\.reconciler) == [])
  }
}
