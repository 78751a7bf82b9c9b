import KubeModel

// Deletion: grace, finalizers, propagation.
//
// Follows   apiserver/pkg/registry/rest/delete.go, .../generic/registry/store.go,
//           pkg/registry/core/pod/strategy.go (v1.36)

extension APIServer {
  /// Deletes an object, or begins to: a pod on a node gets its grace, an object with finalizers
  /// stays until they are gone.
  ///
  /// - Throws: NotFound; Conflict when a precondition fails; Forbidden for namespaces that must stay.
  @_specialize(kind:partial,where Object == Pod)
  @_specialize(kind:partial,where Object == Event)
  @_specialize(kind:partial,where Object == Job)
  public mutating func delete<Object: APIObject>(
    _ kind: Object.Type, _ key: ObjectKey, _ options: DeleteOptions = DeleteOptions(),
    at now: Timestamp, sink: inout some ChangeSink
  ) throws(APIError) {
    try delete(kind, key, options, at: now) { sink.observe($0, in: $1) }
  }

  private mutating func delete<Object: APIObject>(
    _ kind: Object.Type, _ key: ObjectKey, _ options: DeleteOptions, at now: Timestamp,
    telling tell: Teller
  ) throws(APIError) {
    guard let old = store[kind, key] else { throw .notFound(kind.resource, "") }
    try check(options, old)
    let rules = self.rules.rules(for: kind)
    var new = old
    // Once deletion has begun, a further request changes no finalizers.
    if !old.isBeingDeleted {
      setFinalizers(&new, options, rules.defaultPropagation)
    }
    if Object.self == Pod.self, let pod = old as? Pod {
      let grace = Self.gracePeriod(of: pod, asked: options.gracePeriodSeconds)
      deleteGracefully(key, old, &new, grace, options, now, telling: tell)
      return
    }
    if !isHeldBack(new) {
      remove(key, last: new, telling: tell)
      return
    }
    if !old.isBeingDeleted { new.metadata.mark(grace: 0, deadline: now) }
    terminate(&new)
    if new != old { commit(key, old: old, new: &new, telling: tell) }
  }

  private mutating func deleteGracefully<Object: APIObject>(
    _ key: ObjectKey, _ old: Object, _ new: inout Object, _ grace: Int64, _ options: DeleteOptions,
    _ now: Timestamp, telling tell: Teller
  ) {
    if let deadline = old.metadata.deletionTimestamp {
      let former = old.metadata.deletionGracePeriodSeconds ?? 0
      if former > 0 {
        // Only a smaller grace that was asked for changes anything; it counts from the first request.
        guard options.gracePeriodSeconds != nil || grace == 0, grace < former else { return }
        let requested = deadline + .seconds(-former)
        var shorter = grace
        var end = requested + .seconds(grace)
        if end < now {
          end = now
          shorter = grace == 0 ? 0 : 1
        }
        new.metadata.deletionTimestamp = end
        new.metadata.deletionGracePeriodSeconds = shorter
      }
    } else {
      new.metadata.mark(grace: grace, deadline: now + .seconds(grace))
    }
    // A pod that goes is seen to get a grace of 0 first, and to be removed right after.
    if new != old { commit(key, old: old, new: &new, telling: tell) }
    if new.metadata.deletionGracePeriodSeconds == 0, new.metadata.finalizers.isEmpty {
      remove(key, last: new, telling: tell)
    }
  }

  /// A namespace that has begun to go shows it in its phase, and bears no grace.
  private func terminate<Object: APIObject>(_ object: inout Object) {
    guard Object.self == Namespace.self, var namespace = object as? Namespace else { return }
    namespace.status.phase = .terminating
    namespace.metadata.deletionGracePeriodSeconds = nil
    if let terminating = namespace as? Object { object = terminating }
  }

  /// How long a pod may take to stop: what was asked for, else what its spec says, else 30 s; nothing
  /// for a pod that has no node or is over. A negative time is 1 s.
  static func gracePeriod(of pod: Pod, asked: Int64?) -> Int64 {
    if pod.spec.nodeName.isEmpty || pod.isTerminal { return 0 }
    let seconds = asked ?? pod.spec.terminationGracePeriodSeconds ?? 30
    return seconds < 0 ? 1 : seconds
  }

  private func setFinalizers<Object: APIObject>(
    _ object: inout Object, _ options: DeleteOptions, _ fallback: DeletionPropagation
  ) {
    var policy = options.propagationPolicy
    if policy == nil, let orphan = options.orphanDependents {
      policy = orphan ? .orphan : .background
    }
    func isMine(_ finalizer: String) -> Bool {
      finalizer == "orphan" || finalizer == "foregroundDeletion"
    }
    let hasMine = object.metadata.finalizers.contains(where: isMine)
    if policy == nil, hasMine { return }
    // Metadata are written only where that changes them: they share the storage of the stored ones.
    if hasMine { object.metadata.finalizers.removeAll(where: isMine) }
    switch policy ?? fallback {
    case .orphan: object.metadata.finalizers.append("orphan")
    case .foreground: object.metadata.finalizers.append("foregroundDeletion")
    default: break
    }
  }

  private func check<Object: APIObject>(
    _ options: DeleteOptions, _ old: Object
  ) throws(APIError) {
    let metadata = old.metadata
    if Object.self == Namespace.self,
      ["default", "kube-system", "kube-public"].contains(metadata.name)
    {
      throw .forbidden(Object.resource, metadata.name, "this namespace may not be deleted")
    }
    if let uid = options.preconditions?.uid, uid != metadata.uid {
      throw .conflict(
        Object.resource, metadata.name,
        "the UID in the precondition (\(uid)) does not match the UID in record (\(metadata.uid)). The object might have been deleted and then recreated"
      )
    }
    if let version = options.preconditions?.resourceVersion,
      version != metadata.resourceVersion.description
    {
      throw .conflict(
        Object.resource, metadata.name,
        "the ResourceVersion in the precondition (\(version)) does not match the ResourceVersion in record (\(metadata.resourceVersion)). The object might have been modified"
      )
    }
  }
}

extension ObjectMeta {
  /// Notes that the object is to be gone at this time.
  fileprivate mutating func mark(grace: Int64, deadline: Timestamp) {
    deletionTimestamp = deadline
    deletionGracePeriodSeconds = grace
    if generation > 0 { generation += 1 }
  }
}
