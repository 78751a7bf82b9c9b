/// What a check is about; the groups in which a comparison is counted.
enum FactSort: String {
  case final, condition, sequence, time, range, settle, event, response, placement
}

/// Names a fact of an object: the same in the recording and in the simulated run.
struct FactName: Hashable {
  let sort: FactSort
  let name: String

  init(_ sort: FactSort, _ name: String) {
    self.sort = sort
    self.name = name
  }
}

/// One thing that is held against the same thing of the other run.
enum Fact {
  /// Must be the same.
  case exact(String)
  /// Seconds, with the room that chance needs around them.
  case time(Double, slack: Double)
  /// Values in order; the late ones may be missing.
  case sequence([(value: String, isLate: Bool)])
  /// The values of the last seconds: one must be in common.
  case window([String])
  /// Whether deletion was asked for and done; either may be so late that the other run missed it.
  case deletion(String, isLate: Bool)
  /// A number that may be a tenth off.
  case count(Int)
}

/// How far two times may be apart: the larger of the two.
///
/// Worked example: 30 s in the recording is right from 27 s to 33 s, 5 s from 3 s to 7 s.
struct Tolerance {
  var seconds = 2.0
  var share = 0.1

  /// True when the simulated run's fact is right.
  func accepts(_ real: Fact, _ simulated: Fact) -> Bool {
    switch (real, simulated) {
    case (.exact(let one), .exact(let two)): return one == two
    case (.time(let one, let slack), .time(let two, _)):
      return abs(one - two) <= max(seconds, share * one, slack)
    case (.sequence(let one), .sequence(let two)):
      let common = zip(one, two).prefix { $0.value == $1.value }.count
      return one.dropFirst(common).allSatisfy(\.isLate)
        && two.dropFirst(common).allSatisfy(\.isLate)
    case (.window(let one), .window(let two)): return one.contains { two.contains($0) }
    case (.deletion(let one, let late), .deletion(let two, let alsoLate)):
      return one == two || late || alsoLate
    case (.count(let one), .count(let two)):
      return Double(abs(one - two)) <= (0.1 * Double(one)).rounded(.toNearestOrEven)
    default: return false
    }
  }
}

/// The facts of one object, in the order in which they were found.
struct Facts {
  private(set) var names: [FactName] = []
  private var values: [FactName: Fact] = [:]

  subscript(name: FactName) -> Fact? { values[name] }

  mutating func add(_ sort: FactSort, _ name: String, _ fact: Fact) {
    let name = FactName(sort, name)
    if values.updateValue(fact, forKey: name) == nil { names.append(name) }
  }
}
