import KubeControllers
import KubeModel
import KubeReconcile
import TestFixtures

/// A ReplicaSet of pods labelled `app: web`, whose status is as the first look leaves it.
func makeReplicaSet(_ name: String = "web-1", replicas: Int32) -> ReplicaSet {
  var set = ReplicaSet()
  set.metadata = ObjectMeta(name: name, namespace: "default", labels: ["app": "web"])
  set.metadata.uid = UID("uid-" + name)
  set.metadata.generation = 1
  set.spec.replicas = replicas
  set.spec.selector = LabelSelector(matchLabels: ["app": "web"])
  set.spec.template = makeTemplate("app:1")
  return set
}

func makeTemplate(_ image: String) -> PodTemplateSpec {
  var template = PodTemplateSpec()
  template.metadata.labels = ["app": "web"]
  template.spec.containers = [Container(name: "app", image: image)]
  return template
}

/// A pod of a ReplicaSet; ready since `readySince`, if that is given.
func makePod(
  _ name: String, of set: ReplicaSet, phase: PodPhase = .running, readySince: String? = nil
) -> Pod {
  var pod = Pod(template: set.spec.template, owner: set)
  pod.metadata.name = name
  pod.spec.nodeName = "node-1"
  pod.status.phase = phase
  if let readySince {
    var ready = PodCondition(type: .ready, status: .true)
    ready.lastTransitionTime = Timestamp(readySince)
    pod.status.conditions = [ready]
  }
  return pod
}

/// A Deployment of pods labelled `app: web`, as the server stores it.
func makeDeployment(_ name: String = "web", replicas: Int32, image: String = "app:1") -> Deployment
{
  var deployment = Deployment()
  deployment.metadata = ObjectMeta(name: name, namespace: "default")
  deployment.metadata.uid = UID("uid-" + name)
  deployment.metadata.generation = 1
  deployment.spec.replicas = replicas
  deployment.spec.selector = LabelSelector(matchLabels: ["app": "web"])
  deployment.spec.template = makeTemplate(image)
  deployment.spec.revisionHistoryLimit = 10
  deployment.spec.progressDeadlineSeconds = 600
  deployment.spec.strategy.type = .rollingUpdate
  var limits = RollingUpdateDeployment()
  limits.maxSurge = "25%"
  limits.maxUnavailable = "25%"
  deployment.spec.strategy.rollingUpdate = limits
  return deployment
}

extension PlanRunner {
  /// One look of a controller at a key, carried out.
  mutating func look(_ controller: some Reconciler, at key: ObjectKey) {
    var controller = controller
    run(controller.reconcile(key, in: snapshot))
  }

  /// The keys that a change makes due by the watches of a controller.
  func due<Object: APIObject>(
    _ controller: (some Reconciler).Type, old: Object?, new: Object?, key: ObjectKey
  ) -> [ObjectKey] {
    let change: Change<Object>
    switch (old, new) {
    case (let old?, let new?): change = Change(key: key, from: old, to: new)
    case (nil, let new?): change = Change(key: key, created: new)
    case (let old?, nil): change = Change(key: key, removed: old)
    case (nil, nil): return []
    }
    var keys: [ObjectKey] = []
    for watch in controller.watches { watch.add(change, in: snapshot, to: &keys) }
    return keys
  }
}
