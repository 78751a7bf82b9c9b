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
    let code = codeText(index, exit)
    let text = exit.cause == .process ? code : "\(code) (\(exit.reason))"
    if isEphemeral(index) { return text }
    let policy = pod.spec.restartPolicy
    let terms = runtime.traits.containers[index].restart
    let outcome = RestartRules.outcome(terms, in: policy, exitCode: exit.code)
    let isByRule =
      outcome == .restartsAll || RestartRules.isDecidedByRule(terms, exitCode: exit.code)
    func says(_ deed: String) -> String {
      if isByRule { return String(joining: text, "; a restart rule of the container", deed) }
      if let own = terms.policy {
        return String(joining: text, "; the container's restartPolicy ", own.rawValue, deed)
      }
      return String(joining: text, "; restartPolicy ", policy.rawValue, deed)
    }
    switch outcome {
    case .stays where isInit(index) && exit.code == 0: return text
    case .stays: return says(" leaves it so")
    case .restarts where isInit(index) && !isSidecar(index) && exit.code == 0: return text
    case .restarts:
      // The wait before the next start is known as soon as there was one restart.
      let wait = runtime.containers[index].restartBackoff.flatMap {
        $0.end(since: exit.time, now: now) == nil ? nil : $0.wait
      }
      let delay = wait.map { ", \(GoDuration.text($0)) after its exit" } ?? ""
      return says(" starts it again\(delay)")
    case .restartsAll: return says(" starts all containers again")
    }
  }

  /// `app with code 1`.
  private func codeText(_ index: Int, _ exit: ProcessExit) -> String {
    String(joining: name(index), " with code ", String(exit.code))
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
