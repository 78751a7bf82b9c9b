import KubeModel
import Testing

/// Every field of every kind, known from the types themselves, is read and written under its name.
@Suite struct EveryFieldTests {
  @Test(arguments: BuiltInKinds.all.indices)
  func `all fields of a kind survive`(index: Int) throws {
    let type = BuiltInKinds.all[index]
    let filled = filledObject(type)
    for difference in try RoundTripTests.differences(filled, through: type) {
      Issue.record("\(type.resource.kind): \(difference)")
    }
  }

  private func filledObject<Object: APIObject>(_ type: Object.Type) -> JSONValue {
    var filler = Filler()
    filler.fill(type)
    var members = filler.members
    members["kind"] = .string(type.resource.kind)
    members["apiVersion"] = .string(type.resource.apiVersion)
    return .object(members)
  }
}

/// Makes JSON in which no field of a type is empty and, where the type allows, no two are alike.
private struct Filler: Fields {
  var members = JSONObject()
  var counter: Int64 = 100

  mutating func fill<Value: APIValue>(_ type: Value.Type) {
    var value = type.init()
    value.visit(&self)
  }

  mutating func field<Value: JSONCodable>(
    _ name: String, _ value: inout Value, _ presence: FieldPresence, merge: MergeRule
  ) {
    #expect(members[name] == nil, "two fields named \(name)")
    guard name != "managedFields", name != "selfLink" else { return }
    counter += 1
    let samples = Value.element.map { structures($0) } ?? Self.samples(counter)
    let sample = samples.first { (try? Value(json: $0))?.json == $0 }
    #expect(sample != nil, "no sample for \(name): \(Value.goType)")
    members[name] = sample
  }

  private mutating func structures(_ type: any APIValue.Type) -> [JSONValue] {
    var inner = Filler()
    inner.counter = counter
    inner.fill(type)
    counter = inner.counter
    var object = JSONValue.object(inner.members)
    if let kind = type as? any APIObject.Type {
      object["kind"] = .string(kind.resource.kind)
      object["apiVersion"] = .string(kind.resource.apiVersion)
    }
    return [object, [object], ["key": object]]
  }

  private static func samples(_ number: Int64) -> [JSONValue] {
    let text = JSONValue.string("\(number)")
    let time = JSONValue.string(Timestamp(unixSeconds: number).description)
    let micro = JSONValue.string(MicroTime(unixMicroseconds: number).description)
    let plain = [text, .int(number), true, time, micro]
    return plain + plain.map { [$0] } + plain.map { ["key": $0] } + plain.map { ["key": [$0]] }
  }
}
