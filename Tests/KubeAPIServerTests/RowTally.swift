import KubeModel
import TestFixtures
import Testing

/// Counts the rows of a vector family that a check passes, and holds the number to a floor.
///
/// The floor is what passed when the code was written; rows that are left out are named in the file
/// that leaves them out. It counts for the whole set; of the excerpt in the repository every row
/// must pass that passed then.
struct RowTally {
  let family: String
  private var total = 0
  private var failures: [String] = []

  init(_ family: String) { self.family = family }

  mutating func note(_ row: VectorRow, expected: JSONValue, actual: JSONValue) {
    total += 1
    if expected == actual { return }
    failures.append(
      "line \(row.line) \(row.kind) \(row.input["op"]?.stringValue ?? "") "
        + "changed \(row.input["changed"]?.text() ?? "")\n"
        + "  expected \(expected.text())\n  actual   \(actual.text())")
  }

  /// Prints the result; fails when more rows fail than are known to.
  func report(knownFailures: Int, sourceLocation: SourceLocation = #_sourceLocation) {
    Vectors.report(family, passed: total - failures.count, total: total)
    if failures.count > knownFailures {
      let list = failures.joined(separator: "\n")
      Issue.record(
        "\(failures.count) rows of \(family) fail, known are \(knownFailures):\n\(list)",
        sourceLocation: sourceLocation)
    }
  }
}
