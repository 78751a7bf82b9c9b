import KubeModel

/// An object as a log has it: all its versions, from its creation to its end.
final class RecordedObject {
  let kind: String
  let namespace: String
  let name: String
  let created: Double
  /// There before the first step.
  let isInitial: Bool
  /// When it went; nil when it is there at the end.
  var deleted: Double?
  var versions: [(time: Double, object: JSONValue)] = []
  /// Objects of one group are told apart by the order of their creation alone.
  var group = ""
  /// True when the name has a random part.
  var isRandom = false
  /// The group and the number in it.
  var canonicalName = ""

  init(kind: String, namespace: String, name: String, time: Double) {
    self.kind = kind
    self.namespace = namespace
    self.name = name
    created = max(time, 0)
    isInitial = time <= 0
  }

  /// The object as it was created.
  var first: JSONValue { versions.first?.object ?? .null }
  /// The object as it was last seen.
  var last: JSONValue { versions.last?.object ?? .null }

  /// The controlling owner.
  var owner: (kind: String, name: String)? {
    first.list(at: "metadata.ownerReferences").first { $0.flag(at: "controller") }
      .map { ($0.text(at: "kind"), $0.text(at: "name")) }
  }

  /// How long a state must last to be one.
  private static let shortest = 1.1
  /// The same for a container that waits to be created.
  private static let shortestWait = 1.5

  /// The distinct values of a property with the times they were reached, without those that were
  /// too short to be seen.
  func series(until end: Double, _ value: (JSONValue) -> String) -> [(time: Double, value: String)]
  {
    var raw: [(time: Double, value: String)] = []
    for (time, object) in versions {
      let value = value(object)
      if raw.last?.value != value { raw.append((time, value)) }
    }
    var series: [(time: Double, value: String)] = []
    for (index, entry) in raw.enumerated() {
      let waits = ["waiting:ContainerCreating", "waiting:PodInitializing"].contains {
        entry.value.hasPrefix($0)
      }
      if index + 1 < raw.count,
        raw[index + 1].time - entry.time < (waits ? Self.shortestWait : Self.shortest)
      {
        continue
      }
      if series.last?.value != entry.value { series.append(entry) }
    }
    return series
  }

  /// The values of a property over the last seconds of the run.
  func window(_ size: Double, before end: Double, _ value: (JSONValue) -> String) -> [String] {
    versions.indices.compactMap { index in
      let next = index + 1 < versions.count ? versions[index + 1].time : end + 1
      return next >= end - size ? value(versions[index].object) : nil
    }
  }

  /// The statuses of all containers of a pod.
  static func containers(of pod: JSONValue) -> [JSONValue] {
    pod.list(at: "status.initContainerStatuses") + pod.list(at: "status.containerStatuses")
  }
}
