import KubeSim
import Testing

/// Probes that keep finding the same cost nothing, however many there are.
@Suite struct QuietProbesTests {
  /// A thousand pods with three probes each, all running.
  private func cluster(period: Int32) throws -> Cluster {
    var cluster = Cluster(nodes: 20, seed: 7)
    var probe = Probe()
    probe.exec = ExecAction()
    probe.exec?.command = ["true"]
    probe.periodSeconds = period
    var slow = ContainerBehavior()
    // What it answers changes for the last time after 20 s.
    slow.readiness = [.init(for: .seconds(20), succeeds: false), .init(succeeds: true)]
    cluster.behaviors.register(slow, forImage: "slow:1")
    for number in 0..<1000 {
      var pod = Pod()
      pod.metadata.name = "p\(number)"
      pod.spec.containers = [
        Container(name: "app", image: number.isMultiple(of: 2) ? "app:1" : "slow:1")
      ]
      pod.spec.containers[0].startupProbe = probe
      pod.spec.containers[0].readinessProbe = probe
      pod.spec.containers[0].livenessProbe = probe
      try cluster.create(pod)
    }
    try cluster.run(for: .seconds(50))
    return cluster
  }

  @Test func aYearOfSucceedingProbesMakesNoStep() throws {
    var cluster = try cluster(period: 1)
    let pods = cluster.all(Pod.self)
    #expect(pods.count == 1000)
    #expect(pods.allSatisfy { $0.isReady })
    let steps = cluster.trace.count
    let reconciles = cluster.reconcileCount
    try cluster.run(for: .hours(24 * 365))
    // 1000 pods × 2 probes × 31,536,000 periods of a second.
    #expect(cluster.all(Pod.self).allSatisfy { $0.isReady })
    #expect(cluster.trace.count == steps)
    #expect(cluster.reconcileCount == reconciles)
  }

  @Test func afterAYearAFailureIsStillFound() throws {
    var cluster = Cluster(nodes: 1, seed: 7)
    var behavior = ContainerBehavior()
    behavior.liveness = [.init(for: .hours(24 * 365), succeeds: true), .init(succeeds: false)]
    cluster.behaviors.register(behavior, forImage: "app:1")
    var pod = Pod()
    pod.metadata.name = "web"
    pod.spec.containers = [Container(name: "app", image: "app:1")]
    var probe = Probe()
    probe.exec = ExecAction()
    probe.exec?.command = ["true"]
    probe.periodSeconds = 1
    pod.spec.containers[0].livenessProbe = probe
    try cluster.create(pod)
    try cluster.run(for: .hours(24 * 365))
    #expect(cluster[Pod.self, "web"]?.status.containerStatuses[0].restartCount == 0)
    let reconciles = cluster.reconcileCount
    #expect(reconciles < 100)
    try cluster.run(for: .seconds(10))
    #expect(cluster[Pod.self, "web"]?.status.containerStatuses[0].restartCount == 1)
  }
}
