import KubeModel

/// A node of these amounts, with 110 places for pods.
func makeNode(
  _ name: String, cpu: String = "4", memory: String = "8Gi", pods: String = "110",
  labels: StringMap<String> = [:], taints: [Taint] = []
) throws -> Node {
  var node = Node()
  node.metadata = ObjectMeta(name: name, labels: labels)
  node.metadata.labels["kubernetes.io/hostname"] = name
  node.spec.taints = taints
  node.status.allocatable = [
    "cpu": try Quantity(cpu), "memory": try Quantity(memory), "pods": try Quantity(pods),
  ]
  return node
}

/// A pod with one container.
func makePod(
  _ name: String, cpu: String? = nil, memory: String? = nil, labels: StringMap<String> = [:],
  priority: Int32 = 0
) throws -> Pod {
  var pod = Pod()
  pod.metadata = ObjectMeta(name: name, namespace: "default", labels: labels)
  var container = Container(name: "app", image: "app:1")
  if let cpu { container.resources.requests["cpu"] = try Quantity(cpu) }
  if let memory { container.resources.requests["memory"] = try Quantity(memory) }
  pod.spec.containers = [container]
  pod.spec.priority = priority
  pod.spec.schedulerName = "default-scheduler"
  return pod
}

/// A ReplicaSet that selects `app: NAME`, of which pods can be made.
func makeReplicaSet(_ name: String) -> ReplicaSet {
  var set = ReplicaSet()
  set.metadata = ObjectMeta(name: name, namespace: "default")
  set.metadata.uid = UID("uid-of-" + name)
  set.spec.selector = LabelSelector(matchLabels: ["app": name])
  return set
}

extension Pod {
  /// The pod as one of a ReplicaSet.
  func owned(by set: ReplicaSet) -> Pod {
    var pod = self
    pod.metadata.labels["app"] = set.metadata.name
    pod.metadata.ownerReferences = [OwnerReference(controller: set)]
    return pod
  }
}
