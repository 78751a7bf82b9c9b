import KubeModel

/// Why a pod fits on no node.
///
/// Follows `Diagnosis` and `FitError` in pkg/scheduler/framework/types.go (v1.36).
struct Diagnosis: Sendable {
  /// How many nodes there are.
  let nodeCount: Int
  /// Said of all nodes before any was looked at; nil when they were.
  var preliminary: String?
  /// Each reason with the number of nodes that gave it.
  private(set) var reasons: StringMap<Int> = [:]
  /// On how many nodes it would not help to remove pods.
  private(set) var unresolvableCount = 0
  /// The names of the plugins that rejected the pod.
  private(set) var plugins: [String] = []

  init(nodeCount: Int) { self.nodeCount = nodeCount }

  /// So many nodes gave this rejection.
  mutating func add(_ rejection: Rejection, count: Int) {
    for reason in rejection.reasons { reasons[reason, default: 0] += count }
    if rejection.isUnresolvable { unresolvableCount += count }
    if !plugins.contains(rejection.plugin) { plugins.append(rejection.plugin) }
  }

  /// A plugin rejected all nodes before any was looked at.
  mutating func reject(by plugin: String, _ message: String) {
    preliminary = message
    plugins.append(plugin)
  }

  /// The text of the Event and the condition.
  ///
  /// `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu.`, and then
  /// what came of preemption.
  func message(preemption policy: PreemptionPolicy?) -> String {
    guard nodeCount > 0 else { return "no nodes available to schedule pods" }
    // The step after the filters looks for what an earlier step would have left behind.
    if let preliminary { return "\(Self.head(nodeCount)) \(preliminary). not found" }
    return Self.text(nodeCount, reasons) + " no new claims to deallocate, "
      + preemptionText(policy)
  }

  private func preemptionText(_ policy: PreemptionPolicy?) -> String {
    if policy == .never { return "preemption: not eligible due to preemptionPolicy=Never." }
    var results: StringMap<Int> = [:]
    let others = nodeCount - unresolvableCount
    if others > 0 { results["No preemption victims found for incoming pod"] = others }
    if unresolvableCount > 0 {
      results["Preemption is not helpful for scheduling"] = unresolvableCount
    }
    return "preemption: " + Self.text(nodeCount, results)
  }

  private static func head(_ count: Int) -> String { "0/\(count) nodes are available:" }

  /// Entries are sorted as texts: `10 …` comes before `2 …`.
  private static func text(_ count: Int, _ reasons: StringMap<Int>) -> String {
    let entries = reasons.map { "\($0.value) \($0.key)" }.sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    return "\(head(count)) \(entries.joined(separator: ", "))."
  }
}
