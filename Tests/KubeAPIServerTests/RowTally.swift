import KubeModel
import TestFixtures
import Testing

/// Counts the rows of a vector family that a check passes. Every row must pass but those that are
/// left out for a reason.
struct RowTally {
  let family: String
  private var total = 0
  private var passed = 0
  private var failures: [String] = []

  init(_ family: String) { self.family = family }

  /// Compares one row; a row that is left out counts, but need not pass.
  mutating func note(
    _ row: VectorRow, expected: JSONValue, actual: JSONValue, isLeftOut: Bool = false
  ) {
    total += 1
    if expected == actual {
      passed += 1
    } else if !isLeftOut {
      failures.append(
        "line \(row.line) \(row.kind) \(row.input["op"]?.stringValue ?? "") "
          + "changed \(row.input["changed"]?.text() ?? "")\n"
          + "  expected \(expected.text())\n  actual   \(actual.text())")
    }
  }

  /// Prints the result and records the rows that should have passed.
  func report(sourceLocation: SourceLocation = #_sourceLocation) {
    Vectors.report(family, passed: passed, total: total)
    if !failures.isEmpty {
      let list = failures.joined(separator: "\n")
      Issue.record("\(failures.count) rows of \(family):\n\(list)", sourceLocation: sourceLocation)
    }
  }
}
