import KubeModel
import TestFixtures
import Testing

@testable import KubeAPIServer

@Suite struct DefaultsVectorTests {
  @Test func defaultsAreThoseOfTheServer() throws {
    guard let rows = try Vectors.rows("defaults") else { return }
    var tally = RowTally("defaults")
    for row in rows {
      guard
        let kind = BuiltInKinds.type(
          apiVersion: row.input["apiVersion"]?.stringValue ?? "", kind: row.kind)
      else {
        Issue.record("no kind \(row.kind)")
        continue
      }
      // Claims of a set always say their kind here, as the server stores them after conversion.
      let hasBareClaims =
        row.input["spec"]?["volumeClaimTemplates"]?.arrayValue?.contains { $0["kind"] == nil }
      tally.note(
        row, expected: row.output, actual: try defaulted(kind, row.input),
        isLeftOut: hasBareClaims == true)
    }
    tally.report()
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
