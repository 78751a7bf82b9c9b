// Follows   staging/src/k8s.io/endpointslice/reconciler.go (v1.36)

import KubeModel
import KubeReconcile

/// One comparison of a Service's slices with its pods, and the writes that it asks for.
struct EndpointSync {
  static let serviceLabel = "kubernetes.io/service-name"
  static let managedByLabel = "endpointslice.kubernetes.io/managed-by"
  static let headlessLabel = "service.kubernetes.io/headless"
  static let triggerAnnotation = "endpoints.kubernetes.io/last-change-trigger-time"

  /// A slice that is there.
  typealias Held = (key: ObjectKey, slice: EndpointSlice)

  /// Endpoints that have the same ports.
  struct Group {
    let ports: [EndpointSlicePort]
    var endpoints: [Endpoint]
  }

  let service: Service
  let labels: StringMap<String>
  private let trigger: Timestamp?
  private let existing: [Held]

  private var creates: [EndpointSlice] = []
  private var updates: [Held] = []
  private var deletes: [Held] = []
  /// What went wrong; the rest is written all the same.
  private(set) var errors: [String] = []

  init(_ service: Service, trigger: Timestamp?, existing: [Held]) {
    self.service = service
    self.trigger = trigger
    self.existing = existing
    labels = service.sliceLabels
  }

  /// Compares, one family of addresses after the other.
  mutating func run(_ pods: [(key: ObjectKey, object: Pod)], _ snapshot: Snapshot) {
    let families = service.addressTypes
    for family in families {
      let groups = groups(of: pods, family, snapshot, reportsErrors: family == families.first)
      arrange(groups, family)
    }
    deletes += existing.filter { !families.contains($0.slice.addressType) }
  }

  private mutating func groups(
    of pods: [(key: ObjectKey, object: Pod)], _ family: AddressType, _ snapshot: Snapshot,
    reportsErrors: Bool
  ) -> [Group] {
    let fixedPorts = service.fixedEndpointPorts
    var groups: [Group] = []
    var nodes: [String: Node?] = [:]  // Looked up, never walked.
    for (_, pod) in pods where !pod.isTerminal {
      let addresses = pod.addresses(family)
      if addresses.isEmpty { continue }
      let name = pod.spec.nodeName
      let node = nodes[name] ?? snapshot[Node.self, "", name]
      nodes[name] = .some(node)
      // Nobody answers at the address of a pod whose node is gone.
      if node == nil && !service.spec.publishNotReadyAddresses {
        if reportsErrors { errors.append(missingNode(of: pod)) }
        continue
      }
      let endpoint = Endpoint(of: pod, addresses, on: node, for: service)
      let ports = fixedPorts ?? service.endpointPorts(on: pod)
      if let index = groups.firstIndex(where: { $0.ports == ports }) {
        groups[index].endpoints.append(endpoint)
      } else {
        groups.append(Group(ports: ports, endpoints: [endpoint]))
      }
    }
    return groups
  }

  /// Decides about the slices of one family; a Service without endpoints keeps one empty slice.
  private mutating func arrange(_ groups: [Group], _ family: AddressType) {
    let mine = existing.filter { $0.slice.addressType == family }
    var creates: [EndpointSlice] = []
    var deletes = mine.filter { held in
      !isOwned(held.slice) || !groups.contains { $0.ports == held.slice.ports.inOrder }
    }
    for group in groups {
      var filling = SliceFilling(labels: labels)
      filling.run(
        group.endpoints,
        into: mine.filter { isOwned($0.slice) && $0.slice.ports.inOrder == group.ports })
      updates += filling.updates
      deletes += filling.deletes
      creates += filling.additions.map { newSlice($0, group.ports, family) }
    }
    if creates.isEmpty && deletes.count == mine.count {
      if deletes.count == 1, isPlaceholder(deletes[0].slice) { return }
      creates.append(newSlice([], [], family))
    }
    // A slice that would go is written over instead of making a new one.
    for held in deletes {
      guard var slice = creates.popLast() else {
        self.deletes.append(held)
        continue
      }
      slice.metadata.name = held.slice.metadata.name
      updates.append((held.key, slice))
    }
    self.creates += creates
  }

  private func newSlice(
    _ endpoints: [Endpoint], _ ports: [EndpointSlicePort], _ family: AddressType
  ) -> EndpointSlice {
    var slice = EndpointSlice()
    slice.metadata.generateName = service.metadata.name + "-"
    slice.metadata.namespace = service.metadata.namespace
    slice.metadata.labels = labels
    slice.metadata.ownerReferences = [OwnerReference(controller: service)]
    slice.addressType = family
    slice.endpoints = endpoints
    slice.ports = ports
    return slice
  }

  private func isPlaceholder(_ slice: EndpointSlice) -> Bool {
    slice.endpoints.isEmpty && slice.ports.isEmpty && slice.metadata.labels == labels
      && isOwned(slice)
  }

  private func isOwned(_ slice: EndpointSlice) -> Bool {
    slice.metadata.isControlled(by: service.metadata.uid)
  }
}

// MARK: what comes of it

extension EndpointSync {
  /// The writes. A Service that is being deleted gets no new slices.
  var plan: Plan {
    var plan = Plan()
    let creates = service.isBeingDeleted ? [] : creates
    for slice in creates { plan.create(stamped(slice), because: "endpoints without a slice") }
    for held in updates {
      plan.update(held.key, stamped(held.slice), because: "endpoints changed")
    }
    for held in deletes { plan.delete(held.key, because: "slice without endpoints") }
    if !creates.isEmpty { plan.afterwards = afterCreation }
    return plan
  }

  /// Reports refused slices; in a namespace that is being deleted they are not tried again.
  private var afterCreation: @Sendable ([WriteResult], Snapshot) -> Plan {
    let service = service
    return { results, _ in
      var plan = Plan()
      let refused = results.compactMap(\.error).filter { !$0.isNamespaceTerminating }
      guard let first = refused.first else { return plan }
      plan.event(
        service.sliceWarning(
          "failed to create EndpointSlice for Service \(service.path): \(first.message)"))
      plan.retries = true
      return plan
    }
  }

  private func stamped(_ slice: EndpointSlice) -> EndpointSlice {
    var slice = slice
    slice.metadata.annotations[Self.triggerAnnotation] = trigger?.description
    return slice
  }

  /// The Event about a sync that failed.
  func warning(_ error: String) -> EventDraft { service.sliceWarning(error) }

  private func missingNode(of pod: Pod) -> String {
    "skipping Pod \(pod.metadata.name) for Service \(service.path): "
      + "Node \(pod.spec.nodeName) Not Found"
  }
}

extension Service {
  /// As `default/web`.
  fileprivate var path: String { metadata.namespace + "/" + metadata.name }

  fileprivate func sliceWarning(_ error: String) -> EventDraft {
    EventDraft(
      .warning, "FailedToUpdateEndpointSlices",
      "Error updating Endpoint Slices for Service \(path): \(error)",
      regarding: ObjectReference(to: self), component: EndpointSliceController.component)
  }
}
