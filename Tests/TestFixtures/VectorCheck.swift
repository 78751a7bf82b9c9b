import KubeModel
import Testing

/// Compares a whole family of golden vectors with what the model answers.
///
/// Prints the count, and records up to five rows that differ. Rows of which only a part is
/// compared, or in another form, say by `expected` what is.
public func checkVectors(
  _ family: String, sourceLocation: SourceLocation = #_sourceLocation,
  expected: (VectorRow) throws -> JSONValue = { $0.output },
  answer: (VectorRow) throws -> JSONValue
) throws {
  guard let rows = try Vectors.rows(family) else { return }
  var (passed, failed) = (0, 0)
  for row in rows {
    let actual = try answer(row)
    let expected = try expected(row)
    if actual == expected {
      passed += 1
      continue
    }
    failed += 1
    if failed <= 5 {
      Issue.record(
        "\(family) line \(row.line): \(row.input)\nexpected \(expected)\nactual   \(actual)",
        sourceLocation: sourceLocation)
    }
  }
  Vectors.report(family, passed: passed, total: rows.count)
  #expect(passed == rows.count, sourceLocation: sourceLocation)
}
