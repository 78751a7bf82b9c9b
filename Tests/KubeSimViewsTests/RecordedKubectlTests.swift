import Foundation
import KubeModel
import KubeSimViews
import TestFixtures
import Testing

/// What real kubectl printed at the end of real runs, against what the views print of the same
/// objects. `KUBESIM_KUBECTL` names a folder with more recordings.
@Suite struct RecordedKubectlTests {
  @Test(arguments: try Recording.all()) func everyTextIsPrintedAlike(recording: Recording) throws {
    for command in recording.commands {
      let texts = try [command.now, command.end].map {
        try Views(store: recording.store, now: $0).kubectl(command.line)
      }
      if texts.contains(command.text) || agree(texts, command.text) { continue }
      Issue.record("\(recording.name): \(command.line)\n\(difference(command.text, texts[0]))")
    }
  }

  /// Whether the texts agree but for what differs between two calls of kubectl itself: Go's sort
  /// leaves open in which order Events of one second come, and an age counted from a time with a
  /// fraction is that of some moment of the call.
  private func agree(_ texts: [String], _ expected: String) -> Bool {
    guard expected.contains("Events:") || expected.hasPrefix("LAST SEEN") else { return false }
    func lines(_ text: String) -> [String] {
      text.split(separator: "\n").map {
        String($0).replacing(#/\ {2,}/#, with: "  ")
      }
    }
    let allowed = texts.flatMap(lines)
    let wanted = lines(expected)
    return wanted.count == lines(texts[0]).count && wanted.allSatisfy(allowed.contains)
  }

  /// The lines that only one of the texts has.
  private func difference(_ expected: String, _ actual: String) -> String {
    let lines = (expected.split(separator: "\n"), actual.split(separator: "\n"))
    return lines.1.difference(from: lines.0).map { change in
      switch change {
      case .remove(_, let line, _): "- \(line)"
      case .insert(_, let line, _): "+ \(line)"
      }
    }.joined(separator: "\n")
  }
}

/// One file of recorded texts with the objects they were printed from.
struct Recording: Sendable, CustomTestStringConvertible {
  struct Command: Sendable {
    let line: String
    let now: MicroTime
    let end: MicroTime
    let text: String
  }

  let name: String
  let store: Store
  let commands: [Command]

  var testDescription: String { name }

  static func all() throws -> [Recording] {
    let folder =
      ProcessInfo.processInfo.environment["KUBESIM_KUBECTL"].map { URL(filePath: $0) }
      ?? Fixtures.folder.appending(path: "kubectl")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try names.filter { $0.hasSuffix(".json") }.sorted().map {
      try Recording(String(contentsOf: folder.appending(path: $0), encoding: .utf8))
    }
  }

  init(_ text: String) throws {
    let json = try JSONValue(parsing: text)
    name = json["scenario"]?.stringValue ?? ""
    var store = Store()
    for manifest in json["objects"]?.arrayValue ?? [] {
      let kind = try #require(
        BuiltInKinds.type(
          apiVersion: manifest["apiVersion"]?.stringValue ?? "",
          kind: manifest["kind"]?.stringValue ?? ""))
      func insert<Object: APIObject>(_ kind: Object.Type) throws {
        _ = store.insert(try Object(manifest: manifest, strict: false))
      }
      try insert(kind)
    }
    self.store = store
    commands = try (json["commands"]?.arrayValue ?? []).compactMap { command in
      let line = command["args"]?.stringValue ?? ""
      guard ["get", "describe", "rollout"].contains(where: { line.hasPrefix($0) }) else {
        return nil
      }
      return Command(
        line: line, now: try #require(MicroTime(command["now"]?.stringValue ?? "")),
        end: try #require(MicroTime(command["end"]?.stringValue ?? "")),
        // That there is nothing kubectl says beside the output.
        text: (command["stdout"]?.stringValue ?? "") + (command["stderr"]?.stringValue ?? ""))
    }
  }
}
