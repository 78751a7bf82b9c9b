import KubeSim

/// Reads the fields of a scenario and knows where each stands, for clear errors.
struct FieldReader {
  let json: JSONValue
  let path: String

  /// A field; nil when it is absent or null.
  subscript(key: String) -> FieldReader? {
    guard let value = json[key], !value.isNull else { return nil }
    return FieldReader(json: value, path: path.isEmpty ? key : "\(path).\(key)")
  }

  /// Refuses what is no object, and fields that are not among these.
  func allow(_ keys: [String]) throws(APIError) {
    guard let members = json.objectValue else { throw wrong("an object") }
    for key in members.keys where !keys.contains(key) {
      throw refusal("unknown field \"\(key)\"; known are \(keys.joined(separator: ", "))")
    }
  }

  func required(_ key: String) throws(APIError) -> FieldReader {
    if let field = self[key] { return field }
    throw FieldReader(json: nil, path: path.isEmpty ? key : "\(path).\(key)").refusal(
      "Required value")
  }

  func string() throws(APIError) -> String {
    guard let text = json.stringValue else { throw wrong("a string") }
    return text
  }

  func string(_ key: String) throws(APIError) -> String? { try self[key]?.string() }

  func int() throws(APIError) -> Int {
    guard let number = json.intValue else { throw wrong("a whole number") }
    return Int(number)
  }

  func bool(_ key: String) throws(APIError) -> Bool {
    guard let field = self[key] else { return false }
    guard let flag = field.json.boolValue else { throw field.wrong("true or false") }
    return flag
  }

  func duration() throws(APIError) -> Duration {
    if json.intValue == 0 { return .zero }
    guard let text = json.stringValue, let duration = GoDuration.parse(text), duration >= .zero
    else { throw wrong("a duration like 5s or 1m30s") }
    return duration
  }

  func elements() throws(APIError) -> [FieldReader] {
    guard let elements = json.arrayValue else { throw wrong("a list") }
    return elements.enumerated().map { FieldReader(json: $1, path: "\(path)[\($0)]") }
  }

  /// A value of an API type.
  func value<Value: JSONCodable>(_ type: Value.Type) throws(APIError) -> Value {
    do {
      return try Value(json: json, strict: true)
    } catch {
      throw refusal(error.text)
    }
  }

  func refusal(_ problem: String) -> APIError {
    let place = path.isEmpty ? "" : path + ": "
    return .badRequest(
      "Scenario in version \"v1alpha1\" cannot be handled as a Scenario: \(place)\(problem)")
  }

  /// A word that is none of these.
  func unsupported(_ known: [String]) -> APIError {
    let list = known.map { GoText.quoted($0) }.joined(separator: ", ")
    return refusal("Unsupported value: \(json.text()): supported values: \(list)")
  }

  private func wrong(_ wanted: String) -> APIError {
    let text = json.text()
    let shown = text.count > 60 ? text.prefix(60) + "…" : text[...]
    return refusal("Invalid value: \(shown): must be \(wanted)")
  }
}
