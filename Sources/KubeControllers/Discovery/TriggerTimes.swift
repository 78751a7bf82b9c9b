// Follows   staging/src/k8s.io/endpointslice/util/trigger_time_tracker.go (v1.36)

import KubeModel

/// Finds out when the change happened that makes a Service's endpoints change: the value of the
/// annotation `endpoints.kubernetes.io/last-change-trigger-time`.
struct TriggerTimes: Sendable {
  private var isKnown = false
  private var pods: [ObjectKey: Timestamp] = [:]  // Looked up, never walked.

  /// The Service's creation at first; then the earliest of the pods' changes of readiness that are
  /// new since the last call, or nil.
  ///
  /// - Complexity: O(pods).
  mutating func next(_ service: Service, _ current: [(key: ObjectKey, object: Pod)]) -> Timestamp? {
    var times: [ObjectKey: Timestamp] = [:]
    times.reserveCapacity(current.count)
    var earliest: Timestamp?
    for (key, pod) in current {
      guard let time = pod.status.condition(.ready)?.lastTransitionTime else { continue }
      times[key] = time
      if let before = pods[key], time <= before { continue }
      earliest = earliest.map { min($0, time) } ?? time
    }
    pods = times
    defer { isKnown = true }
    return isKnown ? earliest : service.metadata.creationTimestamp
  }
}
