import Foundation
import KubeModel

/// One input with what the real function answered.
public struct VectorRow: Sendable {
  /// The `in` member.
  public let input: JSONValue
  /// The `out` member.
  public let output: JSONValue
  /// The line of the file, from 1.
  public let line: Int

  /// The `kind` member of the input; empty when there is none.
  public var kind: String { input["kind"]?.stringValue ?? "" }
}

/// The golden vectors: `Tests/Fixtures/vectors`, or the folder that `KUBESIM_VECTORS` names.
public enum Vectors {
  /// All rows of a family; nil, after a line that says so, when its file is absent.
  public static func rows(_ family: String) throws -> [VectorRow]? {
    let folder =
      ProcessInfo.processInfo.environment["KUBESIM_VECTORS"].map { URL(filePath: $0) }
      ?? Fixtures.folder.appending(path: "vectors")
    let file = folder.appending(path: family + ".jsonl")
    guard FileManager.default.fileExists(atPath: file.path) else {
      print("VECTORS \(family) skipped: no \(file.lastPathComponent)")
      return nil
    }
    let text = try String(contentsOf: file, encoding: .utf8)
    return try text.split(separator: "\n").enumerated().map { index, line in
      let row = try JSONValue(parsing: String(line))
      return VectorRow(input: row["in"] ?? .null, output: row["out"] ?? .null, line: index + 1)
    }
  }

  /// Prints the family's result: `VECTORS quantity 423/423`.
  public static func report(_ family: String, passed: Int, total: Int) {
    print("VECTORS \(family) \(passed)/\(total)")
  }
}
