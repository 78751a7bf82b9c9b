import ArgumentParser
import KubeSim

/// The same run twice, and whether it is the same.
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs the same cold start twice and compares the hashes.")

  @Option(help: "How many nodes the cluster has.") var nodes = 100
  @Option(help: "How many pods it has.") var pods = 2_000
  @Option(help: "The seed of the run.") var seed: UInt64 = 1

  func run() throws {
    let (first, cost) = try Workload.coldStart(nodes: nodes, pods: pods, seed: seed)
    let (second, again) = try Workload.coldStart(nodes: nodes, pods: pods, seed: seed)
    cost.report("replay: \(nodes) nodes, \(pods) pods")
    line("again", "\(rounded(again.seconds, 3)) s")
    line("hashes", "\(first.trace.hash) \(second.trace.hash)")
    guard first.trace.hash == second.trace.hash else { throw ExitCode.failure }
  }
}
