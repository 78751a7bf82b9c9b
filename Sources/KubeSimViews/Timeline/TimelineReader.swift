import KubeModel
import KubeSim
import SimulationKernel

/// Gathers what a timeline shows from the watch stream, event by event.
struct TimelineReader {
  private struct Owner {
    var kind = ""
    var name = ""
    var parent: OwnerReference?
  }

  private(set) var sections: [Timeline.Section] = []
  private(set) var gauges: [Timeline.Gauge] = []
  // All of these are looked up, never walked.
  private var owners: [UID: Owner] = [:]
  private var sectionNumbers: [String: Int] = [:]
  private var laneNumbers: [NamespacedName: (section: Int, lane: Int)] = [:]
  private var gaugeNumbers: [String: Int] = [:]
  private var revisions: [UID: [String]] = [:]
  private var endpoints: [NamespacedName: StringMap<Int>] = [:]

  mutating func read(_ event: WatchEvent) {
    let isGone = event.type == .deleted
    switch event.object {
    case let pod as Pod: read(pod, isGone: isGone, at: event.time)
    case let set as ReplicaSet:
      remember(set)
      read(set)
    case let job as Job: remember(job)
    case let deployment as Deployment:
      if !isGone {
        count(
          Int(deployment.status.availableReplicas),
          "available pods: \(deployment.metadata.name)", at: event.time)
      }
    case let slice as EndpointSlice: read(slice, isGone: isGone, at: event.time)
    default: break
    }
  }

  private mutating func remember<Object: APIObject>(_ object: Object) {
    owners[object.metadata.uid] = Owner(
      kind: Object.resource.kind, name: object.metadata.name, parent: object.metadata.controllerRef)
  }

  // MARK: - Pods

  private mutating func read(_ pod: Pod, isGone: Bool, at time: Instant) {
    let name = NamespacedName(pod.metadata.namespace, pod.metadata.name)
    let place = laneNumbers[name] ?? newLane(of: pod, name)
    let state = isGone ? .gone : LaneState(of: pod)
    if !pod.spec.nodeName.isEmpty {
      sections[place.section].lanes[place.lane].node = pod.spec.nodeName
    }
    if sections[place.section].lanes[place.lane].states.last?.value != state {
      sections[place.section].lanes[place.lane].states.append(.init(time: time, value: state))
    }
  }

  private mutating func newLane(
    of pod: Pod, _ name: NamespacedName
  ) -> (section: Int, lane: Int) {
    let section = section(of: pod)
    sections[section].lanes.append(Timeline.Lane(name: pod.metadata.name))
    let place = (section, sections[section].lanes.count - 1)
    laneNumbers[name] = place
    return place
  }

  /// Pods of a Deployment stand by ReplicaSet, those of a CronJob all together.
  private mutating func section(of pod: Pod) -> Int {
    guard let reference = pod.metadata.controllerRef else {
      return section("", Timeline.Section(group: Timeline.Section.unmanaged, title: "", owner: ""))
    }
    let owner = owners[reference.uid] ?? Owner(kind: reference.kind, name: reference.name)
    let top = owner.parent ?? reference
    let namespace = pod.metadata.namespace == "default" ? "" : " in \(pod.metadata.namespace)"
    let group = "\(top.kind) \(top.name)\(namespace)"
    if owner.parent == nil || owner.kind != "ReplicaSet" {
      return section(top.uid.description, Timeline.Section(group: group, title: "", owner: ""))
    }
    return section(
      reference.uid.description,
      Timeline.Section(
        group: group, title: title(of: reference.uid), owner: "\(owner.kind) \(owner.name)"))
  }

  private mutating func section(_ key: String, _ new: Timeline.Section) -> Int {
    if let number = sectionNumbers[key] { return number }
    sectionNumbers[key] = sections.count
    sections.append(new)
    return sections.count - 1
  }

  /// `revision 1: web:1.0`; a template that was used again has several numbers.
  private mutating func read(_ set: ReplicaSet) {
    guard let number = set.metadata.annotations["deployment.kubernetes.io/revision"] else { return }
    var known = revisions[set.metadata.uid] ?? [images(of: set)]
    if !known.dropFirst().contains(number) { known.append(number) }
    revisions[set.metadata.uid] = known
    if let section = sectionNumbers[set.metadata.uid.description] {
      sections[section].title = title(of: set.metadata.uid)
    }
  }

  private func images(of set: ReplicaSet) -> String {
    set.spec.template.spec.containers.map(\.image).joined(separator: ", ")
  }

  private func title(of set: UID) -> String {
    guard let known = revisions[set], let images = known.first else { return "" }
    let numbers = known.dropFirst().joined(separator: ", again as ")
    return "revision \(numbers): \(images)"
  }

  // MARK: - Numbers

  private mutating func read(_ slice: EndpointSlice, isGone: Bool, at time: Instant) {
    guard let service = slice.metadata.labels["kubernetes.io/service-name"] else { return }
    let key = NamespacedName(slice.metadata.namespace, service)
    let ready = slice.endpoints.count { $0.conditions.ready == true }
    endpoints[key, default: [:]][slice.metadata.name] = isGone ? nil : ready
    let sum = endpoints[key]?.values.reduce(0, +) ?? 0
    count(sum, "ready endpoints: \(service)", at: time)
  }

  private mutating func count(_ number: Int, _ title: String, at time: Instant) {
    let place = gaugeNumbers[title] ?? gauges.count
    if place == gauges.count {
      gaugeNumbers[title] = place
      gauges.append(Timeline.Gauge(title: title))
    }
    if gauges[place].counts.last?.value != number {
      gauges[place].counts.append(.init(time: time, value: number))
    }
  }
}
