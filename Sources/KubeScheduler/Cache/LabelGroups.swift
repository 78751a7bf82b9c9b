import KubeModel

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
  }

  private struct Key: Hashable, Sendable {
    let namespace: String
    let labels: StringMap<String>
  }

  private(set) var groups: ContiguousArray<Group> = []
  private var numbers: [Key: Int32] = [:]  // Looked up, never walked.
  private var free: [Int32] = []

  /// The group of a pod, and whether it is new; the pod holds it until it releases it.
  mutating func hold(_ metadata: ObjectMeta) -> (group: Int32, isNew: Bool) {
    let key = Key(namespace: metadata.namespace, labels: metadata.labels)
    if let number = numbers[key] {
      groups[Int(number)].references += 1
      return (number, false)
    }
    let group = Group(namespace: key.namespace, labels: key.labels, references: 1)
    let number = free.popLast() ?? Int32(groups.count)
    if Int(number) == groups.count { groups.append(group) } else { groups[Int(number)] = group }
    numbers[key] = number
    return (number, true)
  }

  mutating func release(_ number: Int32) {
    let index = Int(number)
    groups[index].references -= 1
    guard groups[index].references == 0 else { return }
    numbers[Key(namespace: groups[index].namespace, labels: groups[index].labels)] = nil
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
