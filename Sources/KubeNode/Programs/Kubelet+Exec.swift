import KubeModel
import KubePrograms
import KubeReconcile
import SimulationKernel

// `kubectl exec`: a command beside what a container runs.
//
// Left out  the time that the command takes: it is over at once, and what it sleeps is in the answer.
extension Kubelet {
  /// Runs a command in a container to its end. What it writes, and the signals it sends, stay.
  ///
  /// The pod's key must be reconciled afterwards. Nil when the container does not run.
  public mutating func exec(
    _ command: [String], in pod: ObjectKey, container: String, _ snapshot: Snapshot
  ) -> Answer? {
    guard hasRuntime(pod) else { return nil }
    return lend(pod, snapshot) { worker in
      worker.runtime.index(of: container).flatMap { worker.exec(command, $0) }
    }.flatMap { $0 }
  }
}

extension PodWorker {
  /// Runs a command beside the program of a container, or alone where nothing is known of that.
  fileprivate mutating func exec(_ command: [String], _ index: Int) -> Answer? {
    guard let process = runtime.containers[index].current, process.isAlive(at: now) else {
      return nil
    }
    awaken(index)
    if runtime.volumesReadAt == nil { readVolumes() } else { refreshVolumes() }
    let elapsed = now - process.startedAt
    let isPlayed = runtime.containers[index].current?.instance != nil
    var alone = machine(running: command, index)
    if let first = command.first, !isPlayed || !hasOwnProgram(index),
      !Toolbox.knows(first, alone.files, alone.directory)
    {
      return Answer(
        .exit(127),
        "OCI runtime exec failed: exec failed: unable to start container process: exec: "
          + "\(GoText.quoted(first)): \(Self.absence(of: first)): unknown\n")
    }
    if isPlayed { return play(index) { $0.ask(.exec(command), at: elapsed) } }
    alone.network = network(for: index)
    let answer = alone.run(command)
    runtime.volumes = alone.files.volumes
    keepDisks()
    return answer
  }

  private func hasOwnProgram(_ index: Int) -> Bool {
    catalog.ownProgram(forImage: image(index)) != nil
  }
}
