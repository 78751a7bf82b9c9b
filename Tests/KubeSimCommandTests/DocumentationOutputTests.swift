import Foundation
import KubeSimManifests
import TestFixtures
import Testing

/// What the documentation shows of the command is what the command does.
@Suite struct DocumentationOutputTests {
  static let pages: [String] = {
    let docs = Fixtures.repository.appending(path: "Docs")
    let walk = FileManager.default.enumerator(atPath: docs.path)
    var pages = ["README.md"]
    while let path = walk?.nextObject() as? String {
      if path.hasSuffix(".md") { pages.append("Docs/" + path) }
    }
    return pages.sorted()
  }()

  @Test(arguments: pages) func everyConsoleBlockShowsWhatComesOut(_ page: String) throws {
    for block in try PageOutput.console(on: page) {
      let command = try #require(block.command, "\(page): a console block begins with a command")
      let words = Self.words(of: String(command.dropFirst(2)))
      let arguments = words.first == "swift" ? words.dropFirst(3) : words.dropFirst()
      let output = try Self.run(Array(arguments))
      if let problem = try block.problem(with: output) { Issue.record("\(problem)") }
    }
  }

  @Test(arguments: pages) func everyYAMLSampleIsTaken(_ page: String) throws {
    let text = try String(
      contentsOf: Fixtures.repository.appending(path: page), encoding: .utf8)
    for sample in text.components(separatedBy: "```yaml\n").dropFirst() {
      let yaml = sample.components(separatedBy: "\n```")[0] + "\n"
      try Tool.withFile(yaml) { path in
        let result = try Tool.run("run", path, "--output", "hash")
        #expect(result.code == 0, "\(page): \(result.errors)")
        #expect(result.errors.isEmpty, "\(page)")
      }
    }
  }

  /// Runs `kubesim` in the repository and returns what it writes, errors last.
  private static func run(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = Tool.path
    process.arguments = arguments
    process.currentDirectoryURL = Fixtures.repository
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let texts = [output, errors].map {
      String(decoding: $0.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
    process.waitUntilExit()
    return texts.joined()
  }

  /// The words of a command line; quotes keep words together.
  private static func words(of line: String) -> [String] {
    line.components(separatedBy: "'").enumerated().flatMap { index, part in
      index.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [part]
    }
  }
}
