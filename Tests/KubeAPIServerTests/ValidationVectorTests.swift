import KubeModel
import TestFixtures
import Testing

@testable import KubeAPIServer

@Suite struct ValidationVectorTests {
  @Test func refusalsAreThoseOfTheServer() throws {
    guard let rows = try Vectors.rows("validation") else { return }
    var tally = RowTally("validation")
    for row in rows {
      guard let kind = BuiltInKinds.all.first(where: { $0.resource.kind == row.kind }) else {
        Issue.record("no kind \(row.kind)")
        continue
      }
      tally.note(
        row, expected: expected(row), actual: answer(kind, row), isLeftOut: isLeftOut(row))
    }
    tally.report()
  }

  /// Not done: what a request's text says beside its object (members twice, another kind or version
  /// than that of the address, which commands look at before), privileged containers, which this
  /// server allows, and the difference between an empty list and none.
  private func isLeftOut(_ row: VectorRow) -> Bool {
    let message = row.output["message"]?.stringValue ?? ""
    return [
      "duplicate field", "is registered for version", "does not match the expected API version",
      "json parse error", "unknown conversion", "ProbeHandler", "disallowed by cluster policy",
      "must specify at least one Policy", ": [],\n",
    ].contains { message.contains($0) }
  }

  /// Whether a request passes and in what words it is refused; the order of errors that upstream
  /// draws from a map is not compared.
  private func expected(_ row: VectorRow) -> JSONValue {
    if row.output["ok"] == true { return ["ok": true] }
    return refusal(row.output["message"]?.stringValue ?? "", row)
  }

  private func refusal(_ message: String, _ row: VectorRow) -> JSONValue {
    guard row.output["orderUndefined"] == true else {
      return ["ok": false, "message": .string(message)]
    }
    return ["ok": false, "message": .string(String(message.sorted()))]
  }

  private func answer<Object: APIObject>(_ kind: Object.Type, _ row: VectorRow) -> JSONValue {
    do {
      switch row.input["op"] {
      case "create": try create(kind, row.input["object"] ?? .null)
      case "update":
        try update(kind, row.input["old"] ?? .null, to: row.input["object"] ?? .null)
      default: try decodeText(kind, row.input["raw"]?.stringValue ?? "")
      }
      return ["ok": true]
    } catch let error as APIError {
      return refusal(error.message, row)
    } catch {
      return ["ok": false, "message": .string("\(error)")]
    }
  }

  private let uid = UID("11111111-2222-3333-4444-555555555555")

  private func create<Object: APIObject>(_ kind: Object.Type, _ manifest: JSONValue) throws {
    let rules = RulesRegistry().rules(for: kind)
    var object = try stored(kind, manifest)
    rules.setDefaults(&object)
    try checkNamespace(&object)
    rules.prepareForCreate(&object)
    try allot(&object)
    let errors = rules.validate(object)
    if !errors.isEmpty { throw APIError.invalid(kind.resource, object.metadata.name, errors) }
  }

  private func update<Object: APIObject>(
    _ kind: Object.Type, _ manifest: JSONValue, to changed: JSONValue
  ) throws {
    let rules = RulesRegistry().rules(for: kind)
    var old = try stored(kind, manifest)
    rules.setDefaults(&old)
    let status = old
    rules.prepareForCreate(&old)
    keepStatus(of: status, in: &old)
    try allot(&old)
    var new = try stored(kind, changed)
    new.metadata.generation = old.metadata.generation
    new.metadata.creationTimestamp = old.metadata.creationTimestamp
    new.metadata.deletionTimestamp = old.metadata.deletionTimestamp
    new.metadata.deletionGracePeriodSeconds = old.metadata.deletionGracePeriodSeconds
    rules.setDefaults(&new)
    try checkNamespace(&new)
    rules.prepareForUpdate(&new, from: old)
    try allot(&new)
    let errors = rules.validateUpdate(new, from: old)
    if !errors.isEmpty { throw APIError.invalid(kind.resource, new.metadata.name, errors) }
  }

  private func keepStatus<Object: APIObject>(of given: Object, in object: inout Object) {
    guard let kind = Object.self as? any SpecStatusObject.Type else { return }
    keepStatus(kind, of: given, in: &object)
  }

  private func keepStatus<Object: APIObject, Kind: SpecStatusObject>(
    _ kind: Kind.Type, of given: Object, in object: inout Object
  ) {
    guard let given = given as? Kind, var kept = object as? Kind, given.status != Kind.Status()
    else { return }
    kept.status = given.status
    if let result = kept as? Object { object = result }
  }

  private func stored<Object: APIObject>(
    _ kind: Object.Type, _ manifest: JSONValue
  ) throws -> Object {
    do {
      var object = try Object(manifest: manifest)
      object.metadata.uid = uid
      return object
    } catch {
      throw APIError.badRequest(
        "\(kind.resource.kind) in version \"\(kind.resource.version)\" cannot be handled as a "
          + "\(kind.resource.kind): \(error.text)")
    }
  }

  private func checkNamespace<Object: APIObject>(_ object: inout Object) throws {
    guard Object.resource.isNamespaced else { return }
    if object.metadata.namespace.isEmpty { object.metadata.namespace = "default" }
    if object.metadata.namespace != "default" {
      throw APIError.badRequest(
        "the namespace of the provided object does not match the namespace sent on the request")
    }
  }

  private func allot<Object: APIObject>(_ object: inout Object) throws {
    guard var service = object as? Service else { return }
    let errors = ServiceAllocationValidation.validate(service.spec)
    if !errors.isEmpty {
      throw APIError.invalid(Object.resource, object.metadata.name, errors)
    }
    var addresses = ServiceAddresses()
    try addresses.allot(to: &service.spec)
    if let allotted = service as? Object { object = allotted }
  }

  private func decodeText<Object: APIObject>(_ kind: Object.Type, _ text: String) throws {
    _ = try stored(kind, try JSONValue(parsing: text))
  }
}
