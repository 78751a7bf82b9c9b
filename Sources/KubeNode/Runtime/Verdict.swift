import KubeModel
import SimulationKernel

/// Why the kubelet itself ends a pod: its deadline, pressure on the node, a shutdown.
struct Verdict: Sendable {
  /// The pod's `status.reason`.
  var reason: String
  /// The pod's `status.message`.
  var message: String
  /// The most time that its containers get to stop; nil for what the pod asks for.
  var grace: Duration?
  /// True when the pod gets the condition DisruptionTarget.
  var isDisruption = false
  /// True when the stop begins at once, and not with the status that a sync writes.
  var isImmediate = false
  /// True when an Event tells it.
  var isToldByEvent = false
  /// Why, for the trace.
  var rule: StaticString = "kubelet ends the pod"
  var detail = ""

  /// The pod lives on after its `activeDeadlineSeconds`.
  static let deadlineExceeded = Verdict(
    reason: "DeadlineExceeded",
    message: "Pod was active on the node longer than the specified deadline")

  /// The pod gives way, since its node is short of something.
  static func evicted(_ message: String, grace: Duration?, _ detail: String) -> Verdict {
    Verdict(
      reason: "Evicted", message: message, grace: grace, isDisruption: true, isImmediate: true,
      isToldByEvent: true, rule: "evicted under node pressure", detail: detail)
  }

  /// The pod makes room for a critical one.
  static func preempted(_ detail: String) -> Verdict {
    Verdict(
      reason: "Preempting", message: "Preempted in order to admit critical pod",
      isDisruption: true, isImmediate: true, isToldByEvent: true,
      rule: "gives way to a critical pod", detail: detail)
  }

  /// The node goes down in an orderly way.
  static func shutdown(grace: Duration, _ detail: String) -> Verdict {
    Verdict(
      reason: "Terminated",
      message: "Pod was terminated in response to imminent node shutdown.", grace: grace,
      isDisruption: true, isImmediate: true, rule: "node shuts down", detail: detail)
  }
}
