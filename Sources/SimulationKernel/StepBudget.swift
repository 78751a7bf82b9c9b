/// A bound on a loop: how many turns it may still take, and who took the most.
public struct StepBudget<Key: Hashable & Sendable>: Sendable {
  /// How many turns the loop may take in all.
  public let limit: Int
  /// How many it has taken.
  public private(set) var used = 0
  private var turns: [Key: Int] = [:]

  /// A budget of this many turns.
  public init(limit: Int) { self.limit = limit }

  /// Gives the loop all its turns again.
  public mutating func renew() {
    used = 0
    if !turns.isEmpty { turns = [:] }
  }

  /// Takes one turn for a key; false when it was the last one, or there was none left.
  public mutating func spend(on key: Key) -> Bool {
    guard used < limit else { return false }
    used += 1
    // Who is hottest matters only near the end, so only the last turns are counted.
    if limit - used < 10_000 { turns[key, default: 0] += 1 }
    return used < limit
  }

  /// The key that took most of the last turns.
  public var hottest: Key? { turns.max { $0.value < $1.value }?.key }
}
