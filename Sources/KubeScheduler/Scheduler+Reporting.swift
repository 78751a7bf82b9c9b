import KubeModel
import KubeReconcile
import SimulationKernel

extension Scheduler {
  /// Binds a pod, and says so once it is done.
  func binding(_ waiting: WaitingPod, to node: String, now: Instant) -> Plan {
    var plan = Plan()
    plan.bind(waiting.key, to: node, because: "bind to the best node")
    plan.afterwards = { results, _ in
      var next = Plan()
      if results.contains(where: { $0.error != nil }) {
        // The pod is looked at again, and found without the node that was assumed for it.
        next.wake(waiting.key, at: now)
        return next
      }
      let pod = waiting.pod
      let message = String(
        joining: "Successfully assigned ", pod.metadata.namespace, "/", pod.metadata.name, " to ",
        node)
      next.event(
        EventDraft(
          .normal, "Scheduled", message, regarding: ObjectReference(to: pod),
          component: Self.name, action: "Binding"))
      return next
    }
    return plan
  }

  /// Says that a pod was not bound, in an Event and, where it changes, in its condition.
  ///
  /// Follows `handleSchedulingFailure` in pkg/scheduler/schedule_one.go (v1.36).
  func failure(_ waiting: WaitingPod, _ diagnosis: Diagnosis, in snapshot: Snapshot) -> Plan {
    failure(
      waiting, reason: "Unschedulable",
      diagnosis.message(preemption: waiting.pod.spec.preemptionPolicy), in: snapshot)
  }

  /// Says in the given words that a pod was not bound.
  func failure(
    _ waiting: WaitingPod, reason: String, _ message: String, in snapshot: Snapshot
  ) -> Plan {
    var plan = failedEvent(waiting.pod, message)
    var pod = waiting.pod
    var condition = PodCondition(
      type: .podScheduled, status: .false, reason: reason, message: message)
    condition.observedGeneration = pod.metadata.generation
    condition.lastTransitionTime = snapshot.time
    if let index = pod.status.conditions.firstIndex(where: { $0.type == .podScheduled }) {
      let old = pod.status.conditions[index]
      if old.status == condition.status {
        if old.reason == condition.reason && old.message == message { return plan }
        condition.lastTransitionTime = old.lastTransitionTime
      }
      pod.status.conditions[index] = condition
    } else {
      pod.status.conditions.append(condition)
    }
    plan.patchStatus(waiting.key, pod, because: "no node fits")
    return plan
  }

  func failedEvent(_ pod: Pod, _ message: String) -> Plan {
    var plan = Plan()
    plan.event(
      EventDraft(
        .warning, "FailedScheduling", Self.note(message), regarding: ObjectReference(to: pod),
        component: Self.name, action: "Scheduling"))
    return plan
  }

  /// A text as an Event takes it: at most 1024 bytes, the end of a longer one replaced.
  private static func note(_ text: String) -> String {
    guard text.utf8.count > 1024 else { return text }
    return String(decoding: text.utf8.prefix(1020), as: UTF8.self) + " ..."
  }
}
