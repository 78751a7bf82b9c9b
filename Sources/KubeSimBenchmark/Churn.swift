import ArgumentParser
import KubeSim

/// Whole pod lives: created, scheduled, started, ready, deleted, gone.
struct Churn: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Brings pods up, and deletes their Deployments until all are gone, round after round."
  )

  @Option(help: "How many nodes the cluster has.") var nodes = 100
  @Option(help: "How many pods live at a time.") var pods = 5_000
  @Option(help: "How many rounds.") var rounds = 4
  @Option(help: "The seed of the run.") var seed: UInt64 = 1

  func run() throws {
    var cluster = Cluster(nodes: nodes, seed: seed, history: .last(0))
    let revision = cluster.revision
    let steps = cluster.reconcileCount
    let seconds = try time {
      for _ in 0..<rounds {
        try Workload.create(pods: pods, in: &cluster)
        while Workload.ready(cluster) < pods { try cluster.run(for: .milliseconds(100)) }
        for deployment in cluster.all(Deployment.self) {
          try cluster.delete(Deployment.self, deployment.metadata.name)
        }
        while cluster.store[Pod.self].count > 0 { try cluster.run(for: .milliseconds(100)) }
      }
    }
    let cost = Measurement(
      seconds: seconds, changes: cluster.revision - revision, pods: pods * rounds,
      reconciles: cluster.reconcileCount - steps)
    cost.report("churn: \(rounds) rounds of \(pods) pods on \(nodes) nodes")
    line("peak memory", "\(Int(peakMemory())) MiB")
    let floor = Floor.seconds(timers: cost.reconciles, writes: Int(cost.changes), records: pods)
    line("floor", "\(rounded(floor, 3)) s")
    line("ratio", "\(rounded(seconds / floor, 1)) times the floor")
  }
}
