import OrderedCollections

/// The members of a JSON object, in the order in which they were written.
///
/// Two objects are equal when they have the same members, in whatever order.
public struct JSONObject: Sendable {
  private var members: OrderedDictionary<String, JSONValue>

  /// No members.
  public init() { members = [:] }

  /// These members; of two with one key the later one stays.
  public init(_ members: some Sequence<(String, JSONValue)>) {
    self.members = OrderedDictionary(members, uniquingKeysWith: { $1 })
  }

  /// True when there are no members.
  public var isEmpty: Bool { members.isEmpty }

  /// How many members there are.
  public var count: Int { members.count }

  /// The keys in their order.
  public var keys: [String] { Array(members.keys) }

  /// The value of a key; assigning nil takes the member out. A new member goes last.
  public subscript(key: String) -> JSONValue? {
    get { members[key] }
    _modify { yield &members[key] }
  }

  /// Takes a member out and returns its value.
  @discardableResult public mutating func removeValue(forKey key: String) -> JSONValue? {
    members.removeValue(forKey: key)
  }
}

extension JSONObject: Hashable {
  /// True when both have the same members, in whatever order.
  public static func == (left: Self, right: Self) -> Bool {
    left.count == right.count && left.members.allSatisfy { right.members[$0.key] == $0.value }
  }

  /// Feeds the members in the order of their keys.
  public func hash(into hasher: inout Hasher) {
    for key in members.keys.sorted() {
      hasher.combine(key)
      hasher.combine(members[key])
    }
  }
}

extension JSONObject: Sequence {
  /// Walks the members in their order.
  public func makeIterator() -> AnyIterator<(key: String, value: JSONValue)> {
    var base = members.makeIterator()
    return AnyIterator { base.next() }
  }
}
