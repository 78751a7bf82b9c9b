import KubeModel
import KubeSim
import SimulationKernel

/// Looks at a cluster as kubectl does.
///
/// ```swift
/// let views = Views(cluster)
/// try views.get("pods", output: .wide)          // a table, as text
/// try views.describe("deployment", ["web"])
/// try views.kubectl("get all -n shop")           // a command line
/// ```
///
/// Texts are those of kubectl v1.36, letter by letter, each line ended.
public struct Views: Sendable {
  /// All objects.
  public let store: Store
  /// When it is looked at; ages count from here.
  public let now: MicroTime

  /// How `get` shows objects.
  public enum Output: String, Sendable {
    /// The kind's columns.
    case table = ""
    /// The kind's columns and the wide ones.
    case wide
    /// `pod/web-0`, a line for each object.
    case name
    /// The objects in full.
    case json
  }

  /// A look at the cluster as it is now.
  public init(_ cluster: Cluster) {
    self.init(store: cluster.store, now: cluster.clock.microTime(cluster.now))
  }

  /// A look at these objects at this time.
  public init(store: Store, now: MicroTime) {
    self.store = store
    self.now = now
  }

  /// What `kubectl get` prints.
  ///
  /// - Parameters:
  ///   - kinds: `pods`, `po`, `deployments.apps`, several as `pods,services`, or `all`.
  ///   - names: Only objects of these names; empty for all.
  ///   - namespace: The namespace; nil for all of them.
  ///   - selector: Which labels the objects have.
  ///   - sortKey: A field by which rows are sorted, as `.lastTimestamp`; empty for by name.
  /// - Throws: NotFound for a name or kind that there is not.
  public func get(
    _ kinds: String, _ names: [String] = [], namespace: String? = "default",
    selector: Selector = .everything, output: Output = .table, sortedBy sortKey: String = ""
  ) throws(APIError) -> String {
    let kinds = try self.kinds(named: kinds)
    var groups: [(kind: any APIObject.Type, objects: [any APIObject])] = []
    for kind in kinds {
      var objects = try self.objects(kind, names, namespace, selector)
      if !sortKey.isEmpty { objects = SortKey(sortKey).sorted(objects) }
      if !objects.isEmpty { groups.append((kind, objects)) }
    }
    if output == .json { return json(groups.flatMap(\.objects), isSingle: names.count == 1) }
    guard !groups.isEmpty else { return nothingFound(kinds, namespace) }
    if output == .name {
      return groups.flatMap { group in
        group.objects.map { group.kind.resource.qualifiedSingular + "/" + $0.metadata.name + "\n" }
      }.joined()
    }
    return groups.map { kind, objects in
      table(of: objects, kind, namespace, isOneOfMany: kinds.count > 1, wide: output == .wide).text
    }.joined(separator: "\n")
  }

  /// Events as `kubectl get events` shows them, the earliest first.
  ///
  /// - Parameter namespace: The namespace; nil for all of them, with a column that tells them apart
  ///   when there are several.
  public func events(namespace: String? = nil, wide: Bool = false) -> String {
    let events = objects(Event.self, namespace).sortedByTime
    guard let first = events.first?.metadata.namespace else {
      return nothingFound([Event.self], namespace)
    }
    let isOne = events.allSatisfy { $0.metadata.namespace == first }
    return table(of: events, Event.self, isOne ? first : nil, isOneOfMany: false, wide: wide).text
  }

  private func table(
    of objects: [any APIObject], _ kind: any APIObject.Type, _ namespace: String?,
    isOneOfMany: Bool, wide: Bool
  ) -> Table {
    var table = Table(ofAny: objects, kind: kind, at: now, wide: wide)
    if isOneOfMany, let column = table.columns.firstIndex(where: { $0.name == "Name" }) {
      for row in table.rows.indices {
        let name = table.rows[row][column].text
        table.rows[row][column] = .text(kind.resource.qualifiedSingular + "/" + name)
      }
    }
    if namespace == nil, kind.resource.isNamespaced {
      table.columns.insert("Namespace", at: 0)
      for (row, object) in objects.enumerated() {
        table.rows[row].insert(.text(object.metadata.namespace), at: 0)
      }
    }
    return table
  }

  private func json(_ objects: [any APIObject], isSingle: Bool) -> String {
    if isSingle, objects.count == 1 { return objects[0].manifest.text(indent: 4) + "\n" }
    let list: JSONValue = [
      "apiVersion": "v1", "items": .array(objects.map(\.manifest)), "kind": "List",
      "metadata": ["resourceVersion": ""],
    ]
    return list.text(indent: 4) + "\n"
  }

  func nothingFound(_ kinds: [any APIObject.Type], _ namespace: String?) -> String {
    guard let namespace, kinds.contains(where: { $0.resource.isNamespaced }) else {
      return "No resources found\n"
    }
    return "No resources found in \(namespace) namespace.\n"
  }
}

extension Views {
  /// The kinds of `kubectl get all`, in the API's order.
  static let all: [any APIObject.Type] = [
    Pod.self, ReplicationController.self, Service.self, DaemonSet.self, Deployment.self,
    ReplicaSet.self, StatefulSet.self, HorizontalPodAutoscaler.self, CronJob.self, Job.self,
  ]

  /// The kinds that a user means by `pods,svc`, or by `all`.
  func kinds(named words: String) throws(APIError) -> [any APIObject.Type] {
    if words == "all" { return Self.all }
    var kinds: [any APIObject.Type] = []
    for word in words.split(separator: ",", omittingEmptySubsequences: false) {
      kinds.append(try kind(named: String(word)))
    }
    return kinds
  }

  /// The kind that a user means by a word.
  func kind(named word: String) throws(APIError) -> any APIObject.Type {
    if let kind = BuiltInKinds.type(named: word) { return kind }
    let wanted = word.lowercased()
    let own = store.allTables.map(\.objectType).first { kind in
      let resource = kind.resource
      return [resource.plural, resource.qualifiedName, resource.kind.lowercased()].contains(wanted)
        || resource.shortNames.contains(wanted)
    }
    guard let own else {
      throw APIError(
        code: 404, reason: .notFound,
        message: "the server doesn't have a resource type \"\(word)\"")
    }
    return own
  }

  /// The objects of a kind: those of these names, or all that the selector matches, by name.
  func objects(
    _ kind: any APIObject.Type, _ names: [String], _ namespace: String?, _ selector: Selector
  ) throws(APIError) -> [any APIObject] {
    func objects<Object: APIObject>(_ kind: Object.Type) throws(APIError) -> [any APIObject] {
      if names.isEmpty {
        return self.objects(kind, namespace).filter { selector.matches($0.metadata.labels) }
      }
      var found: [any APIObject] = []
      for name in names {
        let scope = Object.resource.isNamespaced ? namespace ?? "default" : ""
        guard let key = store.key(kind, scope, name), let object = store[kind, key] else {
          throw .notFound(Object.resource, name)
        }
        found.append(object)
      }
      return found
    }
    return try objects(kind)
  }

  /// The objects of a kind in a namespace, or in all, by namespace and name.
  func objects<Object: APIObject>(_ kind: Object.Type, _ namespace: String?) -> [Object] {
    let table = store[kind]
    return table.keys.compactMap { table[$0] }
      .filter {
        namespace == nil || !Object.resource.isNamespaced || $0.metadata.namespace == namespace
      }
      .sorted {
        ($0.metadata.namespace, $0.metadata.name) < ($1.metadata.namespace, $1.metadata.name)
      }
  }
}

extension APIResource {
  /// `pod`, `deployment.apps`: how kubectl names the kind before an object's name.
  var qualifiedSingular: String {
    group.isEmpty ? kind.lowercased() : kind.lowercased() + "." + group
  }
}

extension [Event] {
  /// The Events by the second in which they were last seen, the earliest first; within a second by
  /// what their names end in, the time of creation.
  var sortedByTime: [Event] {
    sorted {
      ($0.lastSecond, $0.metadata.name.afterLastDot) < (
        $1.lastSecond, $1.metadata.name.afterLastDot
      )
    }
  }
}

extension Event {
  private static let never = Timestamp(unixSeconds: 0)

  /// When it was last seen.
  fileprivate var lastSecond: Timestamp {
    self.series?.lastObservedTime?.wholeSeconds ?? self.lastTimestamp ?? self.firstTimestamp
      ?? self.eventTime?.wholeSeconds ?? Self.never
  }
}

extension String {
  fileprivate var afterLastDot: Substring { split(separator: ".").last ?? "" }
}
