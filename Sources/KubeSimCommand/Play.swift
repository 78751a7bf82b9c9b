import Foundation
import KubeSim
import KubeSimManifests

/// A run from the command line: what is played, and until when.
struct Play {
  private(set) var runner: ScenarioRunner
  /// True for manifests without a length: the run ends when nothing is due any more.
  private let endsWhenSettled: Bool

  /// Manifests without a scenario run at most this long, unless another length is given.
  static let longest: Duration = .minutes(5)

  /// A run of a scenario, of manifests, or of a scenario on top of manifests.
  init(
    _ manifests: [Manifest], seed: UInt64, nodes: Int, length: Duration?, history: History.Limit
  ) throws(APIError) {
    if manifests.isEmpty { throw .badRequest("no objects passed to run") }
    let scenarios = manifests.filter(Scenario.isScenario)
    let others = manifests.filter { !Scenario.isScenario($0) }
    if scenarios.count > 1 {
      var error = APIError.badRequest("a second scenario; a run plays one")
      error.source = scenarios[1].source
      throw error
    }
    var scenario =
      try scenarios.first.map { (file) throws(APIError) in try Scenario(file) }
      ?? Scenario(name: "manifests", duration: Self.longest, nodes: Self.nodes(nodes))
    if let length { scenario.duration = length }
    var cluster = try Cluster(nodes: scenario.nodes, seed: seed, history: history)
    let created = cluster.createNamespaces(of: others)
    let storageClass = scenarios.isEmpty ? cluster.createStorageClass(for: others) : nil
    for skipped in try cluster.apply(others) { note("\(skipped)") }
    for name in created { note("the namespace \"\(name)\" is in no manifest: it was created") }
    if let storageClass {
      note("claims that name no class get volumes of the class \"\(storageClass)\"")
    }
    runner = ScenarioRunner(scenario, on: cluster)
    endsWhenSettled = scenarios.isEmpty && length == nil
  }

  /// A run of a scenario.
  init(_ scenario: Scenario, seed: UInt64 = 0) throws(APIError) {
    runner = try ScenarioRunner(scenario, seed: seed, history: .all)
    endsWhenSettled = false
  }

  private static func nodes(_ count: Int) -> [NodeTemplate] {
    (1...max(1, count)).prefix(count).map { NodeTemplate(name: "node-\($0)") }
  }

  /// Plays to the end or to an earlier instant, writes the log as it goes, and says on standard
  /// error what steps were answered and what was left out.
  mutating func run(to stop: Instant?, log: WatchFile?) throws {
    let limit = stop.map { endsWhenSettled ? $0 : min($0, runner.end) } ?? runner.end
    var progress = Progress(end: limit)
    var count = 0
    while let next = runner.nextInstant, next <= limit {
      try runner.run(to: next)
      count += 1
      if count.isMultiple(of: 256) {
        try log?.write(runner.takeLog())
        progress.show(runner.cluster)
      }
    }
    if stop != nil || !endsWhenSettled || runner.nextInstant != nil { try runner.run(to: limit) }
    try log?.write(runner.takeLog())
    progress.clear()
    if stop == nil, endsWhenSettled, runner.nextInstant != nil {
      note("after \(limit.text) there was still something due; --for runs longer")
    }
    for skipped in runner.leftOut { note("\(skipped)") }
    for answer in runner.responses {
      let step = "\(answer.time.text)  step \(answer.step) (\(answer.verb))"
      if !(200..<300).contains(answer.code) {
        note("\(step) was refused: \(answer.message)")
      } else if !answer.message.isEmpty {
        note("\(step): \(answer.message.trimmingCharacters(in: .newlines))")
      }
    }
  }
}

/// The file of a watch stream.
final class WatchFile {
  private let handle: FileHandle

  init(path: String) throws(APIError) {
    // A pipe or a device is there already; anything else begins empty.
    let isThere = FileManager.default.fileExists(atPath: path)
    guard isThere || FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else { throw .badRequest("the file \"\(path)\" cannot be written") }
    self.handle = handle
    try? handle.truncate(atOffset: 0)
  }

  func write(_ lines: [WatchLine]) throws {
    if lines.isEmpty { return }
    try handle.write(contentsOf: Data(lines.map { $0.text + "\n" }.joined().utf8))
  }
}

/// A line on a terminal's standard error that says how far a long run is.
struct Progress {
  private let end: Instant
  private let isShown = isatty(STDERR_FILENO) == 1
  private var last = ContinuousClock.now
  private var isDrawn = false

  init(end: Instant) { self.end = end }

  mutating func show(_ cluster: borrowing Cluster) {
    let now = ContinuousClock.now
    guard isShown, now - last > .milliseconds(500) else { return }
    last = now
    isDrawn = true
    write("\r\u{1B}[K\(cluster.now.text) of \(end.text), \(cluster.revision) writes")
  }

  mutating func clear() {
    if isDrawn { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
