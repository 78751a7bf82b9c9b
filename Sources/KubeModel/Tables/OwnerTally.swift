/// How many objects a controller has, by state.
///
/// A table keeps it while objects are written, so that whoever looks after 1,000 pods and is told
/// of one that became ready need not walk over all of them. Kept for kinds that have a
/// `tallyState`.
public struct OwnerTally: Hashable, Sendable {
  /// Objects that count: neither over nor being deleted.
  public private(set) var active = 0
  /// Those of them that are ready.
  public private(set) var ready = 0
  /// Objects that are being deleted and not over yet.
  public private(set) var terminating = 0
  /// Objects that are over.
  public private(set) var over = 0
  /// The labels of the object that came first.
  public let labels: StringMap<String>
  /// How many objects have other labels than these.
  public private(set) var deviants = 0

  init(labels: StringMap<String>) { self.labels = labels }

  var isEmpty: Bool { active + terminating + over == 0 }

  mutating func count(_ state: TallyState, _ labels: StringMap<String>, by change: Int) {
    switch state {
    case .active: active += change
    case .ready:
      active += change
      ready += change
    case .terminating: terminating += change
    case .over: over += change
    }
    if labels != self.labels { deviants += change }
  }
}

/// What an object counts as in the tally of its controller.
public enum TallyState: Hashable, Sendable {
  case active
  /// Active and ready.
  case ready
  case terminating
  case over
}

extension Pod {
  /// Active, ready, being deleted, or over.
  public var tallyState: TallyState? {
    if isTerminal { return .over }
    if isBeingDeleted { return .terminating }
    return isReady ? .ready : .active
  }
}

extension ObjectTable {
  /// Counts anew and compares; traps when a tally is wrong.
  func checkTallies() {
    let objects = keys.compactMap { self[$0] }
    var counted: [UID: OwnerTally] = [:]  // Looked up, never walked.
    for object in objects {
      guard let state = object.tallyState, let owner = object.metadata.controllerRef else {
        continue
      }
      counted[owner.uid, default: OwnerTally(labels: object.metadata.labels)]
        .count(state, object.metadata.labels, by: 1)
    }
    for object in objects {
      guard let owner = object.metadata.controllerRef, let right = counted[owner.uid] else {
        continue
      }
      let kept = tally(of: owner.uid)
      precondition(
        kept?.active == right.active && kept?.ready == right.ready
          && kept?.terminating == right.terminating && kept?.over == right.over,
        "\(Object.self): the tally of \(owner.name) is \(String(describing: kept)), not \(right)")
    }
  }
}
