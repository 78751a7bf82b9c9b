import KubeSim
import Testing

/// Whole lives of Jobs, with the instants at which they change.
@Suite struct JobLifeTests {
  /// A cluster with a Job of these pods; each pod runs as it is said and stops after some seconds.
  private func cluster(
    lasting seconds: Int?, exit: Int32 = 0, stopping: Int = 0,
    _ change: (inout Job) -> Void = { _ in }
  ) throws -> Cluster {
    var cluster = Cluster(nodes: 1, seed: 3)
    var behavior = ContainerBehavior()
    if let seconds { behavior.runs = [.init(for: .seconds(seconds), exit: exit)] }
    behavior.stop = .init(after: .seconds(stopping), exit: 1)
    cluster.behaviors.register(behavior, forImage: "app:1")
    var job = Job()
    job.metadata.name = "pi"
    job.spec.template.spec.restartPolicy = .never
    var container = Container(name: "app", image: "app:1")
    container.imagePullPolicy = .ifNotPresent
    job.spec.template.spec.containers = [container]
    change(&job)
    try cluster.create(job)
    return cluster
  }

  /// As `FailureTarget DeadlineExceeded 10`, with the second at which it came.
  private func conditions(_ cluster: Cluster) -> [String] {
    (cluster[Job.self, "pi"]?.status.conditions ?? []).map { condition in
      let start = cluster.clock.timestamp(.zero).unixSeconds
      let second = condition.lastTransitionTime.map { $0.unixSeconds - start } ?? -1
      return "\(condition.type.rawValue) \(condition.reason) \(second)"
    }
  }

  private func reasons(_ cluster: Cluster) -> [String] {
    cluster.events(about: "Job", "pi").map(\.reason)
  }

  @Test func atItsDeadlineAJobWaitsForItsPodsBeforeItFails() throws {
    var cluster = try cluster(lasting: nil, stopping: 5) { $0.spec.activeDeadlineSeconds = 10 }
    try cluster.run(for: .seconds(13))
    #expect(conditions(cluster) == ["FailureTarget DeadlineExceeded 10"])
    #expect(cluster[Job.self, "pi"]?.status.terminating == 1)
    #expect(cluster[Job.self, "pi"]?.status.failed == 1)
    try cluster.run(for: .seconds(10))
    #expect(
      conditions(cluster) == ["FailureTarget DeadlineExceeded 10", "Failed DeadlineExceeded 16"])
    #expect(reasons(cluster) == ["SuccessfulCreate", "SuccessfulDelete", "DeadlineExceeded"])
    #expect(cluster.all(Pod.self).isEmpty)
  }

  @Test func aSuccessPolicyStopsTheRestAndCompletesWhenTheyAreGone() throws {
    var cluster = try cluster(lasting: nil, stopping: 4) {
      ($0.spec.completions, $0.spec.parallelism) = (3, 3)
      $0.spec.completionMode = .indexed
      var rule = SuccessPolicyRule()
      rule.succeededIndexes = "0"
      $0.spec.successPolicy = SuccessPolicy()
      $0.spec.successPolicy?.rules = [rule]
    }
    try cluster.run(for: .seconds(5))
    let first = cluster.all(Pod.self).first { $0.spec.hostname == "pi-0" }
    try cluster.kill(container: "app", of: try #require(first).metadata.name, exit: 0)
    try cluster.run(for: .seconds(3))
    #expect(conditions(cluster).map { $0.prefix(18) } == ["SuccessCriteriaMet"])
    #expect(cluster[Job.self, "pi"]?.status.completedIndexes == "0")
    try cluster.run(for: .seconds(10))
    let status = cluster[Job.self, "pi"]?.status
    #expect(status?.conditions.map(\.type) == [.successCriteriaMet, .complete])
    #expect(status?.conditions.last?.message == "Matched rules at index 0")
    #expect(status?.completionTime == status?.conditions.last?.lastTransitionTime)
    #expect(status?.failed == 0)
    #expect(status?.succeeded == 1)
    #expect(cluster.all(Pod.self).map(\.spec.hostname) == ["pi-0"])
  }

  @Test func aSuspendedJobLosesItsPodsAndBeginsAnewWhenItIsResumed() throws {
    var cluster = try cluster(lasting: 20) { ($0.spec.completions, $0.spec.parallelism) = (2, 2) }
    try cluster.run(for: .seconds(10))
    try cluster.edit(Job.self, "pi") { $0.spec.suspend = true }
    try cluster.run(for: .seconds(5))
    #expect(cluster.all(Pod.self).isEmpty)
    #expect(conditions(cluster) == ["Suspended JobSuspended 10"])
    #expect(cluster[Job.self, "pi"]?.status.startTime == nil)
    #expect(cluster[Job.self, "pi"]?.status.failed == 0)
    try cluster.run(to: .zero + .seconds(30))
    try cluster.edit(Job.self, "pi") { $0.spec.suspend = false }
    try cluster.run(for: .minutes(1))
    #expect(
      conditions(cluster) == [
        "Suspended JobResumed 30", "SuccessCriteriaMet CompletionsReached 52",
        "Complete CompletionsReached 52",
      ])
    let status = cluster[Job.self, "pi"]?.status
    #expect(status?.startTime == cluster.clock.timestamp(.zero + .seconds(30)))
    #expect(
      reasons(cluster) == [
        "SuccessfulCreate", "SuccessfulCreate", "SuccessfulDelete", "SuccessfulDelete",
        "Suspended", "SuccessfulCreate", "SuccessfulCreate", "Resumed", "Completed",
      ])
  }

  @Test func eachIndexIsTriedAgainOnItsOwnAndFailedOnesAreNamed() throws {
    var cluster = try cluster(lasting: 3, exit: 1) {
      ($0.spec.completions, $0.spec.parallelism) = (3, 3)
      $0.spec.completionMode = .indexed
      $0.spec.backoffLimitPerIndex = 1
    }
    try cluster.run(for: .seconds(8))
    // The first failures are counted when their successors are there, 10 s later.
    #expect(cluster[Job.self, "pi"]?.status.failed == 0)
    #expect(cluster[Job.self, "pi"]?.status.failedIndexes == "")
    let held = cluster.all(Pod.self).filter { !$0.metadata.finalizers.isEmpty }
    #expect(held.count == 3)
    try cluster.run(for: .minutes(1))
    let status = cluster[Job.self, "pi"]?.status
    #expect(status?.failed == 6)
    #expect(status?.failedIndexes == "0-2")
    #expect(status?.conditions.map(\.type) == [.failureTarget, .failed])
    #expect(status?.conditions.last?.message == "Job has failed indexes")
    #expect(cluster.all(Pod.self).allSatisfy { $0.metadata.finalizers.isEmpty })
  }

  @Test func withPolicyFailedAPodThatIsDeletedIsReplacedOnlyWhenItHasEnded() throws {
    var cluster = try cluster(lasting: nil, stopping: 20) {
      $0.spec.podReplacementPolicy = .failed
    }
    try cluster.run(for: .seconds(5))
    let first = cluster.all(Pod.self)[0].metadata.name
    try cluster.delete(Pod.self, first)
    try cluster.run(for: .seconds(15))
    #expect(cluster.all(Pod.self).map(\.metadata.name) == [first])
    #expect(cluster[Job.self, "pi"]?.status.terminating == 1)
    try cluster.run(for: .seconds(30))
    #expect(cluster.all(Pod.self).count == 1)
    #expect(cluster.all(Pod.self).first?.metadata.name != first)
  }

  @Test func anOrphanedPodLosesItsFinalizerWithItsJob() throws {
    var cluster = try cluster(lasting: nil)
    try cluster.run(for: .seconds(5))
    #expect(
      cluster.all(Pod.self)[0].metadata.finalizers == ["batch.kubernetes.io/job-tracking"])
    try cluster.delete(Job.self, "pi", DeleteOptions())
    try cluster.run(for: .seconds(5))
    #expect(cluster[Job.self, "pi"] == nil)
    #expect(cluster.all(Pod.self).map(\.metadata.finalizers) == [[]])
  }

  @Test func anExpiredJobTakesItsPodsAlongFirst() throws {
    var cluster = try cluster(lasting: 5) { $0.spec.ttlSecondsAfterFinished = 10 }
    try cluster.run(for: .minutes(1))
    let removed = cluster.trace.suffix(cluster.trace.count)
      .filter { $0.action == "remove" && ["Job", "Pod"].contains($0.subject.sort) }
      .map(\.subject.sort)
    #expect(removed == ["Pod", "Job"])
  }
}
