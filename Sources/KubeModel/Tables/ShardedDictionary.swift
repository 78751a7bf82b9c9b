/// A dictionary in 64 shards, so that the first write after a fork copies one of them.
///
/// It is looked up and never walked: the order of a hashed collection changes from process to
/// process.
struct ShardedDictionary<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private var shards = ContiguousArray<[Hashed<Key>: Value]>(repeating: [:], count: 64)
  private(set) var count = 0

  subscript(key: Key) -> Value? {
    get {
      let key = Hashed(key)
      return shards[Self.shard(of: key)][key]
    }
    set { modify(key) { $0 = newValue } }
  }

  /// Changes what a key has in place, nil for nothing.
  mutating func modify(_ key: Key, _ body: (inout Value?) -> Void) {
    let key = Hashed(key)
    let shard = Self.shard(of: key)
    let before = shards[shard].count
    body(&shards[shard][key])
    count += shards[shard].count - before
  }

  private static func shard(of key: Hashed<Key>) -> Int {
    // The low bits choose the bucket inside the shard, so the shard is chosen by high ones.
    Int(key.hash >> 58)
  }
}
