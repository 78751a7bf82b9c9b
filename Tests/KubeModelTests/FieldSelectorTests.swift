import KubeModel
import Testing

@Suite struct FieldSelectorTests {
  @Test func readsAllOperatorsAndSortsTerms() throws {
    let selector = try FieldSelector(parsing: "status.phase==Running,,metadata.name=a,x!=")
    #expect(selector.canonical == "metadata.name=a,status.phase=Running,x!=")
    #expect(
      selector.requirements == [
        .init(field: "metadata.name", value: "a"),
        .init(field: "status.phase", value: "Running"),
        .init(field: "x", isEqual: false, value: ""),
      ])
    #expect(selector.requiredValue(of: "metadata.name") == "a")
    #expect(selector.requiredValue(of: "x") == nil)
  }

  @Test func anEmptySelectorMatchesEverything() throws {
    #expect(try FieldSelector(parsing: "") == .everything)
    #expect(try FieldSelector(parsing: ",").isEmpty)
    #expect(FieldSelector.everything.matches { _ in nil })
  }

  @Test func aFieldWithoutAValueCountsAsEmpty() throws {
    #expect(try FieldSelector(parsing: "spec.nodeName=").matches { _ in nil })
    #expect(try FieldSelector(parsing: "spec.nodeName!=node-1").matches { _ in nil })
    #expect(try !FieldSelector(parsing: "spec.nodeName=node-1").matches { _ in nil })
  }

  @Test func escapesStandForTheirCharacters() throws {
    let selector = try FieldSelector(parsing: #"a=1\,2\=3\\4"#)
    #expect(selector.requirements == [.init(field: "a", value: #"1,2=3\4"#)])
    #expect(selector.canonical == #"a=1\,2\=3\\4"#)
    #expect(selector.matches { _ in #"1,2=3\4"# })
  }

  @Test(arguments: [
    ("x", "invalid selector: 'x'; can't understand 'x'"),
    ("b=1,a", "invalid selector: 'b=1,a'; can't understand 'a'"),
    (#"a=\x"#, #"invalid field selector: invalid escape sequence: \x"#),
    (#"a=1\"#, #"invalid field selector: invalid escape sequence: \"#),
    ("a=b=c", "invalid field selector: unescaped character in value: 61"),
    ("a!==c", "invalid field selector: unescaped character in value: 61"),
  ])
  func namesWhatIsWrong(_ text: String, _ message: String) {
    let error = #expect(throws: SelectorError.self) { try FieldSelector(parsing: text) }
    #expect(error?.message == message)
  }
}
