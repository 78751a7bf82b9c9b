import KubeModel
import TestFixtures
import Testing

@Suite struct LabelSelectorVectorTests {
  @Test func everyRowAgreesWithKubernetes() throws {
    try checkVectors("labelselector") { row in
      row.kind == "string" ? answerString(row.input) : answerObject(row.input)
    }
  }

  private func answerString(_ input: JSONValue) -> JSONValue {
    do {
      let selector = try Selector(parsing: input["selector"]?.stringValue ?? "")
      let requirements = selector.requirements.map { requirement -> JSONValue in
        [
          "key": .string(requirement.key), "operator": .string(requirement.operator.rawValue),
          "values": .array(requirement.values.map(JSONValue.string)),
        ]
      }
      return [
        "canonical": .string(selector.canonical), "empty": .bool(selector.isEmpty),
        "requirements": .array(requirements), "matches": matches(selector, input),
      ]
    } catch {
      return ["error": .string(error.message)]
    }
  }

  private func answerObject(_ input: JSONValue) -> JSONValue {
    let labelSelector = labelSelector(input["selector"] ?? .null)
    let format = JSONValue.string(LabelSelector.format(labelSelector))
    do {
      let selector = try Selector(labelSelector)
      return [
        "canonical": .string(selector.canonical), "empty": .bool(selector.isEmpty),
        "format": format, "matches": matches(selector, input),
      ]
    } catch {
      return ["error": .string(error.message), "format": format]
    }
  }

  private func matches(_ selector: Selector, _ input: JSONValue) -> JSONValue {
    let labels = input["labels"]?.arrayValue ?? []
    return .array(labels.map { .bool(selector.matches(stringMap($0))) })
  }

  private func labelSelector(_ json: JSONValue) -> LabelSelector? {
    guard json.objectValue != nil else { return nil }
    let expressions = json["matchExpressions"]?.arrayValue ?? []
    return LabelSelector(
      matchLabels: stringMap(json["matchLabels"] ?? .null),
      matchExpressions: expressions.map { expression in
        LabelSelectorRequirement(
          key: expression["key"]?.stringValue ?? "",
          operator: expression["operator"]?.stringValue ?? "",
          values: (expression["values"]?.arrayValue ?? []).compactMap(\.stringValue))
      })
  }

  private func stringMap(_ json: JSONValue) -> StringMap<String> {
    StringMap((json.objectValue ?? JSONObject()).map { ($0.key, $0.value.stringValue ?? "") })
  }
}

@Suite struct SelectorTests {
  @Test func aMissingSelectorSelectsNothingAndAnEmptyOneEverything() throws {
    #expect(try Selector(nil) == .nothing)
    #expect(try Selector(LabelSelector()) == .everything)
    #expect(!Selector.nothing.matches([:]))
    #expect(!Selector.nothing.isEmpty)
    #expect(Selector.everything.matches([:]))
    #expect(Selector(matching: [:]).isEmpty)
    #expect(LabelSelector.format(nil) == "<none>")
  }

  @Test func negativeRequirementsAllowAMissingLabel() throws {
    let selector = try Selector(parsing: "tier!=test,zone notin (a,b)")
    #expect(selector.matches([:]))
    #expect(!selector.matches(["tier": "test"]))
    #expect(!selector.matches(["zone": "a"]))
  }

  @Test func boundsCompareAsIntegers() throws {
    let selector = try Selector(parsing: "rank>9")
    #expect(selector.matches(["rank": "10"]))
    #expect(!selector.matches(["rank": "9"]))
    #expect(!selector.matches(["rank": "high"]))
    #expect(!selector.matches([:]))
  }

  @Test func knowsTheRequiredValue() throws {
    let selector = try Selector(parsing: "app in (web),tier in (a,b),zone!=x")
    #expect(selector.requiredValue(of: "app") == "web")
    #expect(selector.requiredValue(of: "tier") == nil)
    #expect(selector.requiredValue(of: "zone") == nil)
  }

  @Test func setsAreNotChecked() {
    #expect(Selector(matching: ["b": "no good", "a": "1"]).canonical == "a=1,b=no good")
  }

  @Test func labelSyntaxAllowsADomainAndLimitsLengths() {
    let long = String(repeating: "a", count: 64)
    #expect(LabelSyntax.keyErrors("example.com/role").isEmpty)
    #expect(LabelSyntax.keyErrors("/role") == ["prefix part must be non-empty"])
    #expect(LabelSyntax.keyErrors(long) == ["name part must be no more than 63 bytes"])
    #expect(LabelSyntax.valueErrors(long) == ["must be no more than 63 bytes"])
    #expect(LabelSyntax.valueErrors("").isEmpty)
    #expect(LabelSyntax.subdomainErrors("a.b-c.d").isEmpty)
    #expect(LabelSyntax.subdomainErrors("").count == 1)
  }
}
