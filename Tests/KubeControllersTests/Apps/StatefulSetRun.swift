import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures

/// A StatefulSet as the server stores it: pods `web-0` … labelled `app: web`.
func makeStatefulSet(
  replicas: Int32, image: String = "app:1", _ policy: PodManagementPolicyType = .orderedReady,
  claims: [String] = []
) -> StatefulSet {
  var set = StatefulSet()
  set.metadata = ObjectMeta(name: "web", namespace: "default")
  set.metadata.uid = "uid-web"
  set.metadata.generation = 1
  set.spec.replicas = replicas
  set.spec.selector = LabelSelector(matchLabels: ["app": "web"])
  set.spec.template = makeTemplate(image)
  set.spec.serviceName = "web"
  set.spec.podManagementPolicy = policy
  set.spec.revisionHistoryLimit = 10
  set.spec.updateStrategy.type = .rollingUpdate
  set.spec.updateStrategy.rollingUpdate = RollingUpdateStatefulSetStrategy()
  set.spec.updateStrategy.rollingUpdate?.partition = 0
  var retention = StatefulSetPersistentVolumeClaimRetentionPolicy()
  retention.whenDeleted = .retain
  retention.whenScaled = .retain
  set.spec.persistentVolumeClaimRetentionPolicy = retention
  set.spec.volumeClaimTemplates = claims.map { name in
    var claim = PersistentVolumeClaim()
    claim.metadata.name = name
    return claim
  }
  return set
}

/// The controller of one StatefulSet on a small store; what a kubelet does, the test does.
struct StatefulSetRun {
  var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
  var controller = StatefulSetController()
  let key: ObjectKey

  init(_ set: StatefulSet) { key = runner.insert(set) }

  var set: StatefulSet { runner.store[StatefulSet.self, key] ?? StatefulSet() }
  var status: StatefulSetStatus { self.set.status }
  var pods: [String] { runner.objects(Pod.self).map(\.metadata.name) }
  var claims: [String] { runner.objects(PersistentVolumeClaim.self).map(\.metadata.name) }
  var revisions: [ControllerRevision] {
    runner.objects(ControllerRevision.self).sorted { $0.revision < $1.revision }
  }
  var created: [String] { runner.names(.create, "pods") }
  var deleted: [String] { runner.names(.delete, "pods") }

  subscript(pod name: String) -> Pod? { runner.snapshot[Pod.self, "default", name] }
  subscript(claim name: String) -> PersistentVolumeClaim? {
    runner.snapshot[PersistentVolumeClaim.self, "default", name]
  }

  /// One look; what was recorded before it is forgotten.
  mutating func look() {
    runner.forget()
    runner.look(controller, at: key)
  }

  /// Looks and makes all pods ready until nothing is created or deleted any more. Returns what
  /// was, as `+web-0` and `-web-0`.
  @discardableResult mutating func settle() -> [String] {
    var log: [String] = []
    for _ in 0..<50 {
      look()
      let steps = runner.actions.filter { $0.resource == "pods" && $0.verb != .update }
      log += steps.map { ($0.verb == .create ? "+" : "-") + $0.name }
      let isQuiet = runner.actions.isEmpty && runner.objects(Pod.self).allSatisfy(\.isReady)
      readyAll()
      if isQuiet { return log }
    }
    return log + ["…"]
  }

  /// As the user's write does: a new generation.
  mutating func edit(_ body: (inout StatefulSet) -> Void) {
    runner.modify(StatefulSet.self, key) { set in
      body(&set)
      set.metadata.generation += 1
    }
  }

  mutating func use(image: String) {
    edit { $0.spec.template.spec.containers[0].image = image }
  }

  mutating func change(pod name: String, _ body: (inout Pod) -> Void) {
    guard let key = runner.store.key(Pod.self, "default", name) else { return }
    runner.modify(Pod.self, key, body)
  }

  mutating func change(claim name: String, _ body: (inout PersistentVolumeClaim) -> Void) {
    guard let key = runner.store.key(PersistentVolumeClaim.self, "default", name) else { return }
    runner.modify(PersistentVolumeClaim.self, key, body)
  }

  mutating func move(to phase: PodPhase, _ names: String...) {
    for name in names { change(pod: name) { $0.status.phase = phase } }
  }

  mutating func ready(_ names: String...) { ready(names) }

  mutating func readyAll() { ready(pods) }

  private mutating func ready(_ names: [String]) {
    let time = runner.snapshot.time
    for name in names where self[pod: name]?.isReady == false {
      change(pod: name) { pod in
        pod.status.phase = .running
        var ready = PodCondition(type: .ready, status: .true)
        ready.lastTransitionTime = time
        pod.status.conditions = [ready]
      }
    }
  }

  mutating func unready(_ names: String...) {
    for name in names {
      change(pod: name) { pod in
        pod.status.phase = .running
        pod.status.conditions = [PodCondition(type: .ready, status: .false)]
      }
    }
  }

  mutating func terminate(_ names: String...) {
    let time = runner.snapshot.time
    for name in names { change(pod: name) { $0.metadata.deletionTimestamp = time } }
  }

  mutating func remove(_ name: String) {
    guard let key = runner.store.key(Pod.self, "default", name) else { return }
    var plan = Plan()
    plan.delete(key, because: "the test removes it")
    runner.run(plan)
  }

  mutating func pass(_ duration: Duration) { runner.now += duration }
}
