import KubeModel
import TestFixtures
import Testing

@Suite struct PodResourcesVectorTests {
  @Test func requestsAndLimitsAgreeWithKubernetes() throws {
    let missing: ResourceList = [
      "cpu": try Quantity("100m"), "memory": try Quantity("200Mi"),
    ]
    try checkVectors("podrequests") { row in
      let spec = try Pod(json: row.input["pod"] ?? .null).spec
      return [
        "requests": text(spec.requests()), "limits": text(spec.limits()),
        "requestsExcludingOverhead": text(spec.requests(includingOverhead: false)),
        "limitsExcludingOverhead": text(spec.limits(includingOverhead: false)),
        "requestsNonMissing": text(spec.requests(whereMissing: missing)),
      ]
    }
  }

  @Test func qosClassAgreesWithKubernetes() throws {
    try checkVectors("qos") { row in
      let spec = try Pod(json: row.input["pod"] ?? .null).spec
      return ["qosClass": .string(spec.qosClass.rawValue)]
    }
  }

  private func text(_ list: ResourceList) -> JSONValue {
    .object(JSONObject(list.map { ($0.key, .string($0.value.description)) }))
  }
}
