// Which samples count, and what the pods without one are taken for.
//
// Follows   groupPods and removeMetricsForPods of
//           pkg/controller/podautoscaler/replica_calculator.go (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

/// The pods of a target, sorted by what their samples are worth.
struct PodGroups {
  /// How many pods have a sample that counts.
  private(set) var ready = 0
  /// Pods that do not serve yet: their samples are dropped, and they count as idle on the way up.
  private(set) var unready: [String] = []
  /// Pods without a sample: they count as busy on the way down and as idle on the way up.
  private(set) var missing: [String] = []
  /// The samples that are left, also of pods that nobody asked for.
  private(set) var samples: StringMap<PodSample>

  /// Sorts pods; CPU samples of pods that have just started do not count.
  init(
    _ pods: [Pod], _ samples: StringMap<PodSample>, isCPU: Bool, _ calculator: ReplicaCalculator
  ) {
    self.samples = samples
    for pod in pods {
      let name = pod.metadata.name
      if pod.isBeingDeleted || pod.status.phase == .failed {
        self.samples[name] = nil
      } else if pod.status.phase == .pending {
        unready.append(name)
        self.samples[name] = nil
      } else if let sample = samples[name] {
        if isCPU && calculator.isStarting(pod, sample) {
          unready.append(name)
          self.samples[name] = nil
        } else {
          ready += 1
        }
      } else {
        missing.append(name)
      }
    }
  }

  /// Gives the pods without a sample the value that keeps the controller careful.
  func filled(
    missing value: (String) -> Int64?, unreadyAreIdle: Bool
  ) -> StringMap<PodSample> {
    var filled = samples
    let time = Timestamp(unixSeconds: 0)
    for name in missing {
      guard let value = value(name) else { continue }
      filled[name] = PodSample(milliValue: value, timestamp: time, window: .zero)
    }
    for name in unreadyAreIdle ? unready : [] {
      filled[name] = PodSample(milliValue: 0, timestamp: time, window: .zero)
    }
    return filled
  }
}

extension ReplicaCalculator {
  /// True while a pod's CPU says nothing about its load.
  ///
  /// In its first 5 minutes a pod counts once it is ready and was so for a whole sample window;
  /// later it does not count only if it was never ready.
  fileprivate func isStarting(_ pod: Pod, _ sample: PodSample) -> Bool {
    guard let condition = pod.status.condition(.ready), let start = pod.status.startTime else {
      return true
    }
    let transition = condition.lastTransitionTime ?? Timestamp(unixSeconds: 0)
    if start + cpuInitializationPeriod > now {
      return condition.status == .false || sample.timestamp < transition + sample.window
    }
    return condition.status == .false && start + initialReadinessDelay > transition
  }
}
