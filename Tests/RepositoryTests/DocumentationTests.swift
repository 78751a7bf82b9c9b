import Foundation
import TestFixtures
import Testing

/// The samples of the README and of Docs are code that tests run.
@Suite struct DocumentationTests {
  struct Sample {
    let page: String
    let line: Int
    let code: String
  }

  @Test func everySwiftSampleStandsInATest() throws {
    let tests = try swiftFiles(below: "Tests").map { squeezed($0) }
    let missing = try samples(of: "swift").filter { sample in
      let wanted = squeezed(sample.code)
      return !tests.contains { $0.contains(wanted) }
    }
    let list = missing.map { "\($0.page):\($0.line)\n\($0.code)" }.joined(separator: "\n")
    #expect(missing.isEmpty, "samples that no test runs:\n\(list)")
  }

  @Test func everyKindHasItsPage() throws {
    let folder = Fixtures.repository.appending(path: "Docs/Kinds")
    for kind in [
      "Pod", "ReplicaSet", "ReplicationController", "Deployment", "StatefulSet", "DaemonSet", "Job",
      "CronJob", "HorizontalPodAutoscaler", "Service", "Node", "Namespace", "PersistentVolumeClaim",
      "PersistentVolume", "StorageClass",
    ] {
      let page = folder.appending(path: kind + ".md")
      #expect(FileManager.default.fileExists(atPath: page.path), "Docs/Kinds/\(kind).md is missing")
    }
  }

  /// Indentation and blank lines do not count: a sample stands deeper in a test than in a page.
  private func squeezed(_ text: String) -> String {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty && !$0.hasPrefix("import ") }.joined(separator: "\n")
  }

  private func samples(of language: String) throws -> [Sample] {
    var found: [Sample] = []
    for (path, text) in try pages() {
      var code: [String]?
      var start = 0
      for (number, line) in text.components(separatedBy: "\n").enumerated() {
        if line.hasPrefix("```") {
          if let lines = code {
            found.append(Sample(page: path, line: start, code: lines.joined(separator: "\n")))
            code = nil
          } else if line == "```" + language {
            code = []
            start = number + 1
          }
        } else {
          code?.append(line)
        }
      }
    }
    return found
  }

  private func pages() throws -> [(String, String)] {
    let docs = Fixtures.repository.appending(path: "Docs")
    let walk = FileManager.default.enumerator(atPath: docs.path)
    var paths = ["README.md"]
    while let path = walk?.nextObject() as? String {
      if path.hasSuffix(".md") { paths.append("Docs/" + path) }
    }
    return try paths.sorted().map {
      ($0, try String(contentsOf: Fixtures.repository.appending(path: $0), encoding: .utf8))
    }
  }

  private func swiftFiles(below folder: String) throws -> [String] {
    let root = Fixtures.repository.appending(path: folder)
    let walk = FileManager.default.enumerator(atPath: root.path)
    var texts: [String] = []
    while let path = walk?.nextObject() as? String {
      guard path.hasSuffix(".swift") else { continue }
      texts.append(try String(contentsOf: root.appending(path: path), encoding: .utf8))
    }
    return texts
  }
}
