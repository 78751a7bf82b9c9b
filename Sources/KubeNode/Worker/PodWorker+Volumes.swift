import KubeModel
import KubeReconcile
import SimulationKernel

// Waits until all volumes of a pod are mounted.
//
// Follows pkg/kubelet/volumemanager/{volume_manager.go,populator,reconciler} and
// pkg/util/goroutinemap/exponentialbackoff (v1.36)
// Left out  the tries that go on between two waits; errors of drivers, which an annotation of the
//           pod plays instead: `kubesim.dev/mount-error.VOLUME`
// What is in a volume is found in Volumes/VolumeContents.swift.
extension PodWorker {
  private static let errorAnnotation = "kubesim.dev/mount-error."

  /// Mounts what containers use, or tries again 0.5, 1, 2 … 122 s after a failure, and gives up after
  /// 2 m 3 s. That all are mounted is seen at a look each 300 ms.
  mutating func mountVolumes() {
    let wanted = usedVolumes()
    if runtime.isMounted || wanted.isEmpty {
      finishMounting()
      return
    }
    if runtime.nextMount == nil { runtime.mounts.beginWait(for: wanted, at: now) }
    let deadline = runtime.mounts.deadline ?? now
    let problems = wanted.compactMap { number in
      claimProblem(pod.spec.volumes[number]).map { (pod.spec.volumes[number].name, $0) }
    }
    if !problems.isEmpty {
      giveUp(wanted, unprocessed: problems.map(\.0), problems.map(\.1).joined(separator: "; "))
      return
    }
    for number in wanted { tryMount(number) }
    let missing = wanted.filter { !runtime.mounts.tries(for: $0).isMounted }
    if missing.isEmpty {
      let seen = runtime.mounts.look(from: now)
      if seen <= now { finishMounting() } else { mountAgain(at: seen) }
      return
    }
    if deadline <= now {
      giveUp(missing, unprocessed: [], "context deadline exceeded")
      return
    }
    let next = missing.map { runtime.mounts.tries(for: $0).next }.min() ?? deadline
    mountAgain(at: min(deadline, next))
  }

  private mutating func finishMounting() {
    runtime.isMounted = true
    runtime.nextMount = nil
    addProbes()
  }

  private mutating func mountAgain(at time: Instant) {
    runtime.nextMount = time
    runtime.busyUntil = time
    runtime.work.append(.mountVolumes)
  }

  /// The places of the volumes that a container mounts; others are not looked at.
  private func usedVolumes() -> [Int] {
    let spec = pod.spec
    if spec.volumes.isEmpty { return [] }
    let containers =
      spec.containers + spec.initContainers + spec.ephemeralContainers.map(\.common)
    return spec.volumes.indices.filter { number in
      let name = spec.volumes[number].name
      return containers.contains { container in
        container.volumeMounts.contains { $0.name == name }
          || container.volumeDevices.contains { $0.name == name }
      }
    }
  }

  private mutating func tryMount(_ number: Int) {
    var attempt = runtime.mounts.tries(number, at: now)
    if attempt.isMounted || attempt.next > now { return }
    let volume = pod.spec.volumes[number]
    if !isAttached(volume) {
      runtime.mounts.fail(number, at: now)
    } else if let (step, problem) = mountProblem(volume) {
      event(
        .warning, "FailedMount",
        "MountVolume.\(step) failed for volume \(GoText.quoted(specName(volume))) : \(problem)")
      runtime.mounts.fail(number, at: now)
    } else {
      attempt.isMounted = true
      runtime.mounts.tries[number] = attempt
    }
  }

  /// Ends the wait; the pod is looked at again 10 to 15 s later.
  private mutating func giveUp(_ missing: [Int], unprocessed: [String], _ problem: String) {
    let volumes = missing.map { pod.spec.volumes[$0] }
    let unattached = unprocessed.isEmpty ? volumes.filter { !isAttached($0) }.map(\.name) : []
    runtime.nextMount = nil
    let text =
      "Unable to attach or mount volumes: unmounted volumes=\(list(volumes.map(\.name))), "
      + "unattached volumes=\(list(unattached)), "
      + "failed to process volumes=\(list(unprocessed)): \(problem)"
    event(.warning, "FailedMount", text)
    note(text)
    runtime.failure = .error
    runtime.work.removeAll()
  }

  private func list(_ names: [String]) -> String {
    "[" + names.sorted().joined(separator: " ") + "]"
  }

  /// A volume goes by its own name, one behind a claim by that of the persistent volume.
  private func specName(_ volume: Volume) -> String {
    persistentVolume(of: volume)?.metadata.name ?? volume.name
  }

  /// Why a volume cannot be mounted now, and at which step that is found out.
  private func mountProblem(_ volume: Volume) -> (step: String, problem: String)? {
    if let told = pod.metadata.annotations[Self.errorAnnotation + volume.name] {
      return ("SetUp", told)
    }
    let behind = persistentVolume(of: volume)
    let node = snapshot[Node.self, "", pod.spec.nodeName]
    if let behind, let node, !behind.isReachable(from: node) {
      return ("NodeAffinity check", "no matching NodeSelectorTerms")
    }
    if let source = volume.hostPath ?? behind?.spec.hostPath {
      return HostPaths(node).problem(source).map { ("SetUp", $0) }
    }
    return VolumeContents(of: volume, for: pod, in: snapshot).problem.map { ("SetUp", $0) }
  }

  /// Whether a volume is at the node: those of drivers have to be attached first.
  private func isAttached(_ volume: Volume) -> Bool {
    guard let behind = persistentVolume(of: volume), behind.spec.csi != nil else { return true }
    return snapshot.attachments(of: behind).contains {
      $0.spec.nodeName == pod.spec.nodeName && $0.status.attached
    }
  }

  private func persistentVolume(of volume: Volume) -> PersistentVolume? {
    guard let name = pod.claimName(of: volume), let claim = find(PersistentVolumeClaim.self, name)
    else { return nil }
    return snapshot[PersistentVolume.self, "", claim.spec.volumeName]
  }

  // MARK: Claims

  /// What keeps a claim from being mounted.
  private func claimProblem(_ volume: Volume) -> String? {
    guard let name = pod.claimName(of: volume),
      let problem = problem(ofClaim: name, isEphemeral: volume.ephemeral != nil)
    else { return nil }
    return "error processing PVC \(pod.metadata.namespace)/\(name): \(problem)"
  }

  private func problem(ofClaim name: String, isEphemeral: Bool) -> String? {
    guard let claim = find(PersistentVolumeClaim.self, name) else {
      let missing = "persistentvolumeclaims \(GoText.quoted(name)) not found"
      return "failed to fetch PVC from API server: \(missing)"
    }
    if isEphemeral, let objection = pod.objection(to: claim) { return objection }
    if claim.isBeingDeleted { return "PVC is being deleted" }
    if claim.status.phase != .bound { return "PVC is not bound" }
    let volume = claim.spec.volumeName
    if volume.isEmpty { return "PVC has empty pvc.Spec.VolumeName" }
    if snapshot[PersistentVolume.self, "", volume] != nil { return nil }
    return "failed to fetch PV \(GoText.quoted(volume)) from API server: "
      + "persistentvolumes \(GoText.quoted(volume)) not found"
  }
}
