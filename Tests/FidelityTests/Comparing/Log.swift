import KubeModel

/// A run's log, put in order: objects with all their versions under names that do not depend on
/// chance, Events, and the answers to steps.
final class Log {
  private(set) var objects: [RecordedObject] = []
  private(set) var events: [(time: Double, object: JSONValue)] = []
  private(set) var responses: [JSONValue] = []
  /// The objects of each group, by creation.
  private(set) var groups: [String: [RecordedObject]] = [:]
  /// The groups, in the order in which they came up.
  private(set) var groupOrder: [String] = []
  /// When the comparison ends.
  let end: Double
  /// When the steps were done.
  let steps: [Double]
  private(set) var names: CanonicalNames = CanonicalNames([])
  private var named: [String: [RecordedObject]] = [:]

  /// Nothing of the last second of a run counts: a run may be cut in the middle of a change.
  private static let cut = 1.0

  /// A recorded log, whose first line says how long it is.
  convenience init(recorded lines: [JSONValue]) {
    let header = lines.first { $0.text(at: "type") == "START" }
    let steps = (header?.list(at: "steps") ?? []).compactMap(\.doubleValue)
    self.init(
      lines, end: (header?.at("duration")?.doubleValue ?? 0) - Self.cut, steps: Set(steps).sorted())
  }

  init(_ lines: [JSONValue], end: Double, steps: [Double]) {
    self.end = end
    self.steps = steps
    read(lines.filter { ($0.at("t")?.doubleValue ?? 0) <= end })
    for object in objects.sorted(by: { $0.created < $1.created }) { assignGroup(object) }
    for (group, members) in groups {
      groups[group] = Self.sorted(members)
      for (index, object) in Self.sorted(members).enumerated() {
        object.canonicalName = "\(group)#\(index)"
      }
    }
    names = CanonicalNames(objects)
  }

  private static func sorted(_ objects: [RecordedObject]) -> [RecordedObject] {
    objects.sorted { ($0.created, $0.name) < ($1.created, $1.name) }
  }

  private func read(_ lines: [JSONValue]) {
    var live: [String: RecordedObject] = [:]
    let changes = lines.enumerated().filter {
      ["ADDED", "MODIFIED", "DELETED"].contains($0.element.text(at: "type"))
    }
    .map { (time: $0.element.at("t")?.doubleValue ?? 0, index: $0.offset, line: $0.element) }
    .sorted { ($0.time, $0.index) < ($1.time, $1.index) }
    responses = lines.filter { $0.text(at: "type") == "RESPONSE" }
    for (time, _, line) in changes {
      let type = line.text(at: "type")
      let object = line["object"] ?? .null
      let kind = object.text(at: "kind")
      let name = object.text(at: "metadata.name")
      if kind == "Event" {
        if type != "DELETED" { events.append((time, object)) }
        continue
      }
      if ["Service", "EndpointSlice"].contains(kind), name == "kubernetes" { continue }
      let namespace = object.text(at: "metadata.namespace")
      let key = Self.key(kind, namespace, name)
      var entry = live[key]
      if let known = entry, type == "ADDED",
        known.last.text(at: "metadata.uid") != object.text(at: "metadata.uid")
      {
        entry = nil
      }
      if entry == nil, type == "DELETED" { continue }
      let found =
        entry ?? RecordedObject(kind: kind, namespace: namespace, name: name, time: time)
      if entry == nil {
        objects.append(found)
        live[key] = found
        named[key, default: []].append(found)
      }
      found.versions.append((max(time, 0), object))
      if type == "DELETED" {
        found.deleted = time
        live[key] = nil
      }
    }
  }

  private static func key(_ kind: String, _ namespace: String, _ name: String) -> String {
    "\(kind)/\(namespace)/\(name)"
  }

  /// The object of this name that was there at this time.
  func find(_ kind: String, _ namespace: String, _ name: String, at time: Double)
    -> RecordedObject?
  {
    let found = named[Self.key(kind, namespace, name)] ?? []
    return found.last { $0.created <= time + 1 } ?? found.first
  }

  private func assignGroup(_ object: RecordedObject) {
    guard object.group.isEmpty else { return }
    let space =
      ["", "default"].contains(object.namespace) ? "" : object.namespace + "/"
    let generated = object.first.at("metadata.generateName")?.stringValue
    if let owner = object.owner, Self.isRandom(object, owner.kind, generated != nil) {
      object.isRandom = true
      let index = object.first.annotation("batch.kubernetes.io/job-completion-index")
      object.group =
        "\(object.kind) of \(ownerName(owner, object, space))" + (index.map { "[\($0)]" } ?? "")
    } else if let generated, object.owner == nil, object.kind == "EndpointSlice" {
      object.isRandom = true
      let service = object.first.at("metadata.labels")?["kubernetes.io/service-name"]?.stringValue
      object.group = "EndpointSlice of Service/\(space)\(service ?? generated)"
    } else {
      object.group = "\(object.kind)/\(space)\(object.name)"
    }
    if groups[object.group] == nil { groupOrder.append(object.group) }
    groups[object.group, default: []].append(object)
  }

  private static func isRandom(
    _ object: RecordedObject, _ owner: String, _ isGenerated: Bool
  ) -> Bool {
    if object.kind == "Pod", owner == "StatefulSet" { return false }
    return isGenerated || owner == "CronJob"
      || ["ReplicaSet", "ControllerRevision", "EndpointSlice"].contains(object.kind)
      || object.kind == "Pod"
        && ["ReplicaSet", "DaemonSet", "Job", "ReplicationController"].contains(owner)
  }

  private func ownerName(
    _ owner: (kind: String, name: String), _ object: RecordedObject, _ space: String
  ) -> String {
    guard let found = find(owner.kind, object.namespace, owner.name, at: object.created) else {
      return "\(owner.kind)/\(space)\(owner.name)"
    }
    assignGroup(found)
    let siblings = Self.sorted(groups[found.group] ?? [])
    let index = siblings.firstIndex { $0 === found } ?? 0
    return "\(found.group)#\(index)"
  }

  /// The room that everything needs which follows from pods in a back-off.
  private(set) lazy var slack: Double =
    objects.filter { $0.kind == "Pod" }.map { Backoffs(of: $0, end: end).slack(at: end) }.max() ?? 0

  /// The parts of the run between steps; steps less than 3 s apart are one.
  private(set) lazy var segments: [(start: Double, end: Double)] = {
    var groups: [(first: Double, last: Double)] = []
    for step in [0] + steps.filter({ 0 < $0 && $0 < end }) {
      if let last = groups.last, step - last.last < 3 {
        groups[groups.count - 1].last = step
      } else {
        groups.append((step, step))
      }
    }
    return groups.indices.map { index in
      (groups[index].last, index + 1 < groups.count ? groups[index + 1].first : end)
    }
  }()

  /// When chance decides how soon a silent or a removed node is found out, and the room it needs.
  private lazy var outages: [(start: Double, end: Double, slack: Double)] =
    objects
    .filter { $0.kind == "Node" }.flatMap { node in
      var outages: [(start: Double, end: Double, slack: Double)] = []
      var start: Double?
      for (time, object) in node.versions {
        let isUnknown = PodState.condition("Ready", object)?.hasPrefix("Unknown") == true
        if isUnknown, start == nil { start = time }
        if !isUnknown, let begin = start {
          outages.append((begin, time, 15))
          start = nil
        }
      }
      if let start { outages.append((start, .infinity, 15)) }
      if let gone = node.deleted { outages.append((gone + 39, gone + 85, 20)) }
      return outages
    }

  /// The room that a time needs because of an outage.
  func outageSlack(at time: Double) -> Double {
    outages.filter { $0.start - 0.5 <= time && time < $0.end }.map(\.slack).max() ?? 0
  }
}
