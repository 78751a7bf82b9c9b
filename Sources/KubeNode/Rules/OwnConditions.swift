import KubeModel

/// The conditions of a pod while the kubelet puts in its own: in its order, behind those of others.
///
/// Mostly each is there already, at its place, and the list stays the very same.
struct OwnConditions {
  private var list: [PodCondition]
  private let time: Timestamp
  /// Where the kubelet's own ones begin, and where the next one belongs.
  private let begin: Int
  private var place: Int

  /// The kubelet has put in none yet; what becomes different does so at this time.
  init(among list: [PodCondition], at time: Timestamp) {
    self.list = list
    self.time = time
    begin = list.indices.first { PodConditionRules.isOwned(list[$0].type) } ?? list.count
    place = begin
  }

  /// Puts a condition in, with the time at which it became what it is.
  mutating func put(_ condition: PodCondition) {
    var condition = condition
    condition.lastTransitionTime = time
    if place < list.count, list[place].type == condition.type {
      if list[place].status == condition.status {
        condition.lastTransitionTime = list[place].lastTransitionTime
      }
      if list[place] != condition { list[place] = condition }
    } else {
      if let index = list.index(of: condition.type) {
        let old = list.remove(at: index)
        if old.status == condition.status { condition.lastTransitionTime = old.lastTransitionTime }
      }
      list.insert(condition, at: place)
    }
    place += 1
  }

  /// All conditions. Those of the kubelet that were not put in are gone.
  mutating func all() -> [PodCondition] {
    if place == list.count { return list }
    let others = list[place...].filter { !PodConditionRules.isOwned($0.type) }
    list.removeSubrange(place...)
    list.insert(contentsOf: others, at: begin)
    return list
  }
}
