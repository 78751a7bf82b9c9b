import KubeSim
import KubeSimManifests
import Testing

@Suite("YAML becomes JSON as the API server reads it") struct YAMLTests {
  private func json(_ text: String) throws -> String {
    try Manifest.all(inText: text).map { $0.json.text() }.joined(separator: " ")
  }

  @Test(
    "a plain text is a truth value, a number, null or a string",
    arguments: [
      ("yes", "true"), ("n", "false"), ("On", "true"), ("'yes'", #""yes""#), ("~", "null"),
      ("0777", "511"), ("0o17", "15"), ("0x1F", "31"), ("0b11", "3"), ("08", "8"), ("-5", "-5"),
      ("1_000", "1000"), ("1e3", "1000"), (".5", "0.5"), ("12:30:45", #""12:30:45""#),
      ("2001-01-01", #""2001-01-01""#), ("1.2.3", #""1.2.3""#), ("5Gi", #""5Gi""#),
      ("!!str 5", #""5""#), ("\"5\"", #""5""#), ("--5", #""--5""#),
      ("9223372036854775807", "9223372036854775807"),
    ])
  func scalars(_ text: String, _ expected: String) throws {
    #expect(try json("a: \(text)") == #"{"a":\#(expected)}"#)
  }

  @Test("keys become strings") func keys() throws {
    #expect(try json("1: a\ntrue: b\nx: c") == #"{"1":"a","true":"b","x":"c"}"#)
  }

  @Test("what a merge key brings gives way to what is there") func merges() throws {
    #expect(
      try json("a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  b: 3")
        == #"{"a":{"b":1,"c":2},"d":{"b":3,"c":2}}"#)
  }

  @Test("empty documents are left out and not counted") func emptyDocuments() throws {
    let manifests = try Manifest.all(
      inText: "# nothing\n---\na: 1\n---\n\n---\nb: 2\n", file: "f.yaml")
    #expect(
      manifests.map(\.source) == ["f.yaml, document 1 (line 3)", "f.yaml, document 2 (line 7)"])
  }

  @Test("a list gives its items") func lists() throws {
    let manifests = try Manifest.all(
      inText: "kind: List\nitems:\n- {kind: Pod}\n- {kind: Service}", file: "f.yaml")
    #expect(manifests.map(\.kind) == ["Pod", "Service"])
    #expect(manifests[1].source == "f.yaml, document 1, item 2")
  }

  @Test("JSON is read too") func jsonText() throws {
    #expect(try json(#"  {"kind": "Pod", "n": 1.0}"#) == #"{"kind":"Pod","n":1}"#)
  }

  @Test("a key that comes twice is an objection with the line of its value") func duplicates()
    throws
  {
    let text = """
      spec:
        selector: {a: b}
        list:
        - name: x
          image: i
          name: y
        selector:
          # the value begins below
          c: d
      """
    let manifest = try Manifest.all(inText: text)[0]
    #expect(
      manifest.objections == [
        #"line 6: key "name" already set in map"#, #"line 9: key "selector" already set in map"#,
      ])
    #expect(manifest.json["spec"]?["selector"] == ["a": "b"])
  }

  @Test(
    "what is no YAML is refused with file, document and line",
    arguments: [
      (
        "a: b: c",
        "f.yaml, document 1: error converting YAML to JSON: yaml: line 1: mapping values are not allowed in this context"
      ),
      (
        "a: 1\n---\nb:\n\t- c",
        "f.yaml, document 2: error converting YAML to JSON: yaml: line 4: found character that cannot start any token"
      ),
      (
        "a: *x",
        "f.yaml, document 1: error converting YAML to JSON: yaml: line 1: found undefined alias"
      ),
    ])
  func malformed(_ text: String, _ expected: String) {
    let error = #expect(throws: APIError.self) { try Manifest.all(inText: text, file: "f.yaml") }
    #expect(error?.description == expected)
    #expect(error?.code == 400)
  }

  @Test("aliases that grow without end are refused") func bomb() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...8 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let error = #expect(throws: APIError.self) { try Manifest.all(inText: text) }
    #expect(error?.message.hasSuffix("document contains excessive aliasing") == true)
  }

  @Test("YAML that is written is read as the same") func roundTrip() throws {
    let value: JSONValue = [
      "a": "yes", "b": true, "c": ["1", 1, 1.5, nil], "d": "two\nlines\n", "0x1": [:], "e": [],
      "f": "", "g": "# no comment", "h": ["x: y": "- z"],
    ]
    #expect(try Manifest.all(inText: value.yamlText)[0].json == value)
  }
}
