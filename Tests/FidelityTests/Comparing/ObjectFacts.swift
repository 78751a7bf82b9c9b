import KubeModel

/// What is known of one object of a run.
struct ObjectFacts {
  private let log: Log
  private let object: RecordedObject
  private var facts = Facts()

  /// The final state may be any of the last seconds.
  static let window = 2.0
  /// A value of a counter counts if it lasted this long.
  private static let shortestRange = 1.5

  /// The facts of an object.
  static func of(_ object: RecordedObject, in log: Log) -> Facts {
    var found = ObjectFacts(log: log, object: object)
    if object.kind == "Pod" { found.addPod() } else { found.addOther() }
    return found.facts
  }

  private init(log: Log, object: RecordedObject) {
    self.log = log
    self.object = object
  }

  private var end: Double { log.end }

  private mutating func addPod() {
    let backoffs = Backoffs(of: object, end: end)
    let size = max(Self.window, backoffs.slack(at: end))
    facts.add(.time, "created", .time(object.created, slack: 0))
    for (name, series) in podSeries() {
      add(series, name, room: { max(Self.window, 2 * backoffs.slack(at: $0)) }) {
        backoffs.slack(at: $0)
      }
    }
    let bound = object.versions.first { !$0.object.text(at: "spec.nodeName").isEmpty }?.time
    facts.add(.sequence, "scheduled", .exact("\(bound != nil)"))
    if let bound { facts.add(.time, "scheduled", .time(bound, slack: 0)) }
    let asked =
      object.versions.first { $0.object.at("metadata.deletionTimestamp") != nil }?.time
    let isLate = [asked, object.deleted].contains { $0.map { $0 > end - size } ?? false }
    facts.add(
      .sequence, "deletion",
      .deletion("requested \(asked != nil), gone \(object.deleted != nil)", isLate: isLate))
    if let asked {
      facts.add(.time, "deletion requested", .time(asked, slack: backoffs.slack(at: asked)))
    }
    if let gone = object.deleted {
      facts.add(.time, "deleted", .time(gone, slack: backoffs.slack(at: gone)))
      facts.add(.final, "state", .window(["gone, \(object.last.text(at: "status.phase"))"]))
      if let value = PodState.condition("DisruptionTarget", object.last) {
        facts.add(.condition, "DisruptionTarget", .window([value]))
      }
    } else {
      facts.add(.final, "state", .window(object.window(size, before: end, PodState.final)))
      addConditions(size)
    }
    if object.owner?.kind != "DaemonSet", Placement.isForced(object, in: log) {
      facts.add(.placement, "node", .exact(object.last.text(at: "spec.nodeName")))
    }
  }

  /// The parts of a pod's state, each as its values with their times.
  private func podSeries() -> [(name: String, series: [(time: Double, value: String)])] {
    var names: [String] = []
    for (_, version) in object.versions {
      for status in RecordedObject.containers(of: version) {
        let name = status.text(at: "name")
        if !names.contains(name) { names.append(name) }
      }
    }
    let phase = object.series(until: end) { $0.text(at: "status.phase") }
    let ready = object.series(until: end) { version in
      PodState.condition("Ready", version)?.split(separator: " ").first.map(String.init) ?? "False"
    }
    return [("phase", phase), ("ready", ready)]
      + names.map { name in
        let states = object.series(until: end) { version in
          RecordedObject.containers(of: version).first { $0.text(at: "name") == name }
            .map(PodState.container) ?? "none"
        }
        return ("container " + name, Self.collapsed(states))
      }
  }

  /// A pull that keeps failing is shown as ErrImagePull and ImagePullBackOff in turns, as the looks
  /// of the kubelet fall.
  private static func collapsed(
    _ series: [(time: Double, value: String)]
  ) -> [(time: Double, value: String)] {
    var result: [(time: Double, value: String)] = []
    var isHeld = false
    for (time, value) in series {
      var value = value
      if value.hasPrefix("waiting:ImagePullBackOff") {
        isHeld = true
      } else if isHeld, value.hasPrefix("waiting:ErrImagePull") {
        value = "waiting:ImagePullBackOff" + value.dropFirst("waiting:ErrImagePull".count)
      }
      if result.last?.value != value { result.append((time, value)) }
    }
    return result
  }

  /// A sequence, and the times of its values.
  private mutating func add(
    _ series: [(time: Double, value: String)], _ name: String, room: (Double) -> Double,
    slack: (Double) -> Double
  ) {
    let values = series.map { ($0.value, $0.time + room($0.time) > end) }
    facts.add(.sequence, name, .sequence(values))
    var counts: [String: Int] = [:]
    for (time, value) in series {
      counts[value, default: 0] += 1
      if time + room(time) <= end, time > object.created + 0.001 {
        facts.add(
          .time, "\(name) -> \(value) (\(counts[value] ?? 0))", .time(time, slack: slack(time)))
      }
    }
  }

  private mutating func addConditions(_ size: Double) {
    for type in Set(PodState.conditions(object.last).map(\.type)).sorted() {
      let values = object.window(size, before: end) { PodState.condition(type, $0) ?? "none" }
      facts.add(.condition, type, .window(values))
    }
  }

  private mutating func addOther() {
    let followsPods =
      Workloads.counters[object.kind] != nil || object.kind == "ControllerRevision"
    let slack = followsPods ? log.slack : 0
    let size = max(Self.window, slack)
    if !object.isInitial { facts.add(.time, "created", .time(object.created, slack: slack)) }
    facts.add(.final, "exists", .exact("\(object.deleted == nil)"))
    if let gone = object.deleted {
      facts.add(.time, "deleted", .time(gone, slack: slack))
    } else {
      let object = object
      let states = object.window(size, before: end) { Workloads.final(object, $0) }
      facts.add(.final, "state", .window(states))
      addConditions(size)
    }
    if object.kind == "Node" { addNode() }
    addRanges(slack)
  }

  private mutating func addNode() {
    let parts: [(String, (JSONValue) -> String)] = [
      ("Ready", { PodState.condition("Ready", $0) ?? "none" }), ("taints", Workloads.taints),
      ("unschedulable", { "\($0.flag(at: "spec.unschedulable"))" }),
    ]
    for (name, part) in parts {
      let series = object.series(until: end, part)
      facts.add(.sequence, name, .sequence(series.map { ($0.value, $0.time > end - Self.window) }))
      for (index, entry) in series.enumerated()
      where entry.time <= end - Self.window && entry.time > 0.001 {
        facts.add(
          .time, "\(name) -> \(entry.value) (\(index))", .time(entry.time, slack: 0))
      }
    }
  }

  private mutating func addRanges(_ slack: Double) {
    guard let counters = Workloads.counters[object.kind] else { return }
    for path in counters where !Workloads.unstable.contains("\(object.kind) \(path)") {
      let series = object.series(until: end) { Workloads.counter(path, of: $0) }
      let ranges = log.segments.map { range(series, $0.start, $0.end) }
      facts.add(.range, path, .exact(ranges.joined(separator: " ")))
    }
    guard let main = Workloads.main[object.kind] else { return }
    let series = object.series(until: end) { version in
      main.map { Workloads.counter($0, of: version) }.joined(separator: " ")
    }
    for (start, stop) in log.segments {
      let changes = series.map(\.time).filter {
        start <= $0 && $0 < stop && $0 > object.created + 0.001 && $0 <= end - Self.window
      }
      if let last = changes.last, stop - last > 3 {
        facts.add(.settle, "after step at \(start)s", .time(last, slack: slack))
      }
    }
  }

  /// The least and greatest value that a counter had for some time within a part of the run.
  private func range(
    _ series: [(time: Double, value: String)], _ start: Double, _ stop: Double
  ) -> String {
    let values: [Int] = series.indices.compactMap { index in
      let next =
        index + 1 < series.count ? series[index + 1].time : object.deleted ?? .infinity
      let from = start > 0 && stop - start > 5 ? start + 2 : start
      let lasted = min(next, stop) - max(series[index].time, from)
      guard lasted >= min(Self.shortestRange, 0.5 * (stop - start)) else { return nil }
      return Int(series[index].value)
    }
    guard let least = values.min(), let most = values.max() else { return "-" }
    return "\(least)...\(most)"
  }
}
