import KubeModel
import TestFixtures
import Testing

@testable import KubeAPIServer

@Suite struct PatchVectorTests {
  @Test func patchesDoWhatTheyDoAtTheServer() throws {
    guard let rows = try Vectors.rows("patch") else { return }
    var tally = RowTally("patch")
    for row in rows {
      let original = row.input["original"] ?? .null
      guard
        let kind = BuiltInKinds.type(
          apiVersion: original["apiVersion"]?.stringValue ?? "",
          kind: original["kind"]?.stringValue ?? "")
      else {
        Issue.record("no kind for \(original)")
        continue
      }
      tally.note(row, expected: row.output, actual: try answer(kind, original, row.input))
    }
    tally.report()
  }

  private func answer<Object: APIObject>(
    _ kind: Object.Type, _ original: JSONValue, _ input: JSONValue
  ) throws -> JSONValue {
    let form = input["type"]?.stringValue ?? ""
    let validation = try #require(
      Patch.FieldValidation(rawValue: input["fieldValidation"]?.stringValue ?? ""))
    let rules = RulesRegistry().rules(for: kind)
    do {
      let patch = try patch(input, form)
      var warnings: [String] = []
      let object = try apply(
        patch, to: try Object(manifest: original), rules, validation, &warnings)
      var answer: JSONValue = ["ok": true, "object": object.manifest]
      if !warnings.isEmpty { answer["warnings"] = .array(warnings.map { .string($0) }) }
      return answer
    } catch let error as APIError {
      return refusal(error)
    }
  }

  private func apply<Rules: KindRules>(
    _ patch: Patch, to object: Rules.Object, _ rules: Rules,
    _ validation: Patch.FieldValidation, _ warnings: inout [String]
  ) throws -> Rules.Object {
    try patch.applied(to: object, rules: rules, validation: validation, warnings: &warnings)
  }

  private func patch(_ input: JSONValue, _ form: String) throws -> Patch {
    let isStrategic = form == "application/strategic-merge-patch+json"
    var body = input["patch"] ?? .null
    if let text = input["patchText"]?.stringValue {
      do { body = try JSONValue(parsing: text) } catch {
        throw APIError.badRequest(
          isStrategic ? "unexpected end of JSON input" : "Invalid JSON Patch")
      }
    }
    if isStrategic { return .strategic(body) }
    return form == "application/json-patch+json" ? .json(body) : .merge(body)
  }

  private func refusal(_ error: APIError) -> JSONValue {
    var answer: JSONValue = ["ok": false, "message": .string(error.message)]
    if !error.reason.rawValue.isEmpty {
      answer["reason"] = .string(error.reason.rawValue)
      answer["code"] = .int(Int64(error.code))
    }
    if !error.details.causes.isEmpty {
      answer["causes"] = .array(
        error.details.causes.map {
          ["type": .string($0.type), "message": .string($0.message), "field": .string($0.field)]
        })
    }
    return answer
  }
}
