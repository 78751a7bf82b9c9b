import KubeModel

/// The conditions of a pod while the kubelet puts in its own: in its order, behind those of others.
///
/// Mostly each is there already, at its place, and the list stays the very same.
struct OwnConditions {
  private var list: [PodCondition]
  /// What is left of the former list once it is put together anew.
  private var rest: [PodCondition] = []
  private let generation: Int64
  private let time: Timestamp
  /// Where the kubelet's own ones begin, and where the next one belongs.
  private let begin: Int
  private var place: Int

  /// The kubelet has put in none yet; what becomes different does so at this time.
  init(among list: [PodCondition], generation: Int64, at time: Timestamp) {
    self.list = list
    self.generation = generation
    self.time = time
    begin = list.indices.first { PodConditionRules.isOwned(list[$0].type) } ?? list.count
    place = begin
  }

  /// Puts a condition in; it keeps the time at which it became what it is.
  @inline(__always) mutating func put(_ finding: ConditionFinding) {
    // Compared first, since a write copies a list that the server has too.
    if place == list.count || list[place].type != finding.type { bring(finding.type) }
    if list[place].status != finding.status { turn(finding.status) }
    if list[place].reason != finding.reason { list[place].reason = finding.reason }
    if list[place].message != finding.message { list[place].message = finding.message }
    let generation = finding.generation ?? generation
    if list[place].observedGeneration != generation {
      list[place].observedGeneration = generation
    }
    if list[place].lastProbeTime != nil { list[place].lastProbeTime = nil }
    place += 1
  }

  @inline(never) private mutating func turn(_ status: ConditionStatus) {
    list[place].status = status
    list[place].lastTransitionTime = time
  }

  /// Brings the condition of a type to the place where it belongs; a new one when there is none.
  @inline(never) private mutating func bring(_ type: PodConditionType) {
    if place < list.count {
      // From here on the list is put together anew, at its end.
      rest = Array(list[place...])
      var new: [PodCondition] = []
      new.reserveCapacity(max(list.count, place + 5))
      new += list[..<place]
      list = new
    }
    if let index = rest.index(of: type) {
      list.append(rest.remove(at: index))
    } else {
      list.append(PodCondition(type: type, status: ""))
    }
  }

  /// Those of others that stand behind the place.
  private var othersBehind: [PodCondition] {
    (list[place...] + rest).filter { !PodConditionRules.isOwned($0.type) }
  }

  /// Those of others, and those that were put in.
  var soFar: [PodCondition] { list[..<place] + othersBehind }

  /// All conditions. Those of the kubelet that were not put in are gone.
  mutating func all() -> [PodCondition] {
    if place == list.count && rest.isEmpty { return list }
    let others = othersBehind
    list.removeSubrange(place...)
    list.insert(contentsOf: others, at: begin)
    return list
  }
}
