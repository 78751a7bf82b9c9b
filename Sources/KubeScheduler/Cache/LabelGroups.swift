import KubeModel
import SimulationKernel

/// The sets of labels that pods have, each with a number, so that selectors are matched once for
/// all pods of a template.
struct LabelGroups: Sendable {
  struct Group: Sendable {
    let namespace: String
    let labels: StringMap<String>
    /// How many pods hold the number.
    var references = 0
    /// The counters whose selectors match.
    var counters: [Int32] = []
    /// What it is looked up by, and the next group of the same fingerprint; -1 for none.
    let fingerprint: Fingerprint
    var next: Int32
  }

  /// A number that is equal for equal sets of labels, and seldom for others. It is its own hash.
  struct Fingerprint: Hashable, Sendable {
    private let number: UInt64

    init(_ namespace: String, _ labels: StringMap<String>) {
      var number = namespace.bytesHash(seed: 0)
      for (_, value) in labels { number = value.bytesHash(seed: number) }
      self.number = number
    }

    func _rawHashValue(seed: Int) -> Int {
      Int(truncatingIfNeeded: mix(number ^ UInt64(bitPattern: Int64(seed))))
    }
  }

  private(set) var groups: ContiguousArray<Group> = []
  /// The first group of each fingerprint.
  private var heads: [Fingerprint: Int32] = [:]  // Looked up, never walked.
  private var free: [Int32] = []

  /// The group of a pod, and whether it is new; the pod holds it until it releases it.
  mutating func hold(_ metadata: ObjectMeta) -> (group: Int32, isNew: Bool) {
    let (namespace, labels) = (metadata.namespace, metadata.labels)
    let fingerprint = Fingerprint(namespace, labels)
    let head = heads[fingerprint] ?? -1
    var known = head
    while known >= 0 {
      if groups[Int(known)].namespace == namespace && groups[Int(known)].labels == labels {
        groups[Int(known)].references += 1
        return (known, false)
      }
      known = groups[Int(known)].next
    }
    let group = Group(
      namespace: namespace, labels: labels, references: 1, fingerprint: fingerprint, next: head)
    let number = free.popLast() ?? Int32(groups.count)
    if Int(number) == groups.count { groups.append(group) } else { groups[Int(number)] = group }
    heads[fingerprint] = number
    return (number, true)
  }

  mutating func release(_ number: Int32) {
    let index = Int(number)
    groups[index].references -= 1
    guard groups[index].references == 0 else { return }
    let (fingerprint, next) = (groups[index].fingerprint, groups[index].next)
    var former = heads[fingerprint] ?? -1
    if former == number {
      heads[fingerprint] = next < 0 ? nil : next
    } else {
      while groups[Int(former)].next != number { former = groups[Int(former)].next }
      groups[Int(former)].next = next
    }
    free.append(number)
  }

  /// Says which counters match a group.
  mutating func setCounters(_ counters: [Int32], of number: Int32) {
    groups[Int(number)].counters = counters
  }

  mutating func addCounter(_ counter: Int32, to number: Int32) {
    groups[Int(number)].counters.append(counter)
  }

  mutating func forgetCounters() {
    for index in groups.indices { groups[index].counters = [] }
  }
}
