// Which run of a CronJob is due, how many were missed, and when to look again.
//
// Follows   mostRecentScheduleTime and nextScheduleTimeDuration of
//           pkg/controller/cronjob/utils.go (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

/// The times of a schedule since a CronJob's last run.
///
/// The missed times are not counted one by one: the gap between the first two is taken for all, so
/// that a week of a Job a minute costs no more than an hour of it. Where gaps differ that may find no
/// time at all.
struct MissedRuns: Equatable, Sendable {
  /// How many times were missed.
  enum Count: String, Sendable {
    case none, few, many
  }

  /// From when on times count: the last run, or the creation; with a deadline no earlier than that
  /// long ago.
  var since: Timestamp
  /// The last time that has come; nil when none has.
  var latest: Timestamp?
  /// The first time that has not come yet, if it was found on the way.
  private(set) var upcoming: Timestamp?
  var count = Count.none
  /// Why the schedule is of no use.
  var problem: String?

  /// How much after its time a run is looked for.
  static let padding = Duration.milliseconds(100)
  private static let manyFrom: Int64 = 100

  init(
    of cronJob: CronJob, _ schedule: CronSchedule, at now: Timestamp, withinDeadline: Bool
  ) {
    since = Self.start(of: cronJob)
    if withinDeadline, let deadline = cronJob.spec.startingDeadlineSeconds {
      since = max(since, now + .seconds(-deadline))
    }
    find(schedule, now)
  }

  /// From when on times count without a deadline.
  static func start(of cronJob: CronJob) -> Timestamp {
    cronJob.status.lastScheduleTime ?? cronJob.metadata.creationTimestamp
      ?? Timestamp(unixSeconds: 0)
  }

  private mutating func find(_ schedule: CronSchedule, _ now: Timestamp) {
    let first = schedule.next(after: since)
    if let first, now < first {
      upcoming = first
      return
    }
    let second = first.flatMap { schedule.next(after: $0) }
    if let second, now < second {
      latest = first
      upcoming = second
      return
    }
    guard let first, let second, second > first else {
      problem = "time difference between two schedules is less than 1 second"
      return
    }
    let gap = second.unixSeconds - first.unixSeconds
    let missed = (now.unixSeconds - first.unixSeconds) / gap + 1
    // A gap further back than needed, for gaps that differ.
    let start = Timestamp(unixSeconds: first.unixSeconds + (missed - 2) * gap)
    var time = schedule.next(after: start)
    while let found = time, found <= now {
      latest = found
      time = schedule.next(after: found)
    }
    count = missed > Self.manyFrom ? .many : .few
  }

  /// When to look again: a little after the next time.
  static func wake(
    for cronJob: CronJob, _ schedule: CronSchedule, in snapshot: Snapshot
  ) -> Instant? {
    wake(for: cronJob, schedule, at: snapshot.time, snapshot.clock)
  }

  static func wake(
    for cronJob: CronJob, _ schedule: CronSchedule, at now: Timestamp, _ clock: Clock
  ) -> Instant? {
    MissedRuns(of: cronJob, schedule, at: now, withinDeadline: false).wake(schedule, at: now, clock)
  }

  /// The same, of times that no deadline has cut off.
  func wake(_ schedule: CronSchedule, at now: Timestamp, _ clock: Clock) -> Instant? {
    let base = problem == nil ? latest ?? (count == .none ? since : now) : now
    let next = upcoming ?? schedule.next(after: base)
    return next.map { clock.instant($0) + Self.padding }
  }
}
