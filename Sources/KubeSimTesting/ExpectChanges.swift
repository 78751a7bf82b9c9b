import CustomDump
import IssueReporting
import KubeSim

/// The objects of one kind, by name, as a test expects them.
public struct ExpectedObjects<Object: APIObject>: Sendable {
  private var objects: [String: Object]

  init(_ objects: [Object], namespace: String) {
    self.objects = Dictionary(
      objects.filter { !Object.resource.isNamespaced || $0.metadata.namespace == namespace }
        .map { ($0.metadata.name, $0) }, uniquingKeysWith: { $1 })
  }

  /// The object of a name; nil for one that is not there.
  public subscript(name: String) -> Object? {
    get { objects[name] }
    set { objects[name] = newValue }
  }

  /// The names, sorted.
  public var names: [String] { objects.keys.sorted() }

  var dump: [String: AnyHashable] {
    objects.mapValues { object in
      var object = object
      object.metadata.resourceVersion = ResourceVersion()
      return object.json.plain
    }
  }
}

/// Checks that between two clusters the objects of a kind changed in just the way a closure says,
/// and in no other; shows a diff of what differs at the caller's line.
///
/// The closure gets the objects of `before` and turns them into those expected in `after`. Whatever it
/// does not mention must be unchanged. Resource versions are not compared.
///
/// ```swift
/// expectChanges(from: before, to: cluster, in: Deployment.self) {
///   $0["web"]?.spec.replicas = 5
///   $0["web"]?.metadata.generation = 2
/// }
/// ```
public func expectChanges<Object: APIObject>(
  from before: Cluster, to after: Cluster, in kind: Object.Type, namespace: String = "default",
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column, _ changes: (inout ExpectedObjects<Object>) throws -> Void
) rethrows {
  var expected = ExpectedObjects(before.all(kind), namespace: namespace)
  try changes(&expected)
  let actual = ExpectedObjects(after.all(kind), namespace: namespace)
  guard let difference = diff(expected.dump, actual.dump) else { return }
  reportIssue(
    """
    The \(Object.resource.plural) did not change as expected (seed \(after.seed)).

    \(difference)

    (Expected: −, Actual: +)
    """, fileID: fileID, filePath: filePath, line: line, column: column)
}

/// What changed between two clusters in the objects of a kind, as a diff for people; nil when nothing
/// did. Resource versions are not compared.
public func changes<Object: APIObject>(
  from before: Cluster, to after: Cluster, in kind: Object.Type, namespace: String = "default"
) -> String? {
  diff(
    ExpectedObjects(before.all(kind), namespace: namespace).dump,
    ExpectedObjects(after.all(kind), namespace: namespace).dump)
}

extension JSONValue {
  /// The value in Swift's own collections, which print well in a diff. Hashable, so that they are
  /// compared as what they are and not in the order in which a dictionary happens to be walked.
  var plain: AnyHashable {
    switch self {
    case .null: Optional<String>.none
    case .bool(let value): value
    case .int(let value): value
    case .double(let value): value
    case .string(let value): value
    case .array(let elements): elements.map(\.plain)
    case .object(let members):
      Dictionary(members.map { ($0.key, $0.value.plain) }, uniquingKeysWith: { $1 })
    }
  }
}
