import KubeModel

/// The conditions of a pod while the kubelet puts in its own: in its order, behind those of others.
///
/// Mostly each is there already, at its place, and the list stays the very same; it is made anew from
/// the first difference on.
struct OwnConditions {
  private let old: [PodCondition]
  private let generation: Int64
  private let time: Timestamp
  /// Where the kubelet's own ones begin in the old list.
  private let begin: Int
  /// How many were put in.
  private var count = 0
  /// The new list, once it is another.
  private var new: [PodCondition]?

  /// The kubelet has put in none yet; what becomes different does so at this time.
  init(among list: [PodCondition], generation: Int64, at time: Timestamp) {
    old = list
    self.generation = generation
    self.time = time
    begin = list.indices.first { PodConditionRules.isOwned(list[$0].type) } ?? list.count
  }

  /// Puts a condition in; it keeps the time at which it became what it is.
  @inline(__always) mutating func put(_ finding: ConditionFinding) {
    if !isThere(finding) { add(finding) }
    count += 1
  }

  /// True when nothing has to be changed for a finding.
  @inline(__always) private func isThere(_ finding: ConditionFinding) -> Bool {
    let place = begin + count
    return new == nil && place < old.count && old[place].type == finding.type
      && old[place].status == finding.status && old[place].reason == finding.reason
      && old[place].message == finding.message
      && old[place].observedGeneration == finding.generation ?? generation
      && old[place].lastProbeTime == nil
  }

  @inline(never) private mutating func add(_ finding: ConditionFinding) {
    var list = new ?? soFar
    new = nil  // So that the list is changed in place.
    var condition = old.index(of: finding.type).map { old[$0] } ?? PodCondition()
    if condition.status != finding.status { condition.lastTransitionTime = time }
    condition.type = finding.type
    condition.status = finding.status
    condition.reason = finding.reason
    condition.message = finding.message
    condition.observedGeneration = finding.generation ?? generation
    condition.lastProbeTime = nil
    list.append(condition)
    new = list
  }

  /// Those of others, and those that were put in.
  var soFar: [PodCondition] {
    if let new { return new }
    var list: [PodCondition] = []
    list.reserveCapacity(max(old.count, 5))
    for index in old.indices where !PodConditionRules.isOwned(old[index].type) {
      list.append(old[index])
    }
    for index in begin..<begin + count { list.append(old[index]) }
    return list
  }

  /// All conditions. Those of the kubelet that were not put in are gone.
  func all() -> [PodCondition] { new == nil && begin + count == old.count ? old : soFar }
}
