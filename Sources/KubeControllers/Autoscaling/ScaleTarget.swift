// Follows   scaleForResourceMappings of pkg/controller/podautoscaler/horizontal.go (v1.36) and the
//           answers of the scale subresources in pkg/registry

import KubeModel
import KubeReconcile

/// The object that an autoscaler scales.
struct ScaleTarget {
  let key: ObjectKey
  let object: any ScalableObject
  let scale: Scale

  /// Looks the target up; its version does not matter, its group and kind do.
  ///
  /// - Throws: `MetricError` with the API's answer, when the kind is not known, has no size, or the
  ///   object is not there.
  init(
    _ reference: CrossVersionObjectReference, namespace: String, in store: Store
  ) throws(MetricError) {
    let parts = reference.apiVersion.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count > 2 {
      throw MetricError("unexpected GroupVersion string: \(reference.apiVersion)")
    }
    let group = parts.count == 2 ? String(parts[0]) : ""
    let table = store.allTables.first {
      $0.resource.kind == reference.kind && $0.resource.group == group
    }
    guard let table else {
      throw MetricError(
        "no matches for kind \(GoText.quoted(reference.kind)) in group \(GoText.quoted(group))")
    }
    guard table.objectType is any ScalableObject.Type else {
      throw MetricError("the server could not find the requested resource")
    }
    guard let key = table.key(namespace, reference.name),
      let object = table.object(key) as? any ScalableObject
    else {
      throw MetricError(
        "\(Self.scaleResource(table.resource)) \(GoText.quoted(reference.name)) not found")
    }
    self.key = key
    self.object = object
    scale = object.scale
  }

  /// The write of a new size. A size that was written meanwhile is no conflict: the real
  /// controller reads again and writes again.
  func write(_ replicas: Int32, because rule: StaticString, _ detail: String) -> Plan {
    func write<Target: ScalableObject>(_ object: Target) -> Plan {
      var object = object
      object.setScale(replicas)
      object.metadata.resourceVersion = ResourceVersion()
      var plan = Plan()
      plan.update(key, object, because: rule, detail)
      return plan
    }
    return write(object)
  }

  /// As `deployments/scale.apps`; the core group's one kind is answered for by `autoscaling`.
  private static func scaleResource(_ resource: APIResource) -> String {
    switch resource.group {
    case "apps": "\(resource.plural)/scale.apps"
    case "": "\(resource.plural)/scale.autoscaling"
    default: resource.qualifiedName
    }
  }
}
