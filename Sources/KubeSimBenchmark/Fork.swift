import ArgumentParser
import KubeSim

/// What a copy of a cluster costs, and the first write to it.
struct Fork: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copies a large cluster, and writes to the copy.")

  @Option(help: "How many nodes the cluster has.") var nodes = 500
  @Option(help: "How many pods it has.") var pods = 10_000
  @Option(help: "The seed of the run.") var seed: UInt64 = 1

  func run() throws {
    let (cluster, _) = try Workload.coldStart(nodes: nodes, pods: pods, seed: seed)
    print("fork: \(nodes) nodes, \(pods) pods")
    line("copy", "\(rounded(Workload.forkTime(cluster) * 1e6, 3)) µs")
    var fork = cluster
    let name = fork.all(Deployment.self).first?.metadata.name ?? ""
    let first = try time {
      try fork.edit(Deployment.self, name) { $0.metadata.labels["touched"] = "yes" }
    }
    line("first write", "\(rounded(first * 1e6, 1)) µs")
    let second = try time {
      try fork.edit(Deployment.self, name) { $0.metadata.labels["touched"] = "twice" }
    }
    line("second write", "\(rounded(second * 1e6, 1)) µs")
    let onward = try time { try fork.run(for: .seconds(60)) }
    line("a minute on", "\(rounded(onward * 1e3, 1)) ms")
  }
}
