import KubeModel
import Testing

@Suite struct QuantityTests {
  @Test(arguments: [
    ("0.1", "100m"), ("1500m", "1500m"), ("2000m", "2"), ("1.5Gi", "1536Mi"), ("2048Mi", "2Gi"),
    ("0.5n", "1n"), ("1.1Ki", "1126400m"), ("16Ei", "9223372036854775807"), ("1e4", "10e3"),
  ])
  func printsTheCanonicalForm(_ text: String, _ canonical: String) throws {
    #expect(try Quantity(text).description == canonical)
  }

  @Test func keepsATextThatLooksCanonical() throws {
    let quantity = try Quantity("+1.500")
    #expect(quantity.description == "+1.500")
    #expect(quantity.jsonText == "+1.500")
    #expect(quantity.canonicalText == "1500m")
    #expect((quantity + .zero).description == "1500m")
  }

  @Test func readsJSONWithBlanksAround() throws {
    #expect(try Quantity(jsonText: " \n1Gi\t").value == 1 << 30)
    #expect(throws: QuantityError.formatWrong) { try Quantity(" 1") }
    #expect(throws: QuantityError.formatWrong) { try Quantity(jsonText: "  ") }
  }

  @Test func namesWhatIsWrong() {
    #expect(throws: QuantityError.suffix) { try Quantity("1K") }
    #expect(throws: QuantityError.formatWrong) { try Quantity("one") }
    #expect(throws: QuantityError.numeric) { try Quantity(".Pi") }
  }

  @Test func roundsAwayFromZero() {
    #expect(Quantity(milliValue: 1).value == 1)
    #expect(Quantity(milliValue: -1).value == -1)
    #expect(Quantity(milliValue: -2500).value == -3)
    #expect(Quantity(value: .max).milliValue == nil)
  }

  @Test func equalNumbersAreOneKey() throws {
    let same = try ["1", "1000m", "1e0", "0.001k", "1000000000n"].map { try Quantity($0) }
    #expect(Set(same).count == 1)
    let negative = try ["-1Ki", "-1024", "-1.0Ki", "-1024000m"].map { try Quantity($0) }
    #expect(Set(negative).count == 1)
    #expect(try Quantity("-0") == .zero)
  }

  @Test func ordersByNumber() throws {
    let texts = ["1e30", "1Ki", "-2", "1k", "-1e30", "1n", "999999999999999999999", "0", "-1.5Ki"]
    let sorted = try texts.map { try Quantity($0) }.sorted().map(\.description)
    #expect(
      sorted == [
        "-1e30", "-1536", "-2", "0", "1n", "1k", "1Ki", "999999999999999999999", "1e30",
      ])
  }

  @Test func addsWhatDoesNotFitInline() throws {
    let half = Quantity(value: .max)
    #expect((half + half).description == "18446744073709551614")
    #expect((half + half - half - half) == .zero)
    #expect((-Quantity(value: .min)).description == "9223372036854775808")
    #expect((try Quantity("1E") + Quantity("1n")).description == "1000000000000000000000000001n")
  }

  @Test func survivesExponentsOfAnySize() throws {
    let huge = try Quantity("1e2147483647")
    #expect(huge.value == nil)
    #expect(huge > Quantity(value: .max))
    #expect(huge + Quantity(value: 1) == huge)
    #expect(try Quantity("12345678901234567890e2147483646") > huge)
    #expect(try Quantity("1e-2147483648").description == "1e-9")
    #expect((try Quantity("1Ki") + huge).format == .binarySI)
    #expect(!(try Quantity("1Ki") + huge).description.isEmpty)
  }

  @Test func takesTheFormatOfTheLeftUnlessItIsZero() throws {
    #expect((try Quantity("1Mi") + Quantity("1048576")).description == "2Mi")
    #expect((try Quantity("1M") + Quantity("1Mi")).description == "2048576")
    #expect((Quantity.zero - (try Quantity("1Gi"))).description == "-1Gi")
    #expect(try ["1Ki", "1Ki"].map { try Quantity($0) }.reduce(.zero, +).description == "2Ki")
  }

  /// Every pair of amounts inline and boxed, of both signs and far apart in size.
  @Test func lawsOfArithmeticHoldForAllPairs() throws {
    let positive = [
      "0", "1n", "0.5n", "999m", "1", "1.5", "7Ei", "1.01Ki", "8Ei", "9223372036854775807",
      "9223372036854775808", "123456789012345678901234567890", "12E", "1e40", "1.1Ti", "3e-7",
    ]
    let all = try positive.flatMap { [try Quantity($0), try Quantity("-" + $0)] }
    for a in all {
      #expect(try Quantity(a.description) == a)
      #expect(-(-a) == a)
      for b in all {
        #expect((a + b) - b == a)
        #expect(a + b == b + a)
        #expect((a - b).sign == a.compare(to: b))
        #expect(a.compare(to: b) == -b.compare(to: a))
        #expect(a != b || a.hashValue == b.hashValue)
      }
    }
  }
}
