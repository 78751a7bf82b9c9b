import KubeModel
import TestFixtures
import Testing

@testable import KubeAPIServer

@Suite struct DefaultsVectorTests {
  @Test func defaultsAreThoseOfTheServer() throws {
    guard let rows = try Vectors.rows("defaults") else { return }
    var tally = RowTally("defaults")
    for row in rows {
      guard let kind = BuiltInKinds.type(
        apiVersion: row.input["apiVersion"]?.stringValue ?? "", kind: row.kind)
      else {
        Issue.record("no kind \(row.kind)")
        continue
      }
      tally.note(row, expected: row.output, actual: try defaulted(kind, row.input))
    }
    tally.report(knownFailures: 0)
  }

  private func defaulted<Object: APIObject>(
    _ kind: Object.Type, _ input: JSONValue
  ) throws -> JSONValue {
    let rules = RulesRegistry().rules(for: kind)
    var object = try Object(manifest: input)
    rules.setDefaults(&object)
    let once = object
    rules.setDefaults(&object)
    #expect(object == once, "defaulting twice changes nothing")
    return object.manifest
  }
}
