/// A small map with string keys, kept sorted by key (UTF-8 byte order).
///
/// The form of labels, annotations and resource lists. Unlike a dictionary it walks in the same
/// order in every process, which replay depends on. Two maps are equal when they hold the same
/// pairs.
///
/// - Complexity: Look-up is O(log n) string comparisons, insertion and removal O(n) moves; meant
///   for some dozens of pairs.
public struct StringMap<Value: Sendable>: Sendable {
  @usableFromInline var pairs: ContiguousArray<Pair>

  @usableFromInline struct Pair: Sendable {
    @usableFromInline let key: String
    @usableFromInline var value: Value
    @usableFromInline init(key: String, value: Value) {
      self.key = key
      self.value = value
    }
  }

  /// An empty map.
  @inlinable public init() { pairs = [] }

  /// A map of these pairs; of two pairs with one key the later one stays.
  public init(_ pairs: some Sequence<(String, Value)>) {
    self.init()
    for (key, value) in pairs { self[key] = value }
  }

  /// True when there is no pair.
  @inlinable public var isEmpty: Bool { pairs.isEmpty }

  /// How many pairs there are.
  @inlinable public var count: Int { pairs.count }

  /// The keys, sorted.
  public var keys: [String] { pairs.map(\.key) }

  /// The values, in the order of their keys.
  public var values: [Value] { pairs.map(\.value) }

  /// The value of a key; assigning nil takes the pair out.
  @inlinable public subscript(key: String) -> Value? {
    get {
      let (index, found) = position(of: key)
      return found ? pairs[index].value : nil
    }
    set {
      let (index, found) = position(of: key)
      switch (newValue, found) {
      case (let value?, true): pairs[index].value = value
      case (let value?, false): pairs.insert(Pair(key: key, value: value), at: index)
      case (nil, true): pairs.remove(at: index)
      case (nil, false): break
      }
    }
  }

  /// The value of a key, or a default; changing it in place inserts the pair.
  public subscript(key: String, default fallback: @autoclosure () -> Value) -> Value {
    get { self[key] ?? fallback() }
    set { self[key] = newValue }
  }

  /// Takes a pair out and returns its value.
  @discardableResult public mutating func removeValue(forKey key: String) -> Value? {
    let (index, found) = position(of: key)
    return found ? pairs.remove(at: index).value : nil
  }

  /// Makes room for this many pairs, so that they are put in without moving the others again.
  @inlinable public mutating func reserveCapacity(_ count: Int) { pairs.reserveCapacity(count) }

  /// Puts all pairs of the other map in; for a key in both, the other's value stays.
  @_specialize(where Value == String)
  @_specialize(where Value == Quantity)
  public mutating func merge(_ other: StringMap) {
    for pair in other.pairs { self[pair.key] = pair.value }
  }

  /// The pairs that pass a test.
  public func filter(_ isIncluded: ((key: String, value: Value)) throws -> Bool) rethrows -> Self {
    var result = Self()
    for pair in pairs where try isIncluded((pair.key, pair.value)) { result.pairs.append(pair) }
    return result
  }

  /// The same keys with other values.
  public func mapValues<Other>(_ transform: (Value) throws -> Other) rethrows -> StringMap<Other> {
    var result = StringMap<Other>()
    for pair in pairs {
      result.pairs.append(.init(key: pair.key, value: try transform(pair.value)))
    }
    return result
  }

  @_specialize(where Value == String)
  @_specialize(where Value == Quantity)
  @inlinable func position(of key: String) -> (index: Int, found: Bool) {
    // Maps are short: a linear walk beats a binary search, and most looks are for the first keys.
    var index = 0
    while index < pairs.count, pairs[index].key < key { index += 1 }
    return (index, index < pairs.count && pairs[index].key == key)
  }
}

extension StringMap: Equatable where Value: Equatable {
  /// True when both hold the same pairs; O(1) when they share storage.
  @inlinable public static func == (left: Self, right: Self) -> Bool {
    guard left.pairs.count == right.pairs.count else { return false }
    let shared = left.pairs.withUnsafeBufferPointer { one in
      right.pairs.withUnsafeBufferPointer { two in one.baseAddress == two.baseAddress }
    }
    if shared { return true }
    for (one, two) in zip(left.pairs, right.pairs)
    where one.key != two.key || one.value != two.value {
      return false
    }
    return true
  }
}

extension StringMap: Hashable where Value: Hashable {
  /// Feeds all pairs, in order.
  public func hash(into hasher: inout Hasher) {
    for pair in pairs {
      hasher.combine(pair.key)
      hasher.combine(pair.value)
    }
  }
}

extension StringMap: Sequence {
  /// Walks the pairs in the order of their keys.
  public struct Iterator: IteratorProtocol {
    @usableFromInline var base: ContiguousArray<Pair>.Iterator

    @inlinable init(base: ContiguousArray<Pair>.Iterator) { self.base = base }

    /// The next pair.
    @inlinable public mutating func next() -> (key: String, value: Value)? {
      base.next().map { ($0.key, $0.value) }
    }
  }

  /// Walks the pairs in the order of their keys.
  @inlinable public func makeIterator() -> Iterator { Iterator(base: pairs.makeIterator()) }
}

extension StringMap: ExpressibleByDictionaryLiteral {
  /// A map of these pairs; of two pairs with one key the later one stays.
  @inlinable public init(dictionaryLiteral elements: (String, Value)...) {
    self.init()
    for (key, value) in elements { self[key] = value }
  }
}
