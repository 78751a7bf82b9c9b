import KubeAPIServer
import KubeModel
import KubeReconcile
import SimulationKernel

// Looking at the cluster. Nothing here changes it.

extension Cluster {
  /// The object of this name; nil when there is none. The namespace is not looked at for kinds that
  /// have none.
  public subscript<Object: APIObject>(
    kind: Object.Type, name: String, namespace namespace: String = "default"
  ) -> Object? {
    try? server.get(kind, namespace, name)
  }

  /// The objects of a kind, of one namespace or of all, sorted by namespace and name.
  ///
  /// - Throws: BadRequest for a field that the kind cannot be selected by.
  /// - Complexity: O(objects of the kind).
  public func list<Object: APIObject>(
    _ kind: Object.Type, namespace: String? = nil, labels: Selector = .everything,
    fields: FieldSelector = .everything
  ) throws(APIError) -> [Object] {
    try server.list(kind, namespace: namespace, labels: labels, fields: fields)
  }

  /// All objects of a kind, sorted by namespace and name.
  public func all<Object: APIObject>(_ kind: Object.Type) -> [Object] {
    // Without a field selector nothing is refused.
    (try? server.list(kind)) ?? []
  }

  /// The pods on a node, sorted by namespace and name.
  public func pods(on node: String) -> [Pod] {
    store[Pod.self].placed(on: node).map(\.object).sorted {
      ($0.metadata.namespace, $0.metadata.name) < ($1.metadata.namespace, $1.metadata.name)
    }
  }

  /// The pods that an object controls, directly or through what it controls, sorted by name.
  ///
  /// Those of a Deployment are the pods of its ReplicaSets.
  public func pods(of owner: some APIObject) -> [Pod] {
    let direct = store[Pod.self].owned(by: owner.metadata.uid).map(\.object)
    let between = store[ReplicaSet.self].owned(by: owner.metadata.uid).map(\.object)
    return (direct + between.flatMap { pods(of: $0) }).sorted {
      $0.metadata.name < $1.metadata.name
    }
  }

  /// How many endpoints of a Service are ready to take traffic.
  public func readyEndpoints(of service: String, namespace: String = "default") -> Int {
    let slices = store[EndpointSlice.self]
    return slices.keys.compactMap { slices[$0] }
      .filter {
        $0.metadata.namespace == namespace
          && $0.metadata.labels["kubernetes.io/service-name"] == service
      }
      .reduce(0) { $0 + $1.endpoints.count { $0.conditions.ready == true } }
  }

  /// The Events about an object, oldest first.
  public func events(
    about kind: String, _ name: String, namespace: String = "default"
  ) -> [Event] {
    events.filter {
      $0.involvedObject.kind == kind && $0.involvedObject.name == name
        && ($0.involvedObject.namespace == namespace || $0.involvedObject.namespace.isEmpty)
    }
  }

  /// All Events, in the order in which they were made.
  public var events: [Event] {
    let table = store[Event.self]
    return table.keys.compactMap { table[$0] }.sorted {
      // The name ends in the time of creation, which settles what whole seconds leave open.
      ($0.created, $0.metadata.name) < ($1.created, $1.metadata.name)
    }
  }

  /// The kind that the API calls so: its kind, plural, singular or a short name, in any case.
  public func kind(named name: String) -> (any APIObject.Type)? {
    let wanted = name.lowercased()
    return store.allTables.map(\.objectType).first { kind in
      let resource = kind.resource
      return wanted == resource.kind.lowercased() || wanted == resource.plural
        || wanted == resource.qualifiedName || resource.shortNames.contains(wanted)
    }
  }

  /// The kind of a manifest; nil when it is not modelled.
  public func kind(_ apiVersion: String, _ kind: String) -> (any APIObject.Type)? {
    if AutoscalerV1.names(apiVersion, kind) { return HorizontalPodAutoscaler.self }
    return store.allTables.map(\.objectType).first {
      $0.resource.apiVersion == apiVersion && $0.resource.kind == kind
    }
  }
}

extension Event {
  fileprivate var created: Int64 {
    let stamp = metadata.name.split(separator: ".").last.flatMap { Int64($0, radix: 16) }
    return stamp ?? (metadata.creationTimestamp?.unixSeconds ?? 0) * 1_000_000_000
  }
}
