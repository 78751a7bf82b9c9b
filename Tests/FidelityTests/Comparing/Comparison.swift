import KubeModel

/// Holds a simulated run against a recorded one.
struct Comparison {
  /// How many checks there are.
  private(set) var total = 0
  /// The checks that do not hold, in words.
  private(set) var failures: [String] = []

  /// How many checks hold.
  var passed: Int { total - failures.count }

  private let real: Log
  private let tolerance = Tolerance()

  init(recorded: [JSONValue], simulated: [JSONValue]) {
    real = Log(recorded: recorded)
    let run = Log(simulated, end: real.end, steps: real.steps)
    let groups = real.groupOrder + run.groupOrder.filter { real.groups[$0] == nil }
    for group in groups { compare(real.groups[group] ?? [], run.groups[group] ?? [], in: run) }
    compare("Events", EventFacts.of(real), EventFacts.of(run))
    compare("answers", EventFacts.responses(of: real), EventFacts.responses(of: run))
    compare("placement", Placement.spread(in: real), Placement.spread(in: run))
  }

  private mutating func compare(
    _ recorded: [RecordedObject], _ simulated: [RecordedObject], in run: Log
  ) {
    let one = recorded.map { ObjectFacts.of($0, in: real) }
    let two = simulated.map { ObjectFacts.of($0, in: run) }
    let isInterchangeable = (recorded.first ?? simulated.first).map {
      $0.kind == "Pod" && $0.isRandom
    }
    let pairs =
      isInterchangeable == true
      ? Likeness.pairs(one, two)
      : (0..<max(one.count, two.count)).map {
        ($0 < one.count ? $0 : nil, $0 < two.count ? $0 : nil)
      }
    for (left, right) in pairs {
      if let left {
        compare(recorded[left].canonicalName, one[left], right.map { two[$0] })
      } else if let right {
        check(false, "\(simulated[right].canonicalName): the recorded run has no such object")
      }
    }
  }

  private mutating func compare(_ subject: String, _ recorded: Facts, _ simulated: Facts?) {
    for name in recorded.names {
      guard var fact = recorded[name] else { continue }
      if case .time(let time, let slack) = fact {
        fact = .time(time, slack: max(slack, real.outageSlack(at: time)))
      }
      let other = simulated?[name]
      check(
        other.map { tolerance.accepts(fact, $0) } ?? false,
        "\(subject) \(name.sort) \(name.name): \(fact), simulated "
          + (other.map { "\($0)" } ?? "nothing"))
    }
    guard let simulated else { return }
    for name in simulated.names
    where recorded[name] == nil && [.event, .response, .condition].contains(name.sort) {
      if name.sort == .event, name.name.hasSuffix(" messages") || name.name.hasSuffix(" count") {
        continue
      }
      if name.sort == .response, name.name.hasSuffix(" message") { continue }
      check(false, "\(subject) \(name.sort) \(name.name): only in the simulated run")
    }
  }

  private mutating func check(_ holds: Bool, _ text: @autoclosure () -> String) {
    total += 1
    if !holds { failures.append(text()) }
  }
}
