import KubeModel
import TestFixtures
import Testing

@Suite struct IntOrStringVectorTests {
  @Test func everyRowAgreesWithKubernetes() throws {
    try checkVectors("intstr") { answer($0.input) }
  }

  private func answer(_ input: JSONValue) -> JSONValue {
    do {
      let value = try IntOrString.scaledValue(
        of: value(of: input["value"] ?? .null), total: Int(input["total"]?.intValue ?? 0),
        roundUp: input["roundUp"]?.boolValue ?? false)
      return ["value": .int(Int64(value))]
    } catch {
      return ["error": .string(error.message)]
    }
  }

  private func value(of json: JSONValue) -> IntOrString? {
    if let text = json.stringValue { return .string(text) }
    return json.intValue.map { .int(Int32(clamping: $0)) }
  }
}

@Suite struct IntOrStringTests {
  @Test func aNumberIgnoresTheTotal() throws {
    let value: IntOrString = 3
    #expect(try value.scaledValue(total: 100, roundUp: true) == 3)
  }

  @Test func aPercentageRoundsAsAsked() throws {
    let value: IntOrString = "25%"
    #expect(try value.scaledValue(total: 10, roundUp: true) == 3)
    #expect(try value.scaledValue(total: 10, roundUp: false) == 2)
  }

  @Test func hugeProductsDoNotTrap() throws {
    let value: IntOrString = "9223372036854775807%"
    #expect(try value.scaledValue(total: .max, roundUp: true) == .max)
    #expect(try value.scaledValue(total: .min, roundUp: true) == .min)
  }

  @Test func aBadTextIsQuotedAsInGo() {
    let value: IntOrString = "a\"\u{1}é%"
    let error = #expect(throws: IntOrStringError.self) {
      try value.scaledValue(total: 1, roundUp: true)
    }
    #expect(
      error?.message == #"invalid value for IntOrString: invalid value "a\"\x01é%": "#
        + #"strconv.Atoi: parsing "a\"\x01é": invalid syntax"#)
  }

  @Test func readsPortsByNumberAndName() {
    #expect(IntOrString(parsing: "80") == 80)
    #expect(IntOrString(parsing: "http") == "http")
    #expect(IntOrString(parsing: "80").description == "80")
    #expect(IntOrString.string("8080").intValue == 8080)
    #expect(IntOrString.string("http").intValue == 0)
  }
}
