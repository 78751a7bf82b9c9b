import KubeModel
import Testing

@Suite struct JSONValueTests {
  @Test(arguments: [
    "null", "true", "[]", "{}", "-9223372036854775808", "0.5", #""""#,
    #"{"a":[1,{"b":null}],"c":"d"}"#,
    #""\"\\\n\r\t\u0001""#, #""é€😀""#,
  ])
  func `canonical text is read and written unchanged`(text: String) throws {
    #expect(try JSONValue(parsing: text).text() == text)
  }

  @Test func `escapes become characters`() throws {
    let text = #""\b\f\/\u00e9\ud83d\ude00""#
    #expect(try JSONValue(parsing: text) == .string("\u{8}\u{c}/é😀"))
  }

  @Test(arguments: [#""\ud83d""#, #""\ude00""#, #""\ud83dx""#])
  func `half a surrogate pair becomes the replacement character`(text: String) throws {
    let value = try JSONValue(parsing: text).stringValue
    #expect(value?.unicodeScalars.first == "\u{FFFD}")
  }

  @Test func `numbers are whole where they can be`() throws {
    #expect(try JSONValue(parsing: "3") == .int(3))
    #expect(try JSONValue(parsing: "3.0") == .double(3))
    #expect(try JSONValue(parsing: "3.0").intValue == 3)
    #expect(try JSONValue(parsing: "1e2").intValue == 100)
    #expect(try JSONValue(parsing: "3.5").intValue == nil)
    #expect(try JSONValue(parsing: "9223372036854775808") == .double(9_223_372_036_854_775_808))
    #expect(JSONValue.double(3).text() == "3")
  }

  @Test(arguments: [
    ("", "unexpected end of JSON input at byte 0"),
    ("{", "expected a member name at byte 1"),
    (#"{"a" 1}"#, "expected ':' at byte 5"),
    (#"{"a":1 "b":2}"#, "expected ',' or '}' at byte 7"),
    ("[1 2]", "expected ',' or ']' at byte 3"),
    ("[1,]", "unexpected character at byte 3"),
    ("nul", "unexpected character at byte 0"),
    ("1 2", "unexpected text after the value at byte 2"),
    (#""a"#, "unexpected end of JSON input at byte 2"),
    (#""\x""#, "unknown escape at byte 3"),
    (#""\u12""#, "expected four hexadecimal digits at byte 3"),
    ("\"\n\"", "control character in a string at byte 2"),
    ("--1", "malformed number at byte 3"),
  ])
  func `what is no JSON is refused with a place`(text: String, error: String) {
    #expect { try JSONValue(parsing: text) } throws: { "\($0)" == error }
  }

  @Test func `deep nesting is refused, not fatal`() {
    let text = String(repeating: "[", count: 100_000)
    #expect { try JSONValue(parsing: text) } throws: { "\($0)".hasPrefix("nested too deep") }
  }

  @Test func `objects keep their order and compare without it`() throws {
    let one = try JSONValue(parsing: #"{"b":1,"a":2}"#)
    let two = try JSONValue(parsing: #"{"a":2,"b":1}"#)
    #expect(one == two)
    #expect(one.hashValue == two.hashValue)
    #expect(one.text() == #"{"b":1,"a":2}"#)
    #expect(one != (try JSONValue(parsing: #"{"a":2,"b":1,"c":null}"#)))
  }

  @Test func `of members with one name the last stays`() throws {
    #expect(try JSONValue(parsing: #"{"a":1,"a":2}"#).text() == #"{"a":2}"#)
  }

  @Test func `indented text`() throws {
    let value = try JSONValue(parsing: #"{"a":[1,2],"b":{}}"#)
    #expect(value.text(indent: 2) == "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}")
  }

  @Test func `members are changed in place`() {
    var value: JSONValue = ["a": 1]
    value["b"] = "x"
    value["a"] = nil
    #expect(value == ["b": "x"])
    value = 3
    value["c"] = true
    #expect(value == ["c": true])
  }

  @Test func `string maps are sorted by key`() throws {
    var map: StringMap<String> = ["b": "1", "a": "2", "B": "3"]
    #expect(map.keys == ["B", "a", "b"])
    map["a"] = nil
    map["c", default: ""] += "4"
    #expect(map == ["B": "3", "b": "1", "c": "4"])
    #expect(map.json.text() == #"{"B":"3","b":"1","c":"4"}"#)
    map.merge(["b": "5"])
    #expect(map["b"] == "5")
    #expect(map.removeValue(forKey: "b") == "5")
    #expect(map.removeValue(forKey: "b") == nil)
    #expect(map.count == 2)
    #expect(try StringMap<String>(json: ["z": "1", "y": "2"]).keys == ["y", "z"])
  }

  @Test func `uids keep any text, in the order of the texts`() {
    for text in [
      "", "6f7b2b0c-7a52-4a3e-9d6c-1f0e8a4b2c3d", "6F7B2B0C-7A52-4A3E-9D6C-1F0E8A4B2C3D", "my-uid",
      "00000000-0000-0000-0000-000000000000", "00000000-0000-0001-0000-000000000000",
    ] {
      #expect(UID(text).description == text)
    }
    #expect(UID().isEmpty)
    #expect(!UID("00000000-0000-0000-0000-000000000000").isEmpty)
    #expect(UID("0f7b2b0c-7a52-4a3e-9d6c-1f0e8a4b2c3d") < UID("my-uid"))
    #expect(UID("a") < UID("b"))
    #expect(UID() < UID("a"))
    #expect(UID(randomBits: .max, .max).description == "ffffffff-ffff-4fff-bfff-ffffffffffff")
    #expect(UID(randomBits: 0, 0).description == "00000000-0000-4000-8000-000000000000")
  }

  @Test func `resource versions are decimal numbers`() throws {
    #expect(try ResourceVersion(json: "42").number == 42)
    #expect(try ResourceVersion(json: "").isEmpty)
    #expect(ResourceVersion(7).json == "7")
    #expect(throws: DecodingFailure.self) { try ResourceVersion(json: "x1") }
  }

  @Test func `numbers or strings`() throws {
    #expect(try IntOrString(json: 80) == .int(80))
    #expect(try IntOrString(json: "80") == .string("80"))
    #expect(IntOrString.string("25%").json == "25%")
    #expect { try IntOrString(json: true) } throws: {
      "\($0)" == "json: cannot unmarshal bool into Go value of type int32"
    }
    #expect(throws: DecodingFailure.self) { try IntOrString(json: 2_147_483_648) }
  }

  @Test func `quantities are read from strings and numbers`() throws {
    #expect(try Quantity(json: "1.5").json == "1500m")
    #expect(try Quantity(json: 2).json == "2")
    #expect(try Quantity(json: 0.5).json == "500m")
    #expect(try Quantity(json: nil).isZero)
    #expect(throws: DecodingFailure(text: QuantityError.formatWrong.message)) {
      try Quantity(json: [])
    }
  }
}
