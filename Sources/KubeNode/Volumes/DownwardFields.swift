import KubeModel
import KubeReconcile

/// Fields of a pod and amounts of its containers, as the downward API gives them.
///
/// - Upstream: `pkg/fieldpath`, `pkg/api/v1/resource` (v1.36).
public struct DownwardFields: Sendable {
  private let pod: Pod
  private let allocatable: ResourceList

  /// The fields of a pod on its node, whose allocatable amounts stand for limits that are not set.
  public init(of pod: Pod, in snapshot: Snapshot) {
    self.pod = pod
    allocatable = snapshot[Node.self, "", pod.spec.nodeName]?.status.allocatable ?? [:]
  }

  /// A field as text; nil for one that does not exist, empty for one that has no value.
  ///
  /// `metadata.labels` is a line for each label, `app="web"`.
  public func text(at path: String) -> String? {
    switch path {
    case "metadata.name": return pod.metadata.name
    case "metadata.namespace": return pod.metadata.namespace
    case "metadata.uid": return pod.metadata.uid.description
    case "metadata.labels": return Self.lines(pod.metadata.labels)
    case "metadata.annotations": return Self.lines(pod.metadata.annotations)
    case "spec.nodeName": return pod.spec.nodeName
    case "spec.serviceAccountName": return pod.spec.serviceAccountName
    case "status.hostIP": return pod.status.hostIP
    case "status.podIP": return pod.status.podIP
    case "status.hostIPs": return pod.status.hostIPs.map(\.ip).joined(separator: ",")
    case "status.podIPs": return pod.status.podIPs.map(\.ip).joined(separator: ",")
    default: break
    }
    if let key = Self.subscript(path, of: "metadata.labels") {
      return pod.metadata.labels[key] ?? ""
    }
    if let key = Self.subscript(path, of: "metadata.annotations") {
      return pod.metadata.annotations[key] ?? ""
    }
    return nil
  }

  /// An amount of a container as a whole number of the divisor, rounded up; nil when there is no such
  /// container or amount. A CPU limit of 250m with divisor `1m` is `250`, with `1` it is `1`.
  public func amount(_ selector: ResourceFieldSelector) -> String? {
    let containers = pod.spec.containers + pod.spec.initContainers
    guard let container = containers.first(where: { $0.name == selector.containerName }) else {
      return nil
    }
    let parts = selector.resource.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    let name = parts[1]
    let found: Quantity?
    switch parts[0] {
    case "limits": found = container.resources.limits[name] ?? allocatable[name]
    case "requests": found = container.resources.requests[name]
    default: return nil
    }
    let amount = found ?? .zero
    let divisor = selector.divisor.sign == 0 ? Quantity(value: 1) : selector.divisor
    if name == ResourceName.cpu {
      guard let milli = amount.milliValue, let unit = divisor.milliValue else { return nil }
      return Self.quotient(milli, unit)
    }
    guard let value = amount.value, let unit = divisor.value else { return nil }
    return Self.quotient(value, unit)
  }

  private static func quotient(_ amount: Int64, _ unit: Int64) -> String? {
    if unit <= 0 { return nil }
    let (whole, rest) = amount.quotientAndRemainder(dividingBy: unit)
    return String(whole + (rest > 0 ? 1 : 0))
  }

  private static func lines(_ map: StringMap<String>) -> String {
    map.map { "\($0.key)=\(GoText.quoted($0.value))" }.joined(separator: "\n")
  }

  /// The key of `metadata.labels['app']`.
  private static func `subscript`(_ path: String, of field: String) -> String? {
    guard path.hasPrefix(field + "['"), path.hasSuffix("']") else { return nil }
    return String(path.dropFirst(field.count + 2).dropLast(2))
  }
}
