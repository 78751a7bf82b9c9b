// Makes a Job at every time of a schedule.
//
// Follows   pkg/controller/cronjob (v1.36)
// Left out  second looks at the server that guard against stale lists: a snapshot is never stale,
//           and a read never fails (FailedGet)
// Differs   without a time zone the schedule is read in UTC, as a controller manager in a container
//           does

import KubeModel
import KubeReconcile
import SimulationKernel

/// Starts the Jobs of a CronJob, keeps the list of those that run, and deletes old ones.
public struct CronJobController: Reconciler {
  public static let name = "cronjob-controller"
  public static let watches: [Watch] = [
    .primary(CronJob.self), .owned(Job.self, by: CronJob.self),
  ]

  public var latency: Duration

  /// What was last seen of a CronJob's schedule, and when.
  private struct Memory: Sendable {
    let timing: CronJobTiming
    let time: Timestamp
    let isSuspended: Bool
    var nextRun: CronJobSync.NextRun?

    /// When the CronJob is due by it, if it is.
    func due(_ clock: Clock) -> Instant? { isSuspended ? nil : timing.next(after: time, clock) }
  }

  private var memories: [ObjectKey: Memory] = [:]  // Looked up, never walked.

  /// A controller that looks this long after a change.
  public init(latency: Duration = Timing.kubernetes.controller) { self.latency = latency }

  public mutating func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    guard let cronJob = snapshot[CronJob.self, key] else {  // read
      memories[key] = nil
      return .nothing
    }
    let known = memories[key]
    let timing =
      known.flatMap { $0.timing.isOf(cronJob) ? $0.timing : nil } ?? CronJobTiming(cronJob.spec)
    var memory = Memory(
      timing: timing, time: snapshot.time, isSuspended: cronJob.spec.suspend == true)
    if let known, known.timing !== timing {
      memories[key] = memory
      return Self.rescheduled(key, cronJob, timing, until: known.due(snapshot.clock), in: snapshot)
    }
    var sync = CronJobSync(key, cronJob, timing, known?.nextRun, in: snapshot)
    let plan = sync.run(in: snapshot)  // select, act, report, wait
    memory.nextRun = sync.nextRun
    memories[key] = memory
    return plan
  }

  /// A new schedule starts nothing by itself: the CronJob is due at its next time, or when it was due
  /// by the old one.
  private static func rescheduled(
    _ key: ObjectKey, _ cronJob: CronJob, _ timing: CronJobTiming, until due: Instant?,
    in snapshot: Snapshot
  ) -> Plan {
    var plan = Plan()
    guard let schedule = timing.schedule else {
      plan.event(
        EventDraft(
          .warning, "UnParseableCronJobSchedule",
          "unparseable schedule for cronjob: \(cronJob.spec.schedule)",
          regarding: ObjectReference(to: cronJob), component: name))
      return plan
    }
    let next = MissedRuns.wake(for: cronJob, schedule, in: snapshot)
    let times = [next, due].compactMap(\.self).filter { $0 > snapshot.now }
    plan.wake(key, at: times.min())
    return plan
  }
}

/// The schedule of a CronJob, read once and handed around.
final class CronJobTiming: Sendable {
  private let text: String
  private let timeZone: String?
  /// Nil when the text is no schedule.
  let schedule: CronSchedule?
  /// Why it is none.
  let problem: String?
  /// Why the time zone is none.
  let zoneProblem: String?
  /// True when the schedule itself names a time zone.
  let namesZone: Bool
  /// True when there is nothing to complain of.
  let isSound: Bool
  /// The zone that the spec names, or UTC.
  let zone: IANAZone

  init(_ spec: CronJobSpec) {
    text = spec.schedule
    timeZone = spec.timeZone
    namesZone = spec.schedule.contains("TZ")
    zoneProblem = spec.timeZone.flatMap { IANAZone.problem(with: $0) }
    zone = spec.timeZone.flatMap { IANAZone($0) } ?? .utc
    do throws(CronSchedule.ParseError) {
      schedule = try CronSchedule(spec.schedule, in: zone)
      problem = nil
    } catch {
      schedule = nil
      problem = error.description
    }
    isSound = schedule != nil && zoneProblem == nil && !namesZone
  }

  func isOf(_ cronJob: CronJob) -> Bool {
    text == cronJob.spec.schedule && timeZone == cronJob.spec.timeZone
  }

  /// When the CronJob is due next, if nothing was missed.
  func next(after time: Timestamp, _ clock: Clock) -> Instant? {
    schedule?.next(after: time).map { clock.instant($0) + MissedRuns.padding }
  }
}
