import Atomics
import IssueReporting
import KubeSim

#if canImport(Dispatch)
  import Dispatch
#endif

/// Runs a body once for each seed, on all cores, and reports the smallest seed that fails at the
/// caller's line, with what it threw.
///
/// ```swift
/// expectEverySeed(in: 0..<1_000) { seed in
///   var cluster = Cluster(nodes: 3, seed: seed)
///   cluster.always("never below four") { … }
///   try cluster.run(for: .minutes(2))
/// }
/// ```
///
/// Which core runs which seed differs from run to run; the result does not, since each seed's run is
/// its own.
///
/// - Returns: the smallest failing seed, or nil.
@discardableResult public func expectEverySeed(
  in seeds: Range<UInt64>, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
  line: UInt = #line, column: UInt = #column,
  _ body: @escaping @Sendable (_ seed: UInt64) throws -> Void
) -> UInt64? {
  let next = ManagedAtomic(seeds.lowerBound)
  let worst = ManagedAtomic(seeds.upperBound)
  DispatchQueue.concurrentPerform(iterations: seeds.isEmpty ? 0 : workers) { _ in
    while true {
      let seed = next.loadThenWrappingIncrement(ordering: .relaxed)
      // Beyond a seed that failed only smaller ones are of interest.
      guard seed < worst.load(ordering: .relaxed) else { return }
      do { try body(seed) } catch { worst.lower(to: seed) }
    }
  }
  let seed = worst.load(ordering: .relaxed)
  guard seed < seeds.upperBound else { return nil }
  // The run is repeatable: once more, for its error.
  var reason = "it failed once, but not again: its body is not repeatable"
  do { try body(seed) } catch { reason = "\(error)" }
  reportIssue(
    "Seed \(seed) fails: \(reason)\nRepeat it with `Cluster(…, seed: \(seed))`.", fileID: fileID,
    filePath: filePath, line: line, column: column)
  return seed
}

/// More than there are cores does no harm: a worker without seeds ends at once.
private let workers = 16

extension ManagedAtomic where Value == UInt64 {
  fileprivate func lower(to value: UInt64) {
    var present = load(ordering: .relaxed)
    while value < present {
      let (done, found) = compareExchange(expected: present, desired: value, ordering: .relaxed)
      if done { return }
      present = found
    }
  }
}
