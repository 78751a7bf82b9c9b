import KubeAPIServer
import KubeModel
import SimulationKernel

// kubectl's verbs that change a workload's size or image.
//
// Follows   staging/src/k8s.io/kubectl/pkg/{scale,cmd/set} (v1.36)

extension Cluster {
  /// Sets how many pods a workload shall have: `kubectl scale`. Any kind that is a `ScalableObject`
  /// has a size, a custom resource too.
  ///
  /// - Parameters:
  ///   - current: The size that it must have now, as with `--current-replicas`.
  ///   - version: The version that it must have now, as with `--resource-version`.
  /// - Throws: NotFound for what is not there or has no size, Invalid for a negative one, BadRequest
  ///   when it is not as it must be.
  public mutating func scale(
    _ kind: any APIObject.Type, _ name: String, namespace: String = "default", to replicas: Int,
    ifCurrentReplicas current: Int? = nil, ifResourceVersion version: String? = nil
  ) throws(APIError) {
    guard let kind = kind as? any ScalableObject.Type else {
      throw APIError(
        code: 404, reason: .notFound, message: "the server could not find the requested resource")
    }
    guard let count = Int32(exactly: replicas), count >= 0 else {
      let cause = APIError.Cause(
        type: "FieldValueInvalid",
        message: "Invalid value: \(replicas): must be greater than or equal to 0",
        field: "spec.replicas")
      throw .invalid(Scale.resource, name, [cause])
    }
    func scale<Object: ScalableObject>(_ kind: Object.Type) throws(APIError) {
      var object = try server.get(kind, namespace, name)
      let size = object.scale.spec.replicas
      if let current, current != size {
        throw .badRequest("Expected replicas to be \(current), was \(size)")
      }
      let present = object.metadata.resourceVersion.description
      if let version, version != present {
        throw .badRequest("Expected resource version to be \(version), was \(present)")
      }
      object.setScale(count)
      let key = try server.key(kind, namespace, name)
      begin(actor: Self.user, rule: "scale", "to \(count)", cause: .none)
      try server.update(key, with: object, at: time, sink: &engine)
    }
    try scale(kind)
  }

  /// Gives a container of a pod or of a pod template a new image, that of all containers for `*`:
  /// `kubectl set image`.
  ///
  /// - Throws: NotFound for what is not there, BadRequest when no container has the name.
  public mutating func setImage(
    _ kind: any APIObject.Type, _ name: String, namespace: String = "default", container: String,
    to image: String
  ) throws(APIError) {
    guard let path = Self.podSpecPath[kind.resource.kind] else {
      throw .badRequest("could not find pod spec: \(kind.resource.kind) has none")
    }
    let object = try server.get(kind, namespace, name)
    var spec: JSONValue? = object.json
    for member in path { spec = spec?[member] }
    var patch: JSONValue = [:]
    var found = false
    for list in ["initContainers", "containers"] {
      let names = (spec?[list]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
        .filter { container == "*" || $0 == container }
      guard !names.isEmpty else { continue }
      found = true
      patch[list] = .array(names.map { ["name": .string($0), "image": .string(image)] })
    }
    guard found else {
      throw .badRequest("unable to find container named \(GoText.quoted(container))")
    }
    for member in path.reversed() { patch = .object(JSONObject([(member, patch)])) }
    try change(
      kind, name, namespace, .strategic(patch), because: "set image", "\(container)=\(image)")
  }

  /// Where the pods' spec stands in objects of a kind.
  private static let podSpecPath: StringMap<[String]> = {
    let template = ["spec", "template", "spec"]
    return [
      "Pod": ["spec"], "Deployment": template, "ReplicaSet": template, "StatefulSet": template,
      "DaemonSet": template, "Job": template, "ReplicationController": template,
      "CronJob": ["spec", "jobTemplate"] + template,
    ]
  }()

  /// A patch by the user, under the name of the verb that asked for it.
  mutating func change(
    _ kind: any APIObject.Type, _ name: String, _ namespace: String, _ patch: Patch,
    because rule: StaticString, _ detail: String = ""
  ) throws(APIError) {
    func change<Object: APIObject>(_ kind: Object.Type) throws(APIError) {
      let key = try server.key(kind, namespace, name)
      begin(actor: Self.user, rule: rule, detail, cause: .none)
      _ = try server.patch(kind, key, patch, at: time, sink: &engine)
    }
    try change(kind)
  }
}
