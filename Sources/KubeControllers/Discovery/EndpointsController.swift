// Keeps the addresses of a Service's pods in an Endpoints object, the older form of EndpointSlices.
//
// Follows   pkg/controller/endpoint/endpoints_controller.go (v1.36)
// Same      which pods, ready and not; ports; labels; the capacity of 1000 and its annotation
// Left out  subsets are in the order of their ports, not of their hashes

import KubeModel
import KubeReconcile
import SimulationKernel

/// Writes the Endpoints of each Service that has a selector.
public struct EndpointsController: Reconciler {
  public static let name = "endpoint-controller"
  public static let watches: [Watch] = [
    .primary(Service.self), .changes(of: Pod.self, EndpointSliceController.servicesOfPod),
    .changes(of: Endpoints.self, serviceOfEndpoints),
  ]

  /// How many addresses an Endpoints object has at most.
  static let capacity = 1000
  static let managedByLabel = "endpoints.kubernetes.io/managed-by"
  static let capacityAnnotation = "endpoints.kubernetes.io/over-capacity"

  public let latency: Duration
  private var memories: [ObjectKey: Memory] = [:]  // Looked up, never walked.

  /// What is remembered of a Service: what its Endpoints are called when it is gone.
  private struct Memory: Sendable {
    let namespace: String
    let name: String
    var triggers = TriggerTimes()
  }

  /// A controller that looks this long after a change.
  public init(latency: Duration = .milliseconds(5)) { self.latency = latency }

  /// - Complexity: O(pods of the Service).
  public mutating func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    if let leftover = snapshot[Endpoints.self, key] { return removal(of: leftover, key, snapshot) }
    guard let service = snapshot[Service.self, key] else {
      guard let memory = memories.removeValue(forKey: key),
        let own = snapshot.store.key(Endpoints.self, memory.namespace, memory.name),
        let endpoints = snapshot[Endpoints.self, own]
      else { return .nothing }
      return removal(of: endpoints, own, snapshot)
    }
    guard service.spec.type != .externalName, !service.spec.selector.isEmpty else {
      return .nothing
    }
    let pods = snapshot.store[Pod.self].selected(
      by: Selector(matching: service.spec.selector), in: service.metadata.namespace)
    var memory =
      memories[key] ?? Memory(namespace: service.metadata.namespace, name: service.metadata.name)
    let trigger = memory.triggers.next(service, pods)
    memories[key] = memory
    return write(wanted(of: service, pods.map(\.object)), trigger, service, snapshot)
  }

  /// What is left of a Service that is gone.
  private func removal(
    of endpoints: Endpoints, _ key: ObjectKey, _ snapshot: Snapshot
  ) -> Plan {
    var plan = Plan()
    let metadata = endpoints.metadata
    if !endpoints.isBeingDeleted,
      snapshot.store.key(Service.self, metadata.namespace, metadata.name) == nil
    {
      plan.delete(key, because: "the Service is gone")
    }
    return plan
  }

  private func wanted(of service: Service, _ pods: [Pod]) -> Endpoints {
    var endpoints = Endpoints()
    endpoints.metadata.name = service.metadata.name
    endpoints.metadata.namespace = service.metadata.namespace
    endpoints.metadata.labels = service.endpointsLabels
    endpoints.subsets = EndpointSubsets.of(service, pods)
    if EndpointSubsets.cut(&endpoints.subsets, to: Self.capacity) {
      endpoints.metadata.annotations[Self.capacityAnnotation] = "truncated"
    }
    return endpoints
  }

  private func write(
    _ wanted: Endpoints, _ trigger: Timestamp?, _ service: Service, _ snapshot: Snapshot
  ) -> Plan {
    var wanted = wanted
    var plan = Plan()
    wanted.metadata.annotations[EndpointSync.triggerAnnotation] = trigger?.description
    let namespace = service.metadata.namespace
    guard let key = snapshot.store.key(Endpoints.self, namespace, service.metadata.name),
      var present = snapshot[Endpoints.self, key]
    else {
      if service.isBeingDeleted { return plan }
      plan.create(wanted, because: "a Service without Endpoints")
      return reporting(plan, wanted, "FailedToCreateEndpoint") {
        "Failed to create endpoint for service \(namespace)/\(service.metadata.name): \($0)"
      }
    }
    let annotation = Self.capacityAnnotation
    if present.subsets == wanted.subsets && present.metadata.labels == wanted.metadata.labels
      && present.metadata.annotations[annotation] == wanted.metadata.annotations[annotation]
    {
      return plan
    }
    present.subsets = wanted.subsets
    present.metadata.labels = wanted.metadata.labels
    present.metadata.annotations[annotation] = wanted.metadata.annotations[annotation]
    present.metadata.annotations[EndpointSync.triggerAnnotation] = trigger?.description
    plan.update(key, present, because: "addresses changed")
    return reporting(plan, present, "FailedToUpdateEndpoint") {
      "Failed to update endpoint \(namespace)/\(service.metadata.name): \($0)"
    }
  }

  /// A refusal is reported on the Endpoints and tried again, but not while the namespace goes.
  private func reporting(
    _ plan: Plan, _ endpoints: Endpoints, _ reason: String,
    _ text: @escaping @Sendable (String) -> String
  ) -> Plan {
    var plan = plan
    plan.afterwards = { results, _ in
      var next = Plan()
      guard let error = results.last?.error, !error.isNamespaceTerminating else { return next }
      next.retries = true
      next.event(
        EventDraft(
          .warning, reason, text(error.message), regarding: ObjectReference(to: endpoints),
          component: Self.name))
      return next
    }
    return plan
  }

  /// The Service of Endpoints that somebody took away, and Endpoints whose Service is gone.
  @Sendable private static func serviceOfEndpoints(
    _ change: Change<Endpoints>, _ snapshot: Snapshot, _ keys: inout [ObjectKey]
  ) {
    let metadata = change.latest.metadata
    let service = snapshot.store.key(Service.self, metadata.namespace, metadata.name)
    if change.new == nil, let service { keys.append(service) }
    if change.old == nil, service == nil, metadata.labels[managedByLabel] != nil {
      keys.append(change.key)
    }
  }
}

extension Service {
  /// The labels of its Endpoints: its own, and two that it cannot set.
  fileprivate var endpointsLabels: StringMap<String> {
    var labels = metadata.labels
    let isHeadless = spec.clusterIP.isEmpty || spec.clusterIP == "None"
    labels[EndpointSync.headlessLabel] = isHeadless ? "" : nil
    labels[EndpointsController.managedByLabel] = EndpointsController.name
    return labels
  }
}
