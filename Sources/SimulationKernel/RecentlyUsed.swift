/// A dictionary that keeps only the keys used most recently, as an LRU cache does.
///
/// - Complexity: each operation is one look-up; no walk.
public struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Node: Sendable {
    var key: Key
    var value: Value
    var older: Int
    var newer: Int
  }

  /// How many keys are kept.
  public let capacity: Int
  private var places: [Key: Int] = [:]  // Looked up, never walked.
  private var nodes: ContiguousArray<Node> = []
  private var oldest = -1
  private var newest = -1

  /// An empty cache of this many keys.
  public init(capacity: Int) { self.capacity = max(1, capacity) }

  /// The value of a key, or nil; using it makes it the newest. Assigning nil does nothing.
  public subscript(key: Key) -> Value? {
    mutating get {
      guard let place = places[key] else { return nil }
      moveToFront(place)
      return nodes[place].value
    }
    set {
      guard let newValue else { return }
      if let place = places[key] {
        nodes[place].value = newValue
        moveToFront(place)
      } else {
        insert(key, newValue)
      }
    }
  }

  private mutating func insert(_ key: Key, _ value: Value) {
    if nodes.count < capacity {
      nodes.append(Node(key: key, value: value, older: -1, newer: -1))
      places[key] = nodes.count - 1
      link(nodes.count - 1)
    } else {
      let place = oldest
      unlink(place)
      places[nodes[place].key] = nil
      nodes[place] = Node(key: key, value: value, older: -1, newer: -1)
      places[key] = place
      link(place)
    }
  }

  private mutating func moveToFront(_ place: Int) {
    guard place != newest else { return }
    unlink(place)
    link(place)
  }

  private mutating func link(_ place: Int) {
    nodes[place].older = newest
    nodes[place].newer = -1
    if newest >= 0 { nodes[newest].newer = place } else { oldest = place }
    newest = place
  }

  private mutating func unlink(_ place: Int) {
    let (older, newer) = (nodes[place].older, nodes[place].newer)
    if older >= 0 { nodes[older].newer = newer } else { oldest = newer }
    if newer >= 0 { nodes[newer].older = older } else { newest = older }
  }
}
