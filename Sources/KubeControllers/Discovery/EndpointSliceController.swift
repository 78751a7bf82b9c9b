// Keeps the addresses of a Service's pods in EndpointSlices.
//
// Follows   pkg/controller/endpointslice/endpointslice_controller.go,
//           staging/src/k8s.io/endpointslice/reconciler.go (v1.36)
// Same      addresses, conditions, ports, labels, names, the filling of slices, the placeholder,
//           the trigger time, hints by trafficDistribution
// Left out  hints by the annotation service.kubernetes.io/topology-mode; slices that somebody else
//           edits are put right with the next change of the Service or its pods, not after 1 s

import KubeModel
import KubeReconcile
import SimulationKernel

/// Writes the EndpointSlices of each Service that has a selector.
public struct EndpointSliceController: Reconciler {
  public static let name = "endpointslice-controller"
  public static let watches: [Watch] = [
    .primary(Service.self), .changes(of: Pod.self, servicesOfPod),
    .changes(of: EndpointSlice.self, serviceOfSlice),
  ]

  static let managedBy = "endpointslice-controller.k8s.io"
  static let component = "endpoint-slice-controller"

  public let latency: Duration
  private var memories: [ObjectKey: Memory] = [:]  // Looked up, never walked.

  /// What is remembered of a Service between two syncs.
  private struct Memory: Sendable {
    var triggers = TriggerTimes()
    var failures = 0

    /// After 1, 2, 4 … 1000 s; nil, and all over again, after fifteen failures.
    mutating func nextTry(after now: Instant) -> Instant? {
      failures += 1
      if failures <= 15 {
        return now + Backoff(base: .seconds(1), cap: .seconds(1000)).delay(failures: failures)
      }
      failures = 0
      return nil
    }
  }

  /// A controller that looks this long after a change; changes in between are one sync.
  public init(latency: Duration = .milliseconds(5)) { self.latency = latency }

  /// - Complexity: O(pods and endpoints of the Service).
  public mutating func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    guard let service = snapshot[Service.self, key] else {
      memories[key] = nil
      return .nothing
    }
    guard service.spec.type != .externalName, !service.spec.selector.isEmpty else {
      return .nothing
    }
    let pods = snapshot.store[Pod.self].selected(
      by: Selector(matching: service.spec.selector), in: service.metadata.namespace)
    var memory = memories[key] ?? Memory()
    let trigger = memory.triggers.next(service, pods)

    var sync = EndpointSync(service, trigger: trigger, existing: slices(of: service, snapshot))
    sync.run(pods, snapshot)
    var plan = sync.plan
    if sync.errors.isEmpty {
      memory.failures = 0
    } else {
      plan.event(sync.warning(Self.joined(sync.errors)))
      plan.wake(key, at: memory.nextTry(after: snapshot.now))
    }
    memories[key] = memory
    return plan
  }

  /// The slices of the Service, and those that a former one of its name has left behind.
  private func slices(
    of service: Service, _ snapshot: Snapshot
  ) -> [(key: ObjectKey, slice: EndpointSlice)] {
    var slices: [(key: ObjectKey, slice: EndpointSlice)] = []
    func add(_ key: ObjectKey, _ slice: EndpointSlice) {
      if !slice.isBeingDeleted, Self.manages(slice),
        slice.metadata.labels[EndpointSync.serviceLabel] == service.metadata.name
      {
        slices.append((key, slice))
      }
    }
    let table = snapshot.store[EndpointSlice.self]
    table.forEach(ownedBy: service.metadata.uid, add)
    table.forEach(orphanIn: service.metadata.namespace, add)
    return slices
  }

  /// Several errors as one text, each once.
  private static func joined(_ errors: [String]) -> String {
    errors.count == 1 ? errors[0] : "[" + errors.joined(separator: ", ") + "]"
  }
}

// MARK: watches

extension EndpointSliceController {
  private static func manages(_ slice: EndpointSlice) -> Bool {
    slice.metadata.labels[EndpointSync.managedByLabel] == managedBy
  }

  /// The Services that select the pod, or did before, when the change can matter to them.
  @Sendable static func servicesOfPod(
    _ change: Change<Pod>, _ snapshot: Snapshot, _ keys: inout [ObjectKey]
  ) {
    guard let effect = PodEffect.of(change) else { return }
    snapshot.store[Service.self].forEach(in: change.latest.metadata.namespace) { key, service in
      if service.spec.selector.isEmpty { return }
      let isSelected = service.selects(change.latest)
      let wasSelected = change.old.map { service.selects($0) } ?? isSelected
      switch effect {
      case .endpoint: if isSelected || wasSelected { keys.append(key) }
      case .membership: if isSelected != wasSelected { keys.append(key) }
      }
    }
  }

  /// The Service of a slice that is gone, or that came to or left the Service or this controller.
  @Sendable private static func serviceOfSlice(
    _ change: Change<EndpointSlice>, _ snapshot: Snapshot, _ keys: inout [ObjectKey]
  ) {
    guard let old = change.old else { return }
    let before = old.metadata.labels
    if let after = change.new?.metadata.labels, after == before { return }
    func owner(_ labels: StringMap<String>) -> String? {
      labels[EndpointSync.managedByLabel] == managedBy ? labels[EndpointSync.serviceLabel] : nil
    }
    let names = [owner(before), change.new.flatMap { owner($0.metadata.labels) }]
    if change.new != nil, names[0] == names[1] { return }
    for case let name? in names {
      let key = snapshot.store.key(Service.self, old.metadata.namespace, name)
      if let key { keys.append(key) }
    }
  }
}

/// What a pod's change may do to the endpoints of Services.
///
/// Follows `podEndpointsChanged`. Every write of a pod that is being deleted counts, as upstream
/// compares the addresses of the two deletion times; a phase alone does not.
private enum PodEffect {
  /// Its endpoint changes.
  case endpoint
  /// Only the Services change that select it.
  case membership

  /// Nil for a change that does nothing to them.
  static func of(_ change: Change<Pod>) -> PodEffect? {
    guard change.latest.hasAddress || change.earliest.hasAddress else { return nil }
    if change.type != .modified || change.latest.isBeingDeleted || change.earliest.isBeingDeleted {
      return .endpoint
    }
    // The two versions are not bound to names: they would be copied, and all pods come here.
    if !change.latest.$status.sharesStorage(with: change.earliest.$status),
      change.latest.isReady != change.earliest.isReady
        || change.latest.status.podIP != change.earliest.status.podIP
        || change.latest.status.podIPs != change.earliest.status.podIPs
    {
      return .endpoint
    }
    if change.erased.touchesMetadata,
      change.latest.metadata.labels != change.earliest.metadata.labels
    {
      return .membership
    }
    let isRenamed =
      !change.latest.$spec.sharesStorage(with: change.earliest.$spec)
      && (change.latest.spec.hostname != change.earliest.spec.hostname
        || change.latest.spec.subdomain != change.earliest.spec.subdomain)
    return isRenamed ? .membership : nil
  }
}

extension Pod {
  fileprivate var hasAddress: Bool { !status.podIP.isEmpty || !status.podIPs.isEmpty }
}

extension Service {
  /// True when the pod's labels have all the values of the selector.
  fileprivate func selects(_ pod: Pod) -> Bool {
    spec.selector.allSatisfy { pod.metadata.labels[$0.key] == $0.value }
  }
}
