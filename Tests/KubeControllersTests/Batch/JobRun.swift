import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures

@testable import KubeControllers

/// A Job with its pods on a small store, looked at when the test says so.
struct JobRun {
  var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
  var controller = JobController()
  let key: ObjectKey
  private var count = 0

  /// A Job of one pod and one completion, changed by the test.
  init(_ change: (inout Job) -> Void = { _ in }) {
    var job = Job()
    job.metadata.name = "pi"
    job.metadata.namespace = "default"
    job.metadata.uid = UID("job")
    job.metadata.generation = 1
    job.spec.parallelism = 1
    job.spec.completions = 1
    job.spec.backoffLimit = 6
    job.spec.completionMode = .nonIndexed
    job.spec.suspend = false
    job.spec.podReplacementPolicy = .terminatingOrFailed
    job.spec.selector = LabelSelector(matchLabels: ["job": "pi"])
    job.spec.template.metadata.labels = ["job": "pi"]
    job.spec.template.spec.restartPolicy = .never
    job.spec.template.spec.containers = [Container(name: "app", image: "pi")]
    change(&job)
    key = runner.insert(job)
  }

  /// What a test says of a pod.
  struct Look {
    var phase = PodPhase.running
    var index: Int?
    var failures: Int?
    /// Ended this many seconds ago.
    var ended: Int64 = 0
    var exit: Int32 = 1
    var isLeaving = false
    var isReady = false
    var isTracked = true
    var restarts: Int32 = 0
    var container = "app"
  }

  /// Adds pods of the Job.
  @discardableResult
  mutating func add(_ number: Int = 1, _ change: (inout Look) -> Void = { _ in }) -> ObjectKey {
    var look = Look()
    change(&look)
    var last = key
    for _ in 0..<number { last = add(look) }
    return last
  }

  private mutating func add(_ look: Look) -> ObjectKey {
    count += 1
    var pod = Pod()
    pod.metadata.name = "pi-\(count)"
    pod.metadata.namespace = "default"
    pod.metadata.labels = ["job": "pi"]
    pod.metadata.ownerReferences = [OwnerReference(controller: job)]
    if look.isTracked { pod.metadata.finalizers = [Job.trackingFinalizer] }
    if let index = look.index { pod.metadata.annotations[JobPod.indexKey] = "\(index)" }
    if let failures = look.failures { pod.metadata.annotations[JobPod.failuresKey] = "\(failures)" }
    if look.isLeaving {
      pod.metadata.deletionTimestamp = time
      pod.metadata.deletionGracePeriodSeconds = 0
    }
    pod.spec.nodeName = "node-1"
    pod.spec.containers = [Container(name: look.container, image: "pi")]
    pod.status.phase = look.phase
    var ready = PodCondition()
    ready.type = .ready
    ready.status = look.isReady ? .true : .false
    ready.lastTransitionTime = time
    pod.status.conditions = [ready]
    var status = ContainerStatus()
    status.name = look.container
    status.restartCount = look.restarts
    if look.phase == .succeeded || look.phase == .failed {
      var end = ContainerStateTerminated()
      end.exitCode = look.phase == .failed ? look.exit : 0
      end.finishedAt = time + .seconds(-look.ended)
      status.state.terminated = end
    }
    pod.status.containerStatuses = [status]
    return runner.insert(pod)
  }

  /// Adds a pod that failed or succeeded, or one of an index.
  mutating func fail(index: Int? = nil, failures: Int? = nil, ended: Int64 = 0, exit: Int32 = 1) {
    add {
      ($0.phase, $0.index, $0.failures, $0.ended, $0.exit) = (.failed, index, failures, ended, exit)
    }
  }
  mutating func succeed(index: Int? = nil, ended: Int64 = 0) {
    add { ($0.phase, $0.index, $0.ended) = (.succeeded, index, ended) }
  }
  mutating func start(_ number: Int = 1, index: Int? = nil) {
    add(number) { $0.index = index }
  }

  /// One look.
  mutating func sync() {
    runner.forget()
    runner.run(controller.reconcile(key, in: runner.snapshot))
  }

  mutating func edit(_ change: (inout Job) -> Void) { runner.modify(Job.self, key, change) }

  /// Takes the pods out that are being deleted and that nothing holds.
  mutating func removeLeaving() {
    for (key, pod) in pods where pod.isBeingDeleted {
      runner.modify(Pod.self, key) { $0.metadata.finalizers = [] }
      var deletion = Plan()
      deletion.delete(key, because: "test")
      runner.run(deletion)
    }
  }

  var time: Timestamp { runner.clock.timestamp(runner.now) }
  var job: Job { runner.store[Job.self, key] ?? Job() }
  var status: JobStatus { job.status }
  var pods: [(ObjectKey, Pod)] {
    let table = runner.store[Pod.self]
    return table.keys.compactMap { key in table[key].map { (key, $0) } }
  }
  var created: Int { runner.names(.create, "pods").count }
  var deleted: [String] { runner.names(.delete, "pods").sorted() }
  /// The indexes of the pods that the last look made.
  var createdIndexes: [Int] {
    let names = runner.names(.create, "pods")
    return pods.filter { names.contains($0.1.metadata.name) }
      .compactMap { JobPod(key: $0.0, pod: $0.1).index }.sorted()
  }
  var conditions: [String] {
    status.conditions.filter { $0.status == .true }.map(\.type.rawValue)
  }
  func reason(_ type: JobConditionType) -> String? { status.condition(type)?.reason }
  /// Events but those of single pods.
  var events: [String] { runner.events.filter { !$0.contains(" pod: ") } }
  /// When the last look asked to be woken, in seconds from now.
  var wakes: [Double] { runner.wakes.map { ($0.time - runner.now).inSeconds } }
}

extension Job {
  /// As many indexes as completions.
  mutating func makeIndexed(_ completions: Int32, parallelism: Int32) {
    spec.completionMode = .indexed
    spec.completions = completions
    spec.parallelism = parallelism
  }
}
