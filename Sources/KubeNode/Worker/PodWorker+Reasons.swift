import KubeModel
import SimulationKernel

// Why a status is written, in words: what the steps of a run tell of restarts, waits and ends.
extension PodWorker {
  /// What the last sync did and what it could not do: `started app; side: ErrImagePull (…)`.
  var standing: String {
    var parts = runtime.deeds.isEmpty ? [] : [runtime.deeds]
    for index in runtime.containers.indices {
      guard let failure = runtime.containers[index].failure else { continue }
      parts.append("\(name(index)): \(failure.reason) (\(failure.message))")
    }
    return parts.joined(separator: "; ")
  }

  /// `app waited 40s after its exit`, for those that wait.
  var waitText: String {
    let waits = runtime.containers.indices.compactMap { index -> String? in
      guard runtime.containers[index].failure?.reason == "CrashLoopBackOff",
        let wait = runtime.containers[index].restartBackoff?.wait
      else { return nil }
      return "\(name(index)) waited \(GoDuration.text(wait)) after its exit"
    }
    return waits.joined(separator: "; ")
  }

  /// `app with code 1 (OOMKilled); restartPolicy Always starts it again`.
  func exitText(_ index: Int, _ exit: ProcessExit) -> String {
    var text = codeText(index, exit)
    if exit.cause != .process { text += " (\(exit.reason))" }
    if isEphemeral(index) { return text }
    let policy = pod.spec.restartPolicy
    let terms = runtime.traits.containers[index].restart
    let outcome = RestartRules.outcome(terms, in: policy, exitCode: exit.code)
    if outcome != .restartsAll, isInit(index), exit.code == 0,
      outcome == .stays || !isSidecar(index)
    {
      return text
    }
    text.reserveCapacity(64)  // Made once: mostly it stays below.
    text += "; "
    if outcome == .restartsAll || RestartRules.isDecidedByRule(terms, exitCode: exit.code) {
      text += "a restart rule of the container"
    } else {
      text += terms.policy == nil ? "restartPolicy " : "the container's restartPolicy "
      text += terms.policy?.rawValue ?? policy.rawValue
    }
    switch outcome {
    case .stays: text += " leaves it so"
    case .restarts:
      text += " starts it again"
      // The wait before the next start is known as soon as there was one restart.
      let wait = runtime.containers[index].restartBackoff.flatMap {
        $0.end(since: exit.time, now: now) == nil ? nil : $0.wait
      }
      if let wait { text += ", \(GoDuration.text(wait)) after its exit" }
    case .restartsAll: text += " starts all containers again"
    }
    return text
  }

  /// `app with code 1`.
  private func codeText(_ index: Int, _ exit: ProcessExit) -> String {
    var text = name(index)
    text += " with code "
    text += exit.code.description
    return text
  }

  /// `app with code 137, by SIGKILL as its grace of 30s was over`, for a container that was stopped.
  func endText(_ index: Int, _ exit: ProcessExit) -> String {
    let text = codeText(index, exit)
    guard let start = runtime.stopStart, exit.time >= start,
      let process = runtime.containers[index].current,
      process.ownExit != exit
    else { return text }
    let grace = runtime.stopGrace
    let isKilled = exit.code == 137 && exit.time - start >= grace
    var hook = Duration.zero
    if runtime.traits.containers[index].hasPreStop {
      hook = hookLength(
        index, \.preStop, process.preStop?.length ?? program(index).beforeStop.after)
    }
    let limit = GoDuration.text(grace)
    let spent = "preStop took \(GoDuration.text(hook)) of its grace of \(limit)"
    switch (isKilled, hook) {
    case (true, .zero): return "\(text), by SIGKILL as its grace of \(limit) was over"
    case (true, ..<grace): return "\(text), by SIGKILL as \(spent) and SIGTERM did not end it"
    case (true, _): return "\(text), by SIGKILL as preStop used up its grace of \(limit)"
    case (false, .zero): return "\(text), after SIGTERM"
    case (false, ..<grace): return "\(text), after SIGTERM; \(spent)"
    case (false, _): return "\(text), after SIGTERM; preStop used up its grace of \(limit)"
    }
  }
}
