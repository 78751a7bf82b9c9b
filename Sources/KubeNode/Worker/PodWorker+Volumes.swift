import KubeModel
import SimulationKernel

// Waits until all volumes of a pod can be mounted.
//
// Follows pkg/kubelet/volumemanager/{volume_manager.go,populator,reconciler} and
// pkg/util/goroutinemap/exponentialbackoff (v1.36)
// Left out  attaching. Volumes other than configMap, secret, projected and persistentVolumeClaim are
//           always there. What is in a volume is found in Programs/PodWorker+Files.swift.
extension PodWorker {
  private static let firstLook = Duration.milliseconds(200)
  private static let patience = Duration.seconds(123)

  /// Mounts, or tries again 0.5, 1, 2 … 122 s after a failure, and gives up after 2 m 3 s.
  mutating func mountVolumes() {
    if !runtime.isMounted && !pod.spec.volumes.isEmpty {
      if let problem = claimProblem() {
        runtime.mountDeadline = nil
        giveUp(problem)
        return
      }
      if let (volume, problem) = missingVolume() {
        retryMount(volume, problem)
        return
      }
    }
    runtime.isMounted = true
    runtime.mountDeadline = nil
    runtime.nextMount = nil
    addProbes()
  }

  private mutating func retryMount(_ volume: String, _ problem: String) {
    let deadline = runtime.mountDeadline ?? now + Self.patience
    runtime.mountDeadline = deadline
    if runtime.nextMount == nil {
      // The first look comes after the wait has begun.
      runtime.nextMount = now + Self.firstLook
    } else if let due = runtime.nextMount, due <= now {
      event(
        .warning, "FailedMount",
        "MountVolume.SetUp failed for volume \(GoText.quoted(volume)) : \(problem)")
      let wait = Duration.milliseconds(500 << min(runtime.mountTries, 20))
      runtime.mountTries += 1
      runtime.nextMount = now + min(wait, .seconds(122))
    }
    if deadline <= now {
      runtime.mountDeadline = nil
      giveUp(
        "unmounted volumes=[\(volume)], unattached volumes=[], failed to process volumes=[]: "
          + "context deadline exceeded")
      return
    }
    runtime.busyUntil = min(deadline, runtime.nextMount ?? deadline)
    runtime.work.insert(.mountVolumes, at: 0)
  }

  private mutating func giveUp(_ problem: String) {
    event(.warning, "FailedMount", "Unable to attach or mount volumes: \(problem)")
    runtime.failure = .error
    runtime.work.removeAll()
  }

  /// The first volume whose content is not there, and what is missing.
  private func missingVolume() -> (volume: String, problem: String)? {
    for volume in pod.spec.volumes {
      var problem: String?
      if let source = volume.configMap {
        problem = missing(configMap: source.name, source.items, source.optional)
      } else if let source = volume.secret {
        problem = missing(secret: source.secretName, source.items, source.optional)
      } else if let projected = volume.projected {
        problem = projected.sources.lazy.compactMap(missingProjection).first
      }
      if let problem { return (volume.name, problem) }
    }
    return nil
  }

  private func missingProjection(_ source: VolumeProjection) -> String? {
    if let map = source.configMap {
      // Every cluster has this one in every namespace.
      if map.name == "kube-root-ca.crt" { return nil }
      return missing(configMap: map.name, map.items, map.optional)
    }
    if let secret = source.secret {
      return missing(secret: secret.name, secret.items, secret.optional)
    }
    return nil
  }

  private func missing(configMap name: String, _ items: [KeyToPath], _ optional: Bool?) -> String? {
    if optional == true { return nil }
    guard let map = find(ConfigMap.self, name) else { return Missing.configMap(name) }
    let absent = items.first { map.data[$0.key] == nil && map.binaryData[$0.key] == nil }
    return absent.map { "configmap references non-existent config key: \($0.key)" }
  }

  private func missing(secret name: String, _ items: [KeyToPath], _ optional: Bool?) -> String? {
    if optional == true { return nil }
    guard let secret = find(Secret.self, name) else { return Missing.secret(name) }
    let absent = items.first { secret.data[$0.key] == nil }
    return absent.map { "references non-existent secret key: \($0.key)" }
  }

  /// What keeps a claim from being mounted.
  private func claimProblem() -> String? {
    for volume in pod.spec.volumes {
      let claim: String
      if let source = volume.persistentVolumeClaim {
        claim = source.claimName
      } else if volume.ephemeral != nil {
        claim = "\(pod.metadata.name)-\(volume.name)"
      } else {
        continue
      }
      guard let problem = problem(ofClaim: claim) else { continue }
      return "unmounted volumes=[\(volume.name)], unattached volumes=[], "
        + "failed to process volumes=[\(volume.name)]: "
        + "error processing PVC \(pod.metadata.namespace)/\(claim): \(problem)"
    }
    return nil
  }

  private func problem(ofClaim name: String) -> String? {
    guard let claim = find(PersistentVolumeClaim.self, name) else {
      let missing = "persistentvolumeclaims \(GoText.quoted(name)) not found"
      return "failed to fetch PVC from API server: \(missing)"
    }
    if claim.isBeingDeleted { return "PVC is being deleted" }
    return claim.status.phase == .bound && !claim.spec.volumeName.isEmpty ? nil : "PVC is not bound"
  }
}
