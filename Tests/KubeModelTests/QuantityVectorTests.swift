import KubeModel
import TestFixtures
import Testing

@Suite struct QuantityVectorTests {
  @Test func everyRowAgreesWithKubernetes() throws {
    try checkVectors("quantity") { row in
      row.kind == "pair" ? try answerPair(row.input) : answerParse(row.input)
    }
  }

  private func answerParse(_ input: JSONValue) -> JSONValue {
    do {
      let quantity = try Quantity(input["s"]?.stringValue ?? "")
      return [
        "error": false, "string": .string(quantity.description),
        "json": .string(quantity.jsonText), "format": .string(quantity.format.rawValue),
        "sign": .int(Int64(quantity.sign)), "value": quantity.value.map(JSONValue.int) ?? .null,
        "milliValue": quantity.milliValue.map(JSONValue.int) ?? .null,
      ]
    } catch {
      return ["error": true, "errorText": .string(error.message)]
    }
  }

  private func answerPair(_ input: JSONValue) throws -> JSONValue {
    let a = try Quantity(input["a"]?.stringValue ?? "")
    let b = try Quantity(input["b"]?.stringValue ?? "")
    return [
      "cmp": .int(Int64(a.compare(to: b))), "equal": .bool(a == b),
      "add": .string((a + b).description), "sub": .string((a - b).description),
    ]
  }
}
