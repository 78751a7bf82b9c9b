import SimulationKernel

/// How far the volumes of a pod are.
struct VolumeMounts: Sendable {
  /// The tries for one volume.
  struct Try: Sendable {
    var count = 0
    /// The next one.
    var next: Instant
    var isMounted = false
  }

  /// When the last wait began.
  private var waitStart: Instant?
  /// By the volumes' places in the pod's spec; they go on from wait to wait.
  var tries: [Int: Try] = [:]  // Looked up, never walked.

  private static let firstTry = Duration.milliseconds(200)
  private static let poll = Duration.milliseconds(300)
  private static let patience = Duration.seconds(123)
  private static let longestPause = Duration.seconds(122)

  /// Begins a wait. Volumes of which all were mounted before are mounted anew: the node was down.
  mutating func beginWait(for volumes: [Int], at now: Instant) {
    waitStart = now
    if volumes.allSatisfy({ tries[$0]?.isMounted ?? false }) { tries = [:] }
  }

  /// When the wait is given up.
  var deadline: Instant? { waitStart.map { $0 + Self.patience } }

  /// A volume's tries; the first comes a moment after the wait has begun.
  mutating func tries(_ volume: Int, at now: Instant) -> Try {
    if let known = tries[volume] { return known }
    let new = Try(next: now + Self.firstTry)
    tries[volume] = new
    return new
  }

  /// A volume's tries so far.
  func tries(for volume: Int) -> Try { tries[volume] ?? Try(next: .zero) }

  /// Notes that mounting failed: the next try comes 0.5, 1, 2 … 122 s later.
  mutating func fail(_ volume: Int, at now: Instant) {
    guard var attempt = tries[volume] else { return }
    let pause = Duration.milliseconds(500 << min(attempt.count, 20))
    attempt.count += 1
    attempt.next = now + min(pause, Self.longestPause)
    tries[volume] = attempt
  }

  /// The look at which a wait that is over is seen to be over: there is one each 300 ms.
  func look(from now: Instant) -> Instant {
    guard let start = waitStart, now > start else { return now }
    let poll = Self.poll.nanoseconds
    let passed = (now - start).nanoseconds
    return start + .nanoseconds((passed + poll - 1) / poll * poll)
  }
}
