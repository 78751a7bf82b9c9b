// How far a rolling update may stray from the wanted number of pods.
//
// Follows   pkg/controller/deployment/util/deployment_util.go (v1.36)

import KubeModel

/// The two limits of a rolling update, in pods.
struct RolloutLimits: Hashable, Sendable {
  /// How many pods there may be too many.
  let surge: Int
  /// How many pods may be missing.
  let unavailable: Int

  /// Turns percentages into pods: the surge is rounded up, what may be missing down.
  ///
  /// With 25% each, 10 pods may be 13 and must be 8. Were both 0 nothing could ever move, so then
  /// one pod may be missing. An absent limit is 0.
  init(
    maxSurge: IntOrString?, maxUnavailable: IntOrString?, desired: Int
  ) throws(IntOrStringError) {
    let surge = try (maxSurge ?? 0).scaledValue(total: desired, roundUp: true)
    let unavailable = try (maxUnavailable ?? 0).scaledValue(total: desired, roundUp: false)
    self.surge = Int(Int32(clamping: surge))
    self.unavailable =
      surge == 0 && unavailable == 0 ? 1 : Int(Int32(clamping: unavailable))
  }

  private init() { (surge, unavailable) = (0, 0) }

  /// The limits of a Deployment; none when they cannot be read, which validation prevents.
  init(of deployment: Deployment) {
    let limits = deployment.spec.strategy.rollingUpdate
    let resolved = try? Self(
      maxSurge: limits?.maxSurge, maxUnavailable: limits?.maxUnavailable,
      desired: deployment.wantedReplicas)
    self = resolved ?? Self()
  }
}

extension Deployment {
  var wantedReplicas: Int { Int(spec.replicas ?? 1) }

  var isRollingUpdate: Bool { spec.strategy.type == .rollingUpdate }

  /// How many pods there may be too many during a rollout.
  var maxSurge: Int { isRollingUpdate ? RolloutLimits(of: self).surge : 0 }

  /// How many pods may be missing during a rollout; never more than are wanted.
  var maxUnavailable: Int {
    guard isRollingUpdate, wantedReplicas > 0 else { return 0 }
    return min(RolloutLimits(of: self).unavailable, wantedReplicas)
  }

  /// How many pods must be available during a rolling update.
  var minAvailable: Int { isRollingUpdate ? wantedReplicas - maxUnavailable : 0 }

  /// True when a rollout without progress is reported as failed after a time.
  var hasProgressDeadline: Bool { (spec.progressDeadlineSeconds ?? .max) != .max }

  /// The size that the new ReplicaSet may have now, when all of them together ask for `total` pods
  /// and the new one for `current` of these.
  ///
  /// With 10 wanted and a surge of 2 the limit is 12: if the old ones ask for 5 pods and the new
  /// one for none, it may have 7; if they ask for 10, it may have 2.
  ///
  /// - Throws: An error for a strategy or a surge that validation does not let through.
  func newSetSize(total: Int, current: Int) throws(RolloutError) -> Int {
    switch spec.strategy.type {
    case .recreate: return wantedReplicas
    case .rollingUpdate:
      let limit = wantedReplicas + (try requiredSurge())
      if total >= limit { return current }
      return current + min(limit - total, wantedReplicas - current)
    default: throw RolloutError("deployment type \(spec.strategy.type) isn't supported")
    }
  }

  private func requiredSurge() throws(RolloutError) -> Int {
    do {
      let surge = try IntOrString.scaledValue(
        of: spec.strategy.rollingUpdate?.maxSurge, total: wantedReplicas, roundUp: true)
      return Int(Int32(clamping: surge))
    } catch {
      throw RolloutError(error.message)
    }
  }
}
