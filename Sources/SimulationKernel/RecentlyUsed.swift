/// A dictionary that keeps only the keys used most recently, as an LRU cache does.
///
/// - Complexity: each operation is one look-up; no walk.
public struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  @usableFromInline struct Node: Sendable {
    @usableFromInline var key: Key
    @usableFromInline var value: Value
    @usableFromInline var older: Int
    @usableFromInline var newer: Int

    @usableFromInline init(key: Key, value: Value) {
      self.key = key
      self.value = value
      older = -1
      newer = -1
    }
  }

  /// How many keys are kept.
  public let capacity: Int
  @usableFromInline var places: [Key: Int] = [:]  // Looked up, never walked.
  @usableFromInline var nodes: ContiguousArray<Node> = []
  @usableFromInline var oldest = -1
  @usableFromInline var newest = -1

  /// An empty cache of this many keys.
  @inlinable public init(capacity: Int) { self.capacity = max(1, capacity) }

  /// The value of a key, or nil; using it makes it the newest. Assigning nil does nothing.
  @inlinable public subscript(key: Key) -> Value? {
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

  /// Changes the value of a key in place, which is `fallback` when there is none yet; the key is the
  /// newest afterwards. One look-up instead of two.
  @inlinable public mutating func modify<Result>(
    _ key: Key, default fallback: @autoclosure () -> Value, _ body: (inout Value) -> Result
  ) -> Result {
    if let place = places[key] {
      moveToFront(place)
      return body(&nodes[place].value)
    }
    insert(key, fallback())
    return body(&nodes[newest].value)
  }

  /// Changes the value used last in place; nothing happens when there is none.
  @inlinable public mutating func modifyNewest(_ body: (inout Value) -> Void) {
    if newest >= 0 { body(&nodes[newest].value) }
  }

  @inlinable mutating func insert(_ key: Key, _ value: Value) {
    if nodes.count < capacity {
      nodes.append(Node(key: key, value: value))
      places[key] = nodes.count - 1
      link(nodes.count - 1)
    } else {
      let place = oldest
      unlink(place)
      places[nodes[place].key] = nil
      nodes[place] = Node(key: key, value: value)
      places[key] = place
      link(place)
    }
  }

  @inlinable mutating func moveToFront(_ place: Int) {
    guard place != newest else { return }
    unlink(place)
    link(place)
  }

  @inlinable mutating func link(_ place: Int) {
    nodes[place].older = newest
    nodes[place].newer = -1
    if newest >= 0 { nodes[newest].newer = place } else { oldest = place }
    newest = place
  }

  @inlinable mutating func unlink(_ place: Int) {
    let (older, newer) = (nodes[place].older, nodes[place].newer)
    if older >= 0 { nodes[older].newer = newer } else { oldest = newer }
    if newer >= 0 { nodes[newer].older = older } else { newest = older }
  }
}
