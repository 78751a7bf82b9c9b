import KubeModel
import KubeReconcile
import SimulationKernel

/// All that the scheduler knows of the cluster: the nodes, and for each pod where it stands.
///
/// Unlike upstream's cache it is never copied for a cycle: what was computed about a node is kept
/// until the node changes.
struct ClusterCache: Sendable {
  var nodes = NodeTable()
  var spread = SpreadTable()
  var spreadPlans = SpreadPlans()
  /// The pods that have a node and wait for their volumes, in the order of their decisions.
  var volumeBindings: [PendingVolumeBinding] = []
  private(set) var groups = LabelGroups()
  private var shapes = ShapeTable()
  private var records = PagedArray<PodRecord?>()

  /// What is remembered of a pod.
  struct PodRecord: Sendable {
    let serial: UInt32
    let shape: PodShape
    /// The number of its set of labels.
    var group: Int32
    /// The node on which it stands, or is about to stand; -1 for none.
    var node: Int32 = -1
    /// True while it counts in topology spreading: on a node and not being deleted.
    var isCounted = false
    /// True until the binding is seen in the pod.
    var isAssumed = false
  }

  /// What is remembered of the pod of a key.
  func record(_ key: ObjectKey) -> PodRecord? {
    let slot = Int(key.slot)
    guard slot < records.count, let record = records[slot], record.serial == key.serial else {
      return nil
    }
    return record
  }

  /// Remembers a pod, or what changed of it, but not where it stands.
  @discardableResult mutating func remember(_ key: ObjectKey, _ pod: Pod) -> PodRecord {
    if let known = record(key) {
      let group = Int(known.group)
      let isSame =
        known.shape.fits(pod.$spec) && groups.groups[group].labels == pod.metadata.labels
        && groups.groups[group].namespace == pod.metadata.namespace
      if isSame { return known }
      forget(key)
    }
    let slot = Int(key.slot)
    while records.count <= slot { records.append(nil) }
    if let former = records[slot] { drop(former, slot) }
    let record = PodRecord(
      serial: key.serial, shape: shapes.shape(of: pod), group: hold(pod.metadata))
    records[slot] = record
    return record
  }

  /// Forgets a pod and frees what it takes.
  mutating func forget(_ key: ObjectKey) {
    if let record = record(key) { drop(record, Int(key.slot)) }
  }

  /// Puts a pod on a node.
  mutating func place(_ key: ObjectKey, at node: Int, isAssumed: Bool, isCounted: Bool) {
    guard var record = record(key), record.node < 0 else { return }
    nodes.add(record.shape, at: node)
    record.node = Int32(node)
    record.isAssumed = isAssumed
    records[Int(key.slot)] = record
    setCounted(key, isCounted)
  }

  /// Takes a pod off its node; it stays remembered.
  mutating func unplace(_ key: ObjectKey) {
    setCounted(key, false)
    guard var record = record(key), record.node >= 0 else { return }
    nodes.remove(record.shape, at: Int(record.node))
    record.node = -1
    record.isAssumed = false
    records[Int(key.slot)] = record
  }

  /// The binding of an assumed pod was seen.
  mutating func confirm(_ key: ObjectKey) { records[Int(key.slot)]?.isAssumed = false }

  /// Says whether a pod on a node counts in topology spreading.
  mutating func setCounted(_ key: ObjectKey, _ isCounted: Bool) {
    guard var record = record(key), record.node >= 0, record.isCounted != isCounted else { return }
    record.isCounted = isCounted
    records[Int(key.slot)] = record
    spread.count(
      by: isCounted ? 1 : -1, at: Int(record.node), groups.groups[Int(record.group)].counters)
  }

  /// The counter of the pods that a selector matches; counts them when it is new.
  ///
  /// - Complexity: O(1) for a counter that is there, else O(pods + sets of labels).
  mutating func counter(_ namespace: String, _ selector: Selector) -> Int32 {
    let (counter, isNew) = spread.counter(namespace, selector, nodes: nodes.infos.count)
    guard isNew else { return counter }
    let matches = groups.groups.map {
      $0.references > 0 && $0.namespace == namespace && selector.matches($0.labels)
    }
    for number in matches.indices where matches[number] {
      groups.addCounter(counter, to: Int32(number))
    }
    for slot in 0..<records.count {
      guard let record = records[slot], record.isCounted, matches[Int(record.group)] else {
        continue
      }
      spread.addInitial(1, to: counter, at: Int(record.node))
    }
    return counter
  }

  /// Holds a group for a plan, so that its number is not used again.
  mutating func holdGroup(_ metadata: ObjectMeta) -> Int32 { hold(metadata) }
  mutating func releaseGroup(_ number: Int32) { groups.release(number) }

  /// Forgets all counters; they are made anew when they are needed.
  mutating func forgetCounters() {
    spread = SpreadTable()
    groups.forgetCounters()
  }

  private mutating func hold(_ metadata: ObjectMeta) -> Int32 {
    let (group, isNew) = groups.hold(metadata)
    if isNew {
      groups.setCounters(spread.matching(metadata.namespace, metadata.labels), of: group)
    }
    return group
  }

  private mutating func drop(_ record: PodRecord, _ slot: Int) {
    if record.node >= 0 {
      let node = Int(record.node)
      nodes.remove(record.shape, at: node)
      if record.isCounted {
        spread.count(by: -1, at: node, groups.groups[Int(record.group)].counters)
      }
    }
    groups.release(record.group)
    records[slot] = nil
  }
}
