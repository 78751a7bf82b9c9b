import KubeModel

// By which fields a list can be selected.
//
// Follows   pkg/apis/core/v1/conversion.go, pkg/registry/*/*/strategy.go (v1.36)

extension APIServer {
  private static let common = ["metadata.name", "metadata.namespace"]
  private static let selectable: StringMap<[String]> = [
    "Pod": [
      "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName",
      "spec.hostNetwork", "status.phase", "status.podIP", "status.podIPs",
      "status.nominatedNodeName",
    ],
    "Node": ["spec.unschedulable"],
    "Event": [
      "involvedObject.kind", "involvedObject.namespace", "involvedObject.name",
      "involvedObject.uid", "involvedObject.apiVersion", "involvedObject.resourceVersion",
      "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
    ],
    "Namespace": ["status.phase"], "Secret": ["type"],
    "Service": ["spec.clusterIP", "spec.type"], "ReplicationController": ["status.replicas"],
    "Job": ["status.successful"],
  ]

  func checkFields(_ selector: FieldSelector, of resource: APIResource) throws(APIError) {
    let known = Self.selectable[resource.kind]
    for requirement in selector.requirements {
      let field = requirement.field
      if Self.common.contains(field) || known?.contains(field) == true { continue }
      switch (known, resource.kind) {
      case (nil, _):
        throw .badRequest(
          "\"\(field)\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
        )
      case (_, "Job"): throw .badRequest("field label \"\(field)\" not supported for Job")
      default: throw .badRequest("field label not supported: \(field)")
      }
    }
  }

  func matches(_ selector: FieldSelector, _ object: some APIObject) -> Bool {
    if selector.isEmpty { return true }
    let json = object.json
    return selector.matches { field in
      switch field {
      case "source": return json["source"]?["component"]?.stringValue ?? ""
      case "status.successful":
        return json["status"]?["succeeded"]?.intValue.map(String.init) ?? "0"
      case "reportingComponent": return json["reportingComponent"]?.stringValue ?? ""
      default: break
      }
      var value: JSONValue? = json
      for part in field.split(separator: ".") { value = value?[String(part)] }
      switch value {
      case .string(let text): return text
      case .int(let number): return String(number)
      case .bool(let flag): return flag ? "true" : "false"
      default: return field == "spec.unschedulable" || field == "spec.hostNetwork" ? "false" : ""
      }
    }
  }
}
