/// Finds the slots of a table by a key that several objects may share.
///
/// Slots of one key come in rising order, in every process.
struct SlotIndex<Key: Hashable & Sendable>: Sendable {
  private var numbers: [Hashed<Key>: Int] = [:]  // Looked up, never walked.
  private var lists = ContiguousArray<ContiguousArray<UInt32>>()
  private var free: [Int] = []

  /// True when no key has a slot.
  var isEmpty: Bool { numbers.isEmpty }

  /// The slots of a key, rising.
  func slots(of key: Key) -> ContiguousArray<UInt32> {
    numbers[Hashed(key)].map { lists[$0] } ?? []
  }

  mutating func insert(_ slot: UInt32, for key: Key) {
    let key = Hashed(key)
    let number = numbers[key] ?? add(key)
    let position = Self.position(of: slot, in: lists[number])
    lists[number].insert(slot, at: position)
  }

  mutating func remove(_ slot: UInt32, for key: Key) {
    let key = Hashed(key)
    guard let number = numbers[key] else { return }
    let position = Self.position(of: slot, in: lists[number])
    guard position < lists[number].count, lists[number][position] == slot else { return }
    lists[number].remove(at: position)
    if lists[number].isEmpty {
      numbers[key] = nil
      free.append(number)
    }
  }

  private mutating func add(_ key: Hashed<Key>) -> Int {
    let number = free.popLast() ?? lists.count
    if number == lists.count { lists.append([]) }
    numbers[key] = number
    return number
  }

  private static func position(of slot: UInt32, in list: ContiguousArray<UInt32>) -> Int {
    if let last = list.last, last < slot { return list.count }
    var low = 0
    var high = list.count
    while low < high {
      let middle = (low + high) / 2
      if list[middle] < slot { low = middle + 1 } else { high = middle }
    }
    return low
  }

  var invariantCount: Int { lists.reduce(0) { $0 + $1.count } }
}
