/// A dictionary that keeps only the keys used most recently, as an LRU cache does.
///
/// - Complexity: each operation is one look-up; no walk.
public struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  @usableFromInline struct Node: Sendable {
    @usableFromInline let key: Key
    @usableFromInline var value: Value
    @usableFromInline let hash: Int
    /// The next node of the same bucket.
    @usableFromInline var next = -1
    @usableFromInline var older = -1
    @usableFromInline var newer = -1

    @usableFromInline init(key: Key, value: Value, hash: Int) {
      self.key = key
      self.value = value
      self.hash = hash
    }
  }

  /// How many keys are kept.
  public let capacity: Int
  // Keys lie in their nodes alone, where they are compared in place; a dictionary of them would copy
  // a key for each comparison.
  @usableFromInline var nodes: ContiguousArray<Node> = []
  /// The first node of each bucket. A power of two of them.
  @usableFromInline var buckets: ContiguousArray<Int> = []
  @usableFromInline var oldest = -1
  @usableFromInline var newest = -1

  /// An empty cache of this many keys.
  @inlinable public init(capacity: Int) { self.capacity = max(1, capacity) }

  /// The value of a key, or nil; using it makes it the newest. Assigning nil does nothing.
  @inlinable public subscript(key: Key) -> Value? {
    mutating get {
      guard let place = place(of: key, Self.hash(key)) else { return nil }
      moveToFront(place)
      return nodes[place].value
    }
    set {
      guard let newValue else { return }
      modify(key, default: newValue) { $0 = newValue }
    }
  }

  /// Changes the value of a key in place, which is `fallback` when there is none yet; the key is the
  /// newest afterwards. One look-up instead of two.
  @inlinable public mutating func modify<Result>(
    _ key: Key, default fallback: @autoclosure () -> Value, _ body: (inout Value) -> Result
  ) -> Result {
    let hash = Self.hash(key)
    if let place = place(of: key, hash) {
      moveToFront(place)
    } else {
      insert(Node(key: key, value: fallback(), hash: hash))
    }
    return body(&nodes[newest].value)
  }

  /// Changes the value used last in place; nothing happens when there is none.
  @inlinable public mutating func modifyNewest(_ body: (inout Value) -> Void) {
    if newest >= 0 { body(&nodes[newest].value) }
  }

  @inlinable static func hash(_ key: Key) -> Int { key._rawHashValue(seed: 0) }

  @inlinable func place(of key: Key, _ hash: Int) -> Int? {
    if buckets.isEmpty { return nil }
    var place = buckets[bucket(hash)]
    while place >= 0 {
      if nodes[place].hash == hash, nodes[place].key == key { return place }
      place = nodes[place].next
    }
    return nil
  }

  @inlinable mutating func insert(_ node: consuming Node) {
    var place = nodes.count
    if place < capacity {
      nodes.append(node)
      if nodes.count > buckets.count { widen() } else { chain(place) }
    } else {
      place = oldest
      unlink(place)
      unchain(place)
      nodes[place] = node
      chain(place)
    }
    link(place)
  }

  @inlinable mutating func moveToFront(_ place: Int) {
    guard place != newest else { return }
    unlink(place)
    link(place)
  }

  // MARK: the order of use

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

  // MARK: the buckets

  @inlinable func bucket(_ hash: Int) -> Int { hash & (buckets.count - 1) }

  @inlinable mutating func chain(_ place: Int) {
    let bucket = bucket(nodes[place].hash)
    nodes[place].next = buckets[bucket]
    buckets[bucket] = place
  }

  @inlinable mutating func unchain(_ place: Int) {
    let bucket = bucket(nodes[place].hash)
    if buckets[bucket] == place {
      buckets[bucket] = nodes[place].next
      return
    }
    var before = buckets[bucket]
    while nodes[before].next != place { before = nodes[before].next }
    nodes[before].next = nodes[place].next
  }

  @inlinable mutating func widen() {
    buckets = ContiguousArray(repeating: -1, count: max(16, buckets.count * 2))
    for place in nodes.indices { chain(place) }
  }
}
