import KubeModel
import SimulationKernel

/// Why a run stopped before its end.
public enum RunError: Error, Sendable, CustomStringConvertible {
  /// What was waited for did not happen in time, or can no longer happen.
  case unmet(String)
  /// One instant would not end: the reconcilers keep each other busy.
  case endless(String)
  /// An invariant was broken.
  case broken(BrokenInvariant)

  /// The text, with the last steps.
  public var description: String {
    switch self {
    case .unmet(let text), .endless(let text): text
    case .broken(let invariant): invariant.description
    }
  }
}

extension Cluster {
  /// Does everything that is due at the next instant. False when nothing is due, ever.
  ///
  /// - Throws: `RunError.endless` or `.broken`.
  @discardableResult public mutating func tick() throws(RunError) -> Bool {
    guard let next = engine.agenda.nextTime() else { return false }
    try finish(through: next)
    return true
  }

  /// Does everything that is due at the present instant.
  ///
  /// - Throws: `RunError.endless` or `.broken`.
  public mutating func settle() throws(RunError) { try finish(through: now) }

  /// Moves the clock by a duration and does everything that is due on the way.
  ///
  /// - Throws: `RunError.endless` or `.broken`.
  public mutating func run(for duration: Duration) throws(RunError) {
    try run(to: now + duration)
  }

  /// Moves the clock to an instant and does everything that is due on the way.
  ///
  /// - Throws: `RunError.endless` or `.broken`.
  public mutating func run(to end: Instant) throws(RunError) {
    try finish(through: end)
    expireEvents(before: end)
    engine.now = max(now, end)
  }

  /// Runs until a condition holds, looking at it after each instant at which something happened.
  ///
  /// - Throws: `RunError.unmet` when the time is up or nothing is due any more, `.endless`, `.broken`.
  public mutating func run(
    until condition: (borrowing Cluster) throws -> Bool, within limit: Duration = .minutes(10)
  ) throws {
    let end = now + limit
    while try !condition(self) {
      guard let next = engine.agenda.nextTime() else {
        throw RunError.unmet(
          "The condition does not hold at \(Self.text(of: now)), and nothing is due that could change it.\n"
            + lastSteps())
      }
      guard next <= end else {
        engine.now = end
        throw RunError.unmet(
          "The condition does not hold within \(limit), at \(Self.text(of: now)).\n" + lastSteps())
      }
      try finish(through: next)
    }
  }

  /// Runs until nothing is due any more; false when that is not so within a time.
  ///
  /// - Throws: `RunError.endless` or `.broken`.
  @discardableResult public mutating func runUntilQuiet(
    within limit: Duration
  ) throws(RunError) -> Bool {
    let end = now + limit
    while let next = engine.agenda.nextTime() {
      guard next <= end else {
        engine.now = end
        return false
      }
      try finish(through: next)
    }
    return true
  }

  /// When something is due next.
  public var nextDue: Instant? {
    var agenda = engine.agenda
    return agenda.nextTime()
  }

  private mutating func finish(through end: Instant) throws(RunError) {
    while let next = engine.agenda.nextTime(), next <= end {
      step()
      // Asked first, as what is bound is copied.
      if broken != nil, let broken { throw .broken(broken) }
      if isEndless { throw .endless(endlessText()) }
    }
  }

  private func endlessText() -> String {
    var text = "More than \(budget.limit) reconciles at \(Self.text(of: now))"
    if let hottest = budget.hottest {
      text += "; most of them by \(names[Int(hottest.reconciler)])"
    }
    return text + ".\n" + lastSteps()
  }

  /// The last steps of the trace, a line each, and the seed that repeats the run.
  public func lastSteps(_ count: Int = 10) -> String {
    let lines = trace.suffix(count).map { "  " + $0.line }
    return "Last steps (seed \(seed)):\n" + lines.joined(separator: "\n")
  }

  static func text(of instant: Instant) -> String { instant.text }
}

extension Instant {
  /// Minutes, seconds and milliseconds since the start, as `1:02.345`.
  public var text: String {
    let milliseconds = nanoseconds / 1_000_000
    let (minutes, rest) = abs(milliseconds).quotientAndRemainder(dividingBy: 60_000)
    func padded(_ number: Int64, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: width - digits.count) + digits
    }
    let sign = milliseconds < 0 ? "-" : ""
    return "\(sign)\(minutes):\(padded(rest / 1000, 2)).\(padded(rest % 1000, 3))"
  }
}

extension Step {
  /// The step on one line: time, actor, action, subject, rule.
  public var line: String {
    let name = subject.scope.isEmpty ? subject.name : "\(subject.scope)/\(subject.name)"
    let why = detail.isEmpty ? rule : "\(rule): \(detail)"
    return "\(time.text)  \(actor)  \(action) \(subject.sort) \(name)"
      + (why.isEmpty ? "" : "  (\(why))")
  }
}
