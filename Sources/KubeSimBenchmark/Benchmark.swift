import ArgumentParser

/// Measures how fast clusters come up, churn, fork and replay, beside a floor measured in the same run.
@main struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kubesim-benchmark",
    abstract: "Measures the simulator, beside a bare loop that does the same number of writes.",
    discussion: """
      Build it with optimisation: swift run -c release kubesim-benchmark cold-start

      The floor pops as many timers from a heap, and writes as many pod-sized records into a paged \
      table, as the run before it did, with no Kubernetes in it. Compare ratios, not seconds.
      """,
    subcommands: [ColdStart.self, Churn.self, Fork.self, Replay.self, Schedule.self],
    defaultSubcommand: ColdStart.self)
}
