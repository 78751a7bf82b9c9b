import KubeAPIServer
import KubeModel
import SimulationKernel

// Follows   staging/src/k8s.io/kubectl/pkg/cmd/create/create_job.go (v1.36)

extension Cluster {
  /// Starts a run of a CronJob by hand: `kubectl create job NAME --from=cronjob/CRONJOB`.
  ///
  /// The CronJob owns the Job, and says in an Event that it did not expect it.
  ///
  /// - Throws: NotFound, AlreadyExists, Invalid.
  @discardableResult public mutating func createJob(
    _ name: String, from cronJob: String, namespace: String = "default"
  ) throws(APIError) -> Job {
    let owner = try server.get(CronJob.self, namespace, cronJob)
    let template = owner.spec.jobTemplate
    var job = Job()
    job.metadata.name = name
    job.metadata.namespace = owner.metadata.namespace
    job.metadata.labels = template.metadata.labels
    job.metadata.annotations = template.metadata.annotations
    job.metadata.annotations["cronjob.kubernetes.io/instantiate"] = "manual"
    var reference = OwnerReference(controller: owner)
    reference.blockOwnerDeletion = nil
    job.metadata.ownerReferences = [reference]
    job.spec = template.spec
    begin(actor: Self.user, rule: "create job", "from \(cronJob)", cause: .none)
    let key = try server.create(job, at: time, sink: &engine)
    return store[Job.self, key] ?? job
  }
}
