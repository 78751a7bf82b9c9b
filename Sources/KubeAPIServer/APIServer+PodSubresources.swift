import KubeModel

// The subresources through which a pod's containers are changed.
//
// Follows   pkg/registry/core/pod/{strategy.go,storage/storage.go} and
//           plugin/pkg/admission/podresize (v1.36)
extension APIServer {
  /// A part of a pod that is changed by requests of its own.
  public enum PodSubresource: Sendable {
    /// The resources of containers, and what a change of them does.
    case resize
    /// The list of ephemeral containers, to which more can be added.
    case ephemeralContainers
  }

  /// Writes what the subresource covers of a new version of a pod; all else in it is not looked at.
  ///
  /// - Throws: NotFound, Conflict, Invalid; Forbidden for more than the pod's node could ever give.
  @discardableResult public mutating func update(
    _ key: ObjectKey, with pod: Pod, _ subresource: PodSubresource, at now: Timestamp,
    sink: inout some ChangeSink
  ) throws(APIError) -> Pod {
    guard let old = store[Pod.self, key] else { throw .notFound(Pod.resource, pod.metadata.name) }
    let rules = PodRules()
    try checkPreconditions(pod, old, rules)
    var asked = pod
    rules.setDefaults(&asked)
    var new = old
    let errors: [FieldError]
    switch subresource {
    case .resize:
      PodResizeValidation.take(asked.spec, into: &new.spec)
      errors = PodResizeValidation.validate(asked.spec, giving: new, from: old)
    case .ephemeralContainers:
      new.spec.ephemeralContainers = asked.spec.ephemeralContainers
      errors = PodUpdateValidation.validateEphemeralContainers(new, from: old)
    }
    if !errors.isEmpty { throw .invalid(Pod.resource, old.metadata.name, errors.map(\.cause)) }
    if new.spec == old.spec { return old }
    if case .resize = subresource { try checkAllocatable(new) }
    new.metadata.generation += 1
    commit(key, old: old, new: &new) { sink.observe($0, in: $1) }
    return new
  }

  /// Changes what the subresource covers by a patch.
  ///
  /// - Throws: as an update, and BadRequest for what is no patch.
  @discardableResult public mutating func patch(
    _ key: ObjectKey, _ patch: Patch, _ subresource: PodSubresource, at now: Timestamp,
    sink: inout some ChangeSink
  ) throws(APIError) -> Pod {
    guard let old = store[Pod.self, key] else { throw .notFound(Pod.resource, "") }
    let new = try patch.applied(to: old, rules: PodRules())
    return try update(key, with: new, subresource, at: now, sink: &sink)
  }

  /// What no node of this size can give is refused at once.
  private func checkAllocatable(_ pod: Pod) throws(APIError) {
    guard let key = store.key(Node.self, "", pod.spec.nodeName), let node = store[Node.self, key]
    else { return }
    let requests = pod.spec.requests()
    var short: [String] = []
    for name in [ResourceName.cpu, ResourceName.memory] {
      guard let wanted = requests[name], let there = node.status.allocatable[name], wanted > there
      else { continue }
      func count(_ amount: Quantity) -> Int64 {
        (name == ResourceName.cpu ? amount.milliValue : amount.value) ?? .max
      }
      short.append("\(name), requested: \(count(wanted)), allocatable: \(count(there))")
    }
    if short.isEmpty { return }
    throw .forbidden(
      Pod.resource, pod.metadata.name,
      "node didn't have enough allocatable resources: \(short.joined(separator: "; "))")
  }
}
