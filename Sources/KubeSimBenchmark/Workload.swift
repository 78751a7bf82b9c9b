import KubeSim

/// What the benchmarks run: Deployments of many replicas on many nodes.
enum Workload {
  /// A Deployment of small pods.
  static func deployment(_ name: String, replicas: Int32) -> Deployment {
    var deployment = Deployment()
    deployment.metadata.name = name
    deployment.metadata.namespace = "default"
    deployment.spec.replicas = replicas
    var selector = LabelSelector()
    selector.matchLabels = ["app": name]
    deployment.spec.selector = selector
    deployment.spec.template.metadata.labels = ["app": name]
    var container = Container()
    container.name = "app"
    container.image = "app:1"
    container.imagePullPolicy = .ifNotPresent
    container.resources.requests = [
      "cpu": Quantity(milliValue: 10), "memory": Quantity(value: 16 << 20, format: .binarySI),
    ]
    deployment.spec.template.spec.containers = [container]
    return deployment
  }

  /// Creates Deployments of at most 1,000 replicas each, until there are so many pods wanted.
  static func create(pods: Int, in cluster: inout Cluster) throws {
    var left = pods
    var number = 1
    while left > 0 {
      let replicas = min(left, 1_000)
      try cluster.create(deployment("web-\(number)", replicas: Int32(replicas)))
      left -= replicas
      number += 1
    }
  }

  /// How many pods are Ready by the Deployments' own count.
  static func ready(_ cluster: borrowing Cluster) -> Int {
    cluster.all(Deployment.self).reduce(0) { $0 + Int($1.status.readyReplicas) }
  }

  /// The seconds that one copy of a cluster takes; the copies are kept until the time is taken.
  static func forkTime(_ cluster: Cluster) -> Double {
    let count = 1_000
    var forks: [Cluster] = []
    forks.reserveCapacity(count)
    let seconds = time { for _ in 0..<count { forks.append(cluster) } }
    return seconds / Double(forks.count)
  }

  /// A cluster on which so many pods are Ready, and what it took to get there.
  static func coldStart(
    nodes: Int, pods: Int, seed: UInt64
  ) throws -> (cluster: Cluster, cost: Measurement) {
    var cluster = Cluster(nodes: nodes, seed: seed, history: .last(0))
    let revision = cluster.revision
    let steps = cluster.reconcileCount
    let seconds = try KubeSimBenchmark.time {
      try create(pods: pods, in: &cluster)
      while ready(cluster) < pods {
        // A look at all Deployments every virtual tenth of a second costs nothing that shows.
        guard cluster.nextDue != nil else { break }
        try cluster.run(for: .milliseconds(100))
      }
    }
    let cost = Measurement(
      seconds: seconds, changes: cluster.revision - revision, pods: ready(cluster),
      reconciles: cluster.reconcileCount - steps)
    return (cluster, cost)
  }
}
