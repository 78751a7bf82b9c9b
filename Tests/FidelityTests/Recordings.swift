import Foundation
import KubeModel
import KubeSimManifests
import TestFixtures
import Testing

/// The recorded scenarios: `Tests/Fixtures/fidelity`, or the folder that `KUBESIM_TRACES` names,
/// which has `scenarios/NAME.yaml` and `traces/NAME.jsonl.gz`.
enum Recordings {
  static let folder =
    ProcessInfo.processInfo.environment["KUBESIM_TRACES"].map { URL(filePath: $0) }
    ?? Fixtures.folder.appending(path: "fidelity")

  /// The share of checks that a scenario without a floor of its own must pass.
  static let floor = 0.9

  /// The scenarios that have a recording.
  static let names: [String] = {
    let files = try? FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "scenarios").path)
    return (files ?? []).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
      .filter { FileManager.default.fileExists(atPath: trace($0).path) }.sorted()
  }()

  private static func trace(_ name: String) -> URL {
    folder.appending(path: "traces/\(name).jsonl.gz")
  }

  /// The floors of the scenarios that are not yet whole. A floor only rises.
  static func floors() throws -> [String: Double] {
    let floors = try JSONValue(parsing: Fixtures.text("fidelity/floors.json"))
    let members = floors.objectValue.map { Array($0) } ?? []
    return Dictionary(
      members.compactMap { member in member.value.doubleValue.map { (member.key, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The lines of a recording.
  static func recording(_ name: String) throws -> [JSONValue] {
    let unpacking = Process()
    unpacking.executableURL = URL(filePath: "/usr/bin/env")
    unpacking.arguments = ["gzip", "-dc", trace(name).path]
    let output = Pipe()
    unpacking.standardOutput = output
    try unpacking.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    unpacking.waitUntilExit()
    return try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
  }

  /// A run of a scenario held against its recording.
  static func compare(_ name: String) throws -> Comparison {
    let file = folder.appending(path: "scenarios/\(name).yaml")
    let manifests = try Manifest.all(inFile: file.path)
    var runner = try ScenarioRunner(
      try Scenario(try #require(manifests.first)), history: .all)
    try runner.run()
    let lines = try runner.takeLog().map { try JSONValue(parsing: $0.text) }
    return Comparison(recorded: try recording(name), simulated: lines)
  }
}
