import Foundation
import KubeModel
import TestFixtures
import Testing

/// Real objects of every kind pass through the types unchanged.
///
/// `Tests/Fixtures/objects.jsonl` has one object a line; `KUBESIM_OBJECTS` names another file.
@Suite struct RoundTripTests {
  static let objects: [JSONValue] = {
    let other = ProcessInfo.processInfo.environment["KUBESIM_OBJECTS"]
    let text = try? other.map { try String(contentsOfFile: $0, encoding: .utf8) }
    let lines = (text ?? (try? Fixtures.text("objects.jsonl")) ?? "").split(separator: "\n")
    return lines.compactMap { try? JSONValue(parsing: String($0)) }
  }()

  @Test func `objects decode strictly and encode to the same JSON`() throws {
    try #require(!Self.objects.isEmpty)
    for json in Self.objects {
      let name = Self.name(of: json)
      guard let type = Self.type(of: json) else {
        Issue.record("no type for \(name)")
        continue
      }
      do {
        for difference in try Self.differences(json, through: type) {
          Issue.record("\(name): \(difference)")
        }
      } catch {
        Issue.record("\(name): \(error)")
      }
    }
  }

  @Test func `every built-in kind has an object`() {
    let present = Self.objects.compactMap { $0["kind"]?.stringValue }
    for type in BuiltInKinds.all {
      #expect(present.contains(type.resource.kind), "\(type.resource.kind) has no fixture")
    }
  }

  @Test func `unknown fields are reported with their paths, in the order of a sorted document`()
    throws
  {
    let json = try JSONValue(
      parsing: #"{"spec":{"replica":1,"template":{"spec":{"containers":[{"imag":"a"}]}}}}"#)
    #expect(
      throws: DecodingFailure(
        text: #"strict decoding error: unknown field "spec.replica", "#
          + #"unknown field "spec.template.spec.containers[0].imag""#)
    ) { try Deployment(manifest: json) }
    #expect(try Deployment(manifest: json, strict: false).spec.template.spec.containers.count == 1)
  }

  @Test func `values of the wrong sort are reported in Go's words`() throws {
    #expect(
      Self.failure(Deployment.self, #"{"spec":{"replicas":"3"}}"#)
        == "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas"
        + " of type int32"
    )
    #expect(
      Self.failure(HorizontalPodAutoscaler.self, #"{"spec":{"metrics":"cpu"}}"#)
        == "json: cannot unmarshal string into Go struct field "
        + "HorizontalPodAutoscalerSpec.spec.metrics of type []v2.MetricSpec")
    #expect(
      Self.failure(Pod.self, #"{"spec":{"volumes":[{"fc":{"lun":"1"}}]}}"#)
        == "json: cannot unmarshal string into Go struct field "
        + "FCVolumeSource.spec.volumes.VolumeSource.fc.lun of type int32")
    #expect(
      Self.failure(Pod.self, #"{"spec":{"containers":[{"livenessProbe":{"exec":{"command":1}}}]}}"#)
        == "json: cannot unmarshal number into Go struct field "
        + "ExecAction.spec.containers.livenessProbe.ProbeHandler.exec.command of type []string")
    #expect(
      Self.failure(ResourceQuota.self, #"{"spec":{"hard":{"cpu":"1x"}}}"#)
        == "quantities must match the regular expression "
        + "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")
  }

  @Test func `kinds are found by their names`() {
    #expect(BuiltInKinds.type(apiVersion: "apps/v1", kind: "Deployment") == Deployment.self)
    #expect(BuiltInKinds.type(apiVersion: "v1", kind: "Deployment") == nil)
    for word in ["pods", "pod", "po", "Pod"] { #expect(BuiltInKinds.type(named: word) == Pod.self) }
    for word in ["deployments.apps", "deployment.v1.apps", "deploy"] {
      #expect(BuiltInKinds.type(named: word) == Deployment.self)
    }
    #expect(BuiltInKinds.type(named: "pods.apps") == nil)
  }
}

extension RoundTripTests {
  static func name(of json: JSONValue) -> String {
    let name = json["metadata"]?["name"]?.stringValue ?? ""
    return "\(json["kind"]?.stringValue ?? "?") \(name)"
  }

  static func type(of json: JSONValue) -> (any APIObject.Type)? {
    let others: [any APIObject.Type] = [Scale.self, Eviction.self, Binding.self]
    guard let version = json["apiVersion"]?.stringValue, let kind = json["kind"]?.stringValue
    else { return nil }
    return BuiltInKinds.type(apiVersion: version, kind: kind)
      ?? others.first { $0.resource.apiVersion == version && $0.resource.kind == kind }
  }

  static func differences<Object: APIObject>(
    _ json: JSONValue, through type: Object.Type
  ) throws -> [String] {
    let object = try type.init(manifest: json)
    let again = try type.init(manifest: object.manifest)
    let unstable = again == object ? [] : ["the second reading differs from the first"]
    return unstable + differences(plain(json), plain(object.manifest), at: "")
  }

  static func failure<Object: APIObject>(_ type: Object.Type, _ text: String) -> String? {
    do throws(DecodingFailure) {
      _ = try type.init(manifest: (try? JSONValue(parsing: text)) ?? .null)
      return nil
    } catch {
      return error.text
    }
  }

  /// Without what Go prints for nothing at all (null members, lists that are nil), and without
  /// managed fields.
  static func plain(_ json: JSONValue) -> JSONValue {
    switch json {
    case .array(let elements): .array(elements.map(plain))
    case .object(let members):
      .object(
        JSONObject(
          members.filter { $0.key != "managedFields" && !$0.value.isNull && $0.value != [] }
            .map { ($0.key, plain($0.value)) }))
    default: json
    }
  }

  /// The paths at which two values differ, with both sides.
  static func differences(_ one: JSONValue, _ two: JSONValue, at path: String) -> [String] {
    switch (one, two) {
    case (.object(let left), .object(let right)):
      let keys = left.keys + right.keys.filter { left[$0] == nil }
      return keys.flatMap { key in
        switch (left[key], right[key]) {
        case (let left?, let right?): differences(left, right, at: "\(path).\(key)")
        case (let left, let right):
          ["\(path).\(key): \(left?.text() ?? "absent") became \(right?.text() ?? "absent")"]
        }
      }
    case (.array(let left), .array(let right)) where left.count == right.count:
      return zip(left, right).enumerated().flatMap { index, pair in
        differences(pair.0, pair.1, at: "\(path)[\(index)]")
      }
    default: return one == two ? [] : ["\(path): \(one.text()) became \(two.text())"]
    }
  }
}
