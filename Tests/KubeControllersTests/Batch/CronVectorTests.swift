import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

@testable import KubeControllers

@Suite struct CronVectorTests {
  @Test func everyRowAgreesWithKubernetes() throws {
    try checkVectors("cron") { row in
      switch row.kind {
      case "next": try nextTimes(row.input)
      case "mostRecent": try mostRecent(row.input)
      default: try sync(row.input)
      }
    }
  }

  private func time(_ json: JSONValue?) -> Timestamp? {
    json?.stringValue.flatMap { Timestamp($0) }
  }

  private func schedule(
    _ text: String, _ zone: String?
  ) throws(CronSchedule.ParseError) -> CronSchedule {
    // A zone of the text's own goes before the field, and one that is not known is not looked at.
    try CronSchedule(text, in: zone.flatMap { IANAZone($0) } ?? .utc)
  }

  private func nextTimes(_ input: JSONValue) throws -> JSONValue {
    let text = input["schedule"]?.stringValue ?? ""
    var from = try #require(time(input["from"]))
    do throws(CronSchedule.ParseError) {
      let schedule = try schedule(text, input["timeZone"]?.stringValue)
      var times: [JSONValue] = []
      for _ in 0..<5 {
        guard let next = schedule.next(after: from) else {
          times.append(.null)
          break
        }
        times.append(next.json)
        from = next
      }
      return ["next": .array(times)]
    } catch {
      return ["error": .string(error.description)]
    }
  }

  private func mostRecent(_ input: JSONValue) throws -> JSONValue {
    let cronJob = try CronJob(json: input["cronJob"] ?? .null)
    let now = try #require(time(input["now"]))
    let schedule = try schedule(cronJob.spec.schedule, cronJob.spec.timeZone)
    let runs = MissedRuns(
      of: cronJob, schedule, at: now,
      withinDeadline: input["includeStartingDeadlineSeconds"]?.boolValue == true)
    let wake = MissedRuns.wake(for: cronJob, schedule, at: now, Clock(start: now))
    var answer: JSONValue = [
      "earliestTime": runs.since.json, "mostRecentTime": runs.latest?.json ?? .null,
      "missed": .string(runs.count.rawValue),
      "nextScheduleTimeDurationSeconds": wake.map { seconds($0) } ?? .null,
    ]
    if let problem = runs.problem { answer["error"] = .string(problem) }
    if let latest = runs.latest {
      let zone = cronJob.spec.timeZone.flatMap { IANAZone($0) } ?? .utc
      answer["jobName"] = .string("\(cronJob.metadata.name)-\(latest.unixSeconds / 60)")
      answer["scheduledTimestampAnnotation"] = .string(latest.text(in: zone))
    }
    return answer
  }

  private func seconds(_ instant: Instant) -> JSONValue {
    let milliseconds = instant.nanoseconds / 1_000_000
    return milliseconds % 1000 == 0
      ? .int(milliseconds / 1000) : .double(Double(milliseconds) / 1000)
  }

  private func sync(_ input: JSONValue) throws -> JSONValue {
    var runner = PlanRunner(at: input["now"]?.stringValue ?? "")
    let key = runner.insert(try CronJob(json: input["cronJob"] ?? .null))
    for job in input["jobs"]?.arrayValue ?? [] { runner.insert(try Job(json: job)) }
    var controller = CronJobController()
    let made = Made()
    runner.refuse = { write in
      if case .create(let object) = write.action {
        made.jobs.append([
          "name": .string(object.metadata.name), "labels": object.metadata.labels.json,
          "annotations": object.metadata.annotations.json,
        ])
      }
      return nil
    }
    runner.run(controller.reconcile(key, in: runner.snapshot))
    let cronJob = try #require(runner.store[CronJob.self, key])
    var answer: JSONValue = [
      "created": .array(made.jobs), "deleted": names(runner.names(.delete, "jobs")),
      "active": names(cronJob.status.active.map(\.name)),
      "lastScheduleTime": cronJob.status.lastScheduleTime?.json ?? .null,
      "lastSuccessfulTime": cronJob.status.lastSuccessfulTime?.json ?? .null,
      "updateStatus": .bool(!runner.names(.update, "cronjobs").isEmpty),
      "requeueAfterSeconds": runner.wakes.first.map { seconds($0.time) } ?? .null,
      "events": names(runner.events),
    ]
    if let error = runner.errors.first, error.reason != .alreadyExists {
      answer["error"] = .string(error.message)
    }
    return answer
  }

  private func names(_ names: [String]) -> JSONValue { .array(names.map { .string($0) }) }
}

private final class Made {
  var jobs: [JSONValue] = []
}
