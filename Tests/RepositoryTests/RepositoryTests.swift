import Foundation
import TestFixtures
import Testing

/// The rules of the house, as far as a program can read them off the sources.
@Suite struct RepositoryTests {
  struct SourceFile {
    let path: String
    let lines: [String]
  }

  private func files(below folder: String, ending: String = ".swift") throws -> [SourceFile] {
    let root = Fixtures.repository.appending(path: folder)
    let walk = FileManager.default.enumerator(atPath: root.path)
    var paths: [String] = []
    while let path = walk?.nextObject() as? String {
      if path.hasSuffix(ending) { paths.append(path) }
    }
    return try paths.sorted().map { path in
      let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
      return SourceFile(
        path: "\(folder)/\(path)",
        lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
  }

  private let pureRooms = [
    "SimulationKernel", "KubeModel", "KubeReconcile", "KubeAPIServer", "KubeControllers",
    "KubeScheduler", "KubePrograms", "KubeNode", "KubeSim",
  ]

  @Test func theRoomsHaveNoClockNoChanceAndNoConcurrencyOfTheirOwn() throws {
    let banned = [
      "import Foundation", "import Dispatch", "Date()", "UUID()", ".random(", "Task {", "async ",
      "await ", "NSLock", "ContinuousClock", "SystemRandomNumberGenerator", "DispatchQueue",
    ]
    var found: [String] = []
    for room in pureRooms {
      for file in try files(below: "Sources/\(room)") {
        for (number, line) in file.lines.enumerated() {
          let code = line.split(separator: "//", omittingEmptySubsequences: false)[0]
          for word in banned where code.contains(word) {
            found.append("\(file.path):\(number + 1) has \(word)")
          }
        }
      }
    }
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }

  @Test func noInputCanReachATrap() throws {
    let banned = ["try!", "fatalError(", "as! "]
    var found: [String] = []
    for file in try files(below: "Sources") {
      for (number, line) in file.lines.enumerated() {
        for word in banned where line.contains(word) {
          found.append("\(file.path):\(number + 1) has \(word)")
        }
      }
    }
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }

  @Test func filesCanBeReadInOneGo() throws {
    let long = try files(below: "Sources").filter { $0.lines.count > 401 }
      .map { "\($0.path): \($0.lines.count) lines" }
    #expect(long.isEmpty, "\(long.joined(separator: "\n"))")
  }

  @Test func nothingIsLeftForLater() throws {
    // Put together here, so that the rule does not find itself.
    let marks = ["FIX" + "ME", "TO" + "DO", "X" + "XX"]
    var found: [String] = []
    for folder in ["Sources", "Tests"] {
      for file in try files(below: folder) {
        for (number, line) in file.lines.enumerated() {
          for mark in marks where line.contains(mark) {
            found.append("\(file.path):\(number + 1) has \(mark)")
          }
        }
      }
    }
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }

  @Test func theRoomsImportWhatTheDesignDrawsAndNothingElse() throws {
    let arrows: [String: Set<String>] = [
      "SimulationKernel": [], "KubeModel": ["SimulationKernel"],
      "KubeReconcile": ["KubeModel", "SimulationKernel"],
      "KubeAPIServer": ["KubeModel", "SimulationKernel"],
      "KubeControllers": ["KubeReconcile", "KubeModel", "SimulationKernel"],
      "KubeScheduler": ["KubeReconcile", "KubeModel", "SimulationKernel"],
      "KubePrograms": ["KubeModel", "SimulationKernel"],
      "KubeNode": ["KubeReconcile", "KubePrograms", "KubeModel", "SimulationKernel"],
    ]
    for (room, allowed) in arrows.sorted(by: { $0.key < $1.key }) {
      for file in try files(below: "Sources/\(room)") {
        for line in file.lines where line.hasPrefix("import ") {
          let module = String(line.dropFirst("import ".count))
          let ours = module.hasPrefix("Kube") || module == "SimulationKernel"
          #expect(!ours || allowed.contains(module), "\(file.path) imports \(module)")
        }
      }
    }
  }

  @Test func noTwoFilesDifferInCaseAlone() throws {
    let paths = try files(below: "Sources").map(\.path)
    #expect(Set(paths.map { $0.lowercased() }).count == paths.count)
  }

  @Test func linksInTheDocsLeadSomewhere() throws {
    let pages = try files(below: "Docs", ending: ".md") + readme()
    var broken: [String] = []
    for page in pages {
      let folder = Fixtures.repository.appending(path: page.path).deletingLastPathComponent()
      for line in page.lines {
        for match in line.matches(of: /\]\(([^)#]+)[^)]*\)/) where !match.1.contains("://") {
          let target = folder.appending(path: String(match.1))
          if !FileManager.default.fileExists(atPath: target.path) {
            broken.append("\(page.path) links to \(match.1)")
          }
        }
      }
    }
    #expect(broken.isEmpty, "\(broken.joined(separator: "\n"))")
  }

  private func readme() throws -> [SourceFile] {
    let file = Fixtures.repository.appending(path: "README.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    return [SourceFile(path: "README.md", lines: text.components(separatedBy: "\n"))]
  }

  @Test func theReadmeIsShort() throws {
    #expect(try readme()[0].lines.count <= 150)
  }
}
