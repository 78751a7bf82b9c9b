// How far a Deployment is: its numbers, its conditions, its deadline.
//
// Follows   pkg/controller/deployment/progress.go and calculateStatus of sync.go (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

extension DeploymentController.Sync {
  /// Writes the numbers and whether enough pods are available, if that has changed.
  mutating func reportCounts() {
    let status = counted()
    if status == deployment.status { return }
    report(status)
  }

  /// Writes the numbers and how the rollout gets on, if anything has changed; if not, looks again
  /// when the deadline is over.
  mutating func reportRollout() {
    var status = counted()
    if deployment.hasProgressDeadline {
      judgeProgress(&status)
    } else {
      status.conditions.remove(.progressing)
    }
    if let failure = replicaFailure {
      status.conditions.set(failure, .onNewReason)
    } else {
      status.conditions.remove(.replicaFailure)
    }
    if status == deployment.status {
      waitForDeadline()
    } else {
      report(status)
    }
  }

  private mutating func report(_ status: DeploymentStatus) {
    deployment.status = status
    writeStatus(
      because: "status: the numbers or conditions have changed",
      "\(status.replicas) pods, \(status.updatedReplicas) updated, "
        + "\(status.availableReplicas) available")
  }

  /// The status by what the sets report.
  private func counted() -> DeploymentStatus {
    let sets = allSets
    func sum(_ number: (ReplicaSetStatus) -> Int32) -> Int {
      sets.reduce(0) { $0 + Int(number($1.set.status)) }
    }
    let available = sum(\.availableReplicas)
    var status = DeploymentStatus()
    status.observedGeneration = deployment.metadata.generation
    status.replicas = Int32(clamping: sum(\.replicas))
    status.updatedReplicas = newSet?.set.status.replicas ?? 0
    status.readyReplicas = Int32(clamping: sum(\.readyReplicas))
    status.availableReplicas = Int32(clamping: available)
    status.unavailableReplicas = Int32(
      clamping: max(0, sets.reduce(0) { $0 + $1.size } - available))
    status.terminatingReplicas = terminating
    status.collisionCount = deployment.status.collisionCount
    status.conditions = deployment.status.conditions
    let isAvailable = available >= deployment.wantedReplicas - deployment.maxUnavailable
    status.conditions.set(
      isAvailable
        ? condition(
          .available, .true, "MinimumReplicasAvailable", "Deployment has minimum availability.")
        : condition(
          .available, .false, "MinimumReplicasUnavailable",
          "Deployment does not have minimum availability."),
      .onNewReason)
    return status
  }

  /// The sum over all sets; nil while one that has a status does not report it.
  private var terminating: Int32? {
    var sum = 0
    for owned in allSets {
      let status = owned.set.status
      guard let count = status.terminatingReplicas else {
        if status.observedGeneration == 0 { continue }
        return nil
      }
      sum += Int(count)
    }
    return Int32(clamping: sum)
  }

  /// The new set's failure, or the first of the others'.
  private var replicaFailure: DeploymentCondition? {
    for owned in [newSet].compactMap(\.self) + oldSets {
      guard let failure = owned.set.status.conditions[.replicaFailure] else { continue }
      var condition = condition(.replicaFailure, failure.status, failure.reason, failure.message)
      condition.lastUpdateTime = failure.lastTransitionTime
      condition.lastTransitionTime = failure.lastTransitionTime
      return condition
    }
    return nil
  }

  /// Sets the condition Progressing: complete, moving on, or out of time.
  private func judgeProgress(_ status: inout DeploymentStatus) {
    let current = deployment.status.conditions[.progressing]
    if status.replicas == status.updatedReplicas, current?.reason == "NewReplicaSetAvailable" {
      return  // The rollout was over before: pods that fail now do not start it again.
    }
    let subject =
      newSet.map { "ReplicaSet \"\($0.name)\"" } ?? "Deployment \"\(deployment.metadata.name)\""
    if deployment.isComplete(status) {
      let text = "\(subject) has successfully progressed."
      status.conditions.set(
        condition(.progressing, .true, "NewReplicaSetAvailable", text), .onNewReason)
    } else if deployment.isProgressing(status) {
      var moving = condition(
        .progressing, .true, "ReplicaSetUpdated", "\(subject) is progressing.")
      if current?.status == .true { moving.lastTransitionTime = current?.lastTransitionTime }
      // Replaced even with the same reason, so that the deadline counts from the last progress.
      status.conditions.remove(.progressing)
      status.conditions.append(moving)
    } else if deployment.isTimedOut(status, at: now, clock) {
      let text = "\(subject) has timed out progressing."
      status.conditions.set(
        condition(.progressing, .false, "ProgressDeadlineExceeded", text), .onNewReason)
    }
  }

  /// A rollout that stands still is looked at a second after its deadline.
  ///
  /// Last progress 3 minutes ago and a deadline of 10: in 7 minutes and 1 second. With less than a
  /// second left, soon and with back-off.
  private mutating func waitForDeadline() {
    guard let current = deployment.status.conditions[.progressing], deployment.hasProgressDeadline,
      !deployment.isComplete(deployment.status), current.reason != "ProgressDeadlineExceeded"
    else { return }
    let deadline = deployment.deadline(after: current, clock)
    if deadline - now < .seconds(1) {
      plan.retries = true
    } else {
      plan.wake(key, at: deadline + .seconds(1))
    }
  }

  /// A pause stops the deadline, and so does its end; a deadline that is over stays over.
  mutating func markPause() {
    let reason = deployment.status.conditions[.progressing]?.reason
    guard deployment.hasProgressDeadline, reason != "ProgressDeadlineExceeded" else { return }
    let isMarked = reason == "DeploymentPaused"
    if deployment.spec.paused && !isMarked {
      setProgress(.unknown, "DeploymentPaused", "Deployment is paused")
      writeStatus(because: "pause: the deadline is not counted any more")
    } else if !deployment.spec.paused && isMarked {
      setProgress(.unknown, "DeploymentResumed", "Deployment is resumed")
      writeStatus(because: "resume: the deadline counts from now")
    }
  }

  mutating func setProgress(_ status: ConditionStatus, _ reason: String, _ message: String) {
    deployment.status.conditions.set(
      condition(.progressing, status, reason, message), .onNewReason)
  }

  private func condition(
    _ type: DeploymentConditionType, _ status: ConditionStatus, _ reason: String, _ message: String
  ) -> DeploymentCondition {
    var condition = DeploymentCondition()
    condition.type = type
    condition.status = status
    condition.reason = reason
    condition.message = message
    condition.lastUpdateTime = time
    condition.lastTransitionTime = time
    return condition
  }
}

extension Deployment {
  /// True when all pods have the template and are available, and no other pod is left.
  func isComplete(_ status: DeploymentStatus) -> Bool {
    Int(status.updatedReplicas) == wantedReplicas && Int(status.replicas) == wantedReplicas
      && Int(status.availableReplicas) == wantedReplicas
      && status.observedGeneration >= metadata.generation
  }

  /// True when a status shows progress since the stored one: more updated, ready or available pods,
  /// or fewer old ones.
  func isProgressing(_ status: DeploymentStatus) -> Bool {
    let old = self.status
    return status.updatedReplicas > old.updatedReplicas
      || status.replicas &- status.updatedReplicas < old.replicas &- old.updatedReplicas
      || status.readyReplicas > old.readyReplicas
      || status.availableReplicas > old.availableReplicas
  }

  /// True when there was no progress for longer than the deadline.
  func isTimedOut(_ status: DeploymentStatus, at now: Instant, _ clock: Clock) -> Bool {
    guard hasProgressDeadline, let condition = status.conditions[.progressing] else { return false }
    switch condition.reason {
    case "NewReplicaSetAvailable": return false
    case "ProgressDeadlineExceeded": return true
    default: return deadline(after: condition, clock) < now
    }
  }

  /// When the time after the last progress is over.
  func deadline(after condition: DeploymentCondition, _ clock: Clock) -> Instant {
    let last = condition.lastUpdateTime.map(clock.instant) ?? Instant(nanoseconds: .min)
    return last + .seconds(Int64(spec.progressDeadlineSeconds ?? .max))
  }
}
