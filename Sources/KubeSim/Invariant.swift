import KubeModel
import SimulationKernel

/// Something that shall hold after every step of a run.
public struct Invariant: Sendable {
  /// What holds, in words.
  public let name: String
  /// Whether it holds.
  public let holds: @Sendable (borrowing Cluster) -> Bool
}

/// The first step after which an invariant no longer held.
public struct BrokenInvariant: Error, Sendable, CustomStringConvertible {
  /// What should have held.
  public let name: String
  /// When it was broken.
  public let time: Instant
  /// The step that broke it; nil when no step was recorded yet.
  public let step: Step?
  /// What caused the step, back to the beginning.
  public let causes: [Step]
  /// The seed that repeats the run.
  public let seed: UInt64

  /// The text: what, when, by whom, why.
  public var description: String {
    var text = "\"\(name)\" was broken at \(time.text) (seed \(seed))"
    if let step { text += "\n  by       \(step.line)" }
    for cause in causes.dropFirst() { text += "\n  because  \(cause.line)" }
    return text
  }
}

extension Cluster {
  /// From now on, checks after every step that something holds; the run that breaks it throws
  /// `RunError.broken`.
  public mutating func always(
    _ name: String, _ holds: @escaping @Sendable (borrowing Cluster) -> Bool
  ) {
    invariants.append(Invariant(name: name, holds: holds))
  }

  /// Checks no longer what `always` was told under this name.
  public mutating func forget(_ name: String) { invariants.removeAll { $0.name == name } }

  mutating func checkInvariants() {
    guard !invariants.isEmpty, broken == nil else { return }
    for invariant in invariants where !invariant.holds(self) {
      let chain = trace.chain(from: trace.last)
      broken = BrokenInvariant(
        name: invariant.name, time: now, step: chain.first, causes: chain, seed: seed)
      return
    }
  }
}
