import ArgumentParser
import KubeSim

/// From nothing to all pods Ready.
struct ColdStart: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Brings Deployments of 1,000 replicas from nothing to all Ready.")

  @Option(help: "How many nodes the cluster has.") var nodes = 500
  @Option(help: "How many pods are wanted.") var pods = 10_000
  @Option(help: "The seed of the run.") var seed: UInt64 = 1

  func run() throws {
    let (cluster, cost) = try Workload.coldStart(nodes: nodes, pods: pods, seed: seed)
    cost.report("cold start: \(nodes) nodes, \(pods) pods")
    line("virtual time", "\(rounded(cluster.now.seconds, 1)) s")
    line("Events", "\(cluster.store[Event.self].count)")
    line("peak memory", "\(Int(peakMemory())) MiB")
    let floor = Floor.seconds(
      timers: cost.reconciles, writes: Int(cost.changes), records: max(pods, 1))
    line("floor", "\(rounded(floor, 3)) s")
    line("ratio", "\(rounded(cost.seconds / floor, 1)) times the floor")
    line("fork", "\(rounded(Workload.forkTime(cluster) * 1e6, 3)) µs")
    line("hash", cluster.trace.hash.description)
    if cost.pods < pods { throw ExitCode.failure }
  }
}
