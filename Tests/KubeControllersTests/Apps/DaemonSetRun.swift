import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures

/// A DaemonSet as the server stores it: pods labelled `app: agent`, one missing at a time.
func makeDaemonSet(image: String = "agent:1") -> DaemonSet {
  var set = DaemonSet()
  set.metadata = ObjectMeta(name: "agent", namespace: "default")
  set.metadata.uid = "uid-agent"
  set.metadata.generation = 1
  set.spec.selector = LabelSelector(matchLabels: ["app": "agent"])
  set.spec.template = makeTemplate(image)
  set.spec.template.metadata.labels = ["app": "agent"]
  set.spec.revisionHistoryLimit = 10
  set.limit(maxUnavailable: 1, maxSurge: 0)
  return set
}

func makeNode(_ name: String, labels: StringMap<String> = [:], taints: [Taint] = []) -> Node {
  var node = Node()
  node.metadata.name = name
  node.metadata.labels = labels
  node.spec.taints = taints
  return node
}

func makeTaint(_ key: String, _ effect: TaintEffect) -> Taint {
  var taint = Taint()
  taint.key = key
  taint.effect = effect
  return taint
}

extension DaemonSet {
  mutating func limit(maxUnavailable: IntOrString, maxSurge: IntOrString) {
    spec.updateStrategy.type = .rollingUpdate
    var rolling = RollingUpdateDaemonSet()
    rolling.maxUnavailable = maxUnavailable
    rolling.maxSurge = maxSurge
    spec.updateStrategy.rollingUpdate = rolling
  }
}

/// The controller of one DaemonSet on a small store; what scheduler and kubelet do, the test does.
struct DaemonSetRun {
  var runner = PlanRunner(at: "2026-06-01T12:00:00Z")
  var controller = DaemonSetController()
  let key: ObjectKey

  init(_ set: DaemonSet, nodes: Int) {
    key = runner.insert(set)
    for number in 0..<nodes { runner.insert(makeNode("n\(number)")) }
  }

  var set: DaemonSet { runner.store[DaemonSet.self, key] ?? DaemonSet() }
  var status: DaemonSetStatus { self.set.status }
  var pods: [Pod] { runner.objects(Pod.self) }
  var created: Int { runner.names(.create, "pods").count }
  var deleted: [String] { runner.names(.delete, "pods") }
  var revisions: [ControllerRevision] {
    runner.objects(ControllerRevision.self).sorted { $0.revision < $1.revision }
  }

  /// The pods that are for a node, as `agent:1`.
  func images(on node: String) -> [String] {
    pods.filter { self.node(of: $0) == node }.map { $0.spec.containers[0].image }.sorted()
  }

  /// The node that a pod is bound to, or meant for.
  func node(of pod: Pod) -> String {
    if !pod.spec.nodeName.isEmpty { return pod.spec.nodeName }
    let required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
    return required?.nodeSelectorTerms.first?.matchFields.first?.values.first ?? ""
  }

  func pod(on node: String) -> Pod? { pods.first { self.node(of: $0) == node } }

  /// One look; what was recorded before it is forgotten.
  mutating func look() {
    runner.forget()
    runner.run(controller.reconcile(key, in: runner.snapshot))
  }

  /// A look after which all pods are bound and ready; how many were created and deleted.
  mutating func step() -> [Int] {
    look()
    let counts = [created, deleted.count]
    bindAll()
    readyAll()
    return counts
  }

  mutating func settle() {
    for _ in 0..<50 {
      let counts = step()
      if counts == [0, 0], runner.actions.isEmpty { return }
    }
  }

  mutating func edit(_ body: (inout DaemonSet) -> Void) {
    runner.modify(DaemonSet.self, key) { set in
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

  mutating func change(podOn node: String, _ body: (inout Pod) -> Void) {
    if let pod = pod(on: node) { change(pod: pod.metadata.name, body) }
  }

  mutating func change(node name: String, _ body: (inout Node) -> Void) {
    guard let key = runner.store.key(Node.self, "", name) else { return }
    runner.modify(Node.self, key, body)
  }

  mutating func remove<Object: APIObject>(_ kind: Object.Type, _ name: String) {
    let namespace = Object.resource.isNamespaced ? "default" : ""
    guard let key = runner.store.key(kind, namespace, name) else { return }
    var plan = Plan()
    plan.delete(key, because: "the test removes it")
    runner.run(plan)
  }

  mutating func bindAll() {
    for pod in pods where pod.spec.nodeName.isEmpty {
      let node = node(of: pod)
      change(pod: pod.metadata.name) { $0.spec.nodeName = node }
    }
  }

  mutating func readyAll() {
    let time = runner.snapshot.time
    for pod in pods where !pod.isReady && !pod.isTerminal && !pod.isBeingDeleted {
      change(pod: pod.metadata.name) { pod in
        pod.status.phase = .running
        var ready = PodCondition(type: .ready, status: .true)
        ready.lastTransitionTime = time
        pod.status.conditions = [ready]
      }
    }
  }

  mutating func unready(on node: String) {
    change(podOn: node) { $0.status.conditions = [PodCondition(type: .ready, status: .false)] }
  }

  mutating func terminate(on node: String) {
    let time = runner.snapshot.time
    change(podOn: node) { $0.metadata.deletionTimestamp = time }
  }

  mutating func pass(_ duration: Duration) { runner.now += duration }
}
