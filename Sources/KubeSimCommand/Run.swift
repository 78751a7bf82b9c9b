import ArgumentParser
import Foundation
import KubeSim
import KubeSimManifests

/// `kubesim run FILE...`
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Plays a scenario file, or applies manifests and lets them run.",
    discussion: """
      A scenario (kind: Scenario) brings its nodes, its steps and its duration along. Manifests \
      are applied to a cluster of 3 nodes of 4 CPUs and 8Gi and run until nothing is due any \
      more, at most 5 minutes of virtual time. A folder stands for the files in it; - is \
      standard input.

      Commands for --then: get KIND [NAME] [-n NS] [-A] [-o wide|yaml|json], describe KIND NAME, \
      rollout status KIND/NAME, rollout history KIND/NAME [--revision N], \
      logs POD [-c CONTAINER] [--previous], exec POD [-c CONTAINER] -- COMMAND, why KIND/NAME.
      """)

  @Argument(help: "Manifests and at most one scenario; a folder stands for its files.")
  var files: [String]

  @Option(name: .customLong("for"), help: "How long to run, as 90s or 1h30m.")
  var length: Span?

  @Option(help: "The seed of all names, uids, ties and jitter.")
  var seed: UInt64 = 0

  @Option(help: "How many nodes a run of manifests has.")
  var nodes: Int = 3

  @Option(help: "What to print at the end; a timeline, unless there is a --then.")
  var output: Output?

  @Option(help: "Write the watch stream to this file, a JSON object a line.")
  var watchJson: String?

  @Option(help: "Stop at this time, and show the state then.")
  var at: Span?

  @Option(help: "A command for the state at the end, as 'get pods'; may be given again.")
  var then: [String] = []

  func validate() throws {
    if files.isEmpty { throw ValidationError("Name a scenario or a manifest.") }
    if !(0...100_000).contains(nodes) { throw ValidationError("--nodes must be 0 to 100000.") }
  }

  func run() throws {
    let output = output ?? (then.isEmpty ? .timeline : nil)
    // Every version of every object is kept only where somebody will look at it.
    let history: History.Limit = watchJson != nil || output == .timeline ? .all : .last(0)
    var play = try Play(
      try inputs(), seed: seed, nodes: nodes, length: length?.duration, history: history)
    let log = try watchJson.map { try WatchFile(path: $0) }
    try play.run(to: at.map { .zero + $0.duration }, log: log)
    var report = Report(play)
    try report.print(output, then: then)
  }

  private func inputs() throws(APIError) -> [Manifest] {
    var manifests: [Manifest] = []
    for file in files {
      if file == "-" {
        let data = FileHandle.standardInput.readDataToEndOfFile()
        manifests += try Manifest.all(
          inText: String(decoding: data, as: UTF8.self), file: "standard input")
      } else {
        manifests += try Manifest.all(inFile: file)
      }
    }
    return manifests
  }
}

/// A length of time on the command line.
struct Span: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    guard let duration = GoDuration.parse(argument), duration >= .zero else { return nil }
    self.duration = duration
  }
}

/// What `run` can print at the end.
enum Output: String, ExpressibleByArgument, CaseIterable {
  case timeline, table, wide, yaml, json, events, hash
}
