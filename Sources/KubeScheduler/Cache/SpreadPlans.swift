import KubeModel

/// The topology spread constraints of pods, with selectors resolved; one plan for all pods that
/// have shape, labels and owner in common.
struct SpreadPlans: Sendable {
  struct Plan: Sendable {
    /// Constraints that must hold (`DoNotSchedule`).
    var hard: [Term] = []
    /// Constraints that are wishes (`ScheduleAnyway`).
    var soft: [Term] = []
    /// False for the system's own constraints, which also look at nodes that lack a label.
    var demandsAllLabels = true
    /// Held so that its identity, which is part of the key, is not used again.
    var shape: PodShape?
    /// Held likewise.
    var group: Int32 = -1
  }

  /// One constraint.
  struct Term: Sendable {
    let topology: Int32
    let counter: Int32
    /// The sums over places; nil where the counts of single nodes will do.
    let tally: Int32?
    let maxSkew: Int32
    let minDomains: Int32
    /// Whether the pod is one of those that are counted.
    let matchesItself: Bool
  }

  struct Key: Hashable, Sendable {
    let shape: ObjectIdentifier
    let group: Int32
    let owner: UID

    init(_ pod: WaitingPod) {
      shape = ObjectIdentifier(pod.shape)
      group = pod.group
      owner = pod.pod.metadata.controllerRef?.uid ?? UID()
    }
  }

  private var numbers: [Key: Int] = [:]  // Looked up, never walked.
  private(set) var plans: ContiguousArray<Plan> = []

  func number(_ key: Key) -> Int? { numbers[key] }

  mutating func insert(_ plan: Plan, for key: Key) -> Int {
    numbers[key] = plans.count
    plans.append(plan)
    return plans.count - 1
  }
}
