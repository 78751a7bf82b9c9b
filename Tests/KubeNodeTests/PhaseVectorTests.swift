import KubeModel
import TestFixtures
import Testing

@testable import KubeNode

@Suite struct PhaseVectorTests {
  @Test func phasesAndConditionsAreThoseOfTheRealKubelet() throws {
    try checkVectors("phase") { row in
      let pod = try Pod(manifest: row.input["pod"] ?? .null, strict: false)
      switch row.kind {
      case "phase": return phase(of: pod, row.input)
      default: return try conditions(of: pod, row.input)
      }
    }
  }

  private func phase(of pod: Pod, _ input: JSONValue) -> JSONValue {
    let status = pod.status
    let phase = PodPhaseRules.phase(
      of: pod, status.initContainerStatuses, status.containerStatuses,
      isTerminal: input["podIsTerminal"]?.boolValue == true,
      wasInitialized: input["podHasInitialized"]?.boolValue == true)
    let all = status.initContainerStatuses + status.containerStatuses
    // Go joins two empty lists to nil.
    let known = all.isEmpty ? nil : all
    let ready = PodConditionRules.containersReady(pod, known, phase)
    // A second ready sandbox, or one without an address, is replaced.
    let stands =
      input["sandbox"]?.stringValue == "ready"
      || (input["sandbox"]?.stringValue == "readyNoIP" && pod.spec.hostNetwork)
    let conditions = [
      PodConditionRules.readyToStart(sandboxStands: stands),
      PodConditionRules.initialized(pod, known, phase),
      PodConditionRules.ready(pod, containersReady: ready, pod.status.conditions), ready,
    ]
    return [
      "phase": .string(phase.rawValue), "conditions": .array(conditions.map { json($0, of: pod) }),
    ]
  }

  private func conditions(of pod: Pod, _ input: JSONValue) throws -> JSONValue {
    let list = input["containerStatuses"]?.arrayValue
    let all = try list.map { try $0.map { try ContainerStatus(json: $0) } }
    let phase = PodPhase(rawValue: input["phase"]?.stringValue ?? "")
    let ready = PodConditionRules.containersReady(pod, all, phase)
    let conditions = [
      PodConditionRules.initialized(pod, all, phase),
      PodConditionRules.ready(pod, containersReady: ready, pod.status.conditions), ready,
    ]
    return ["conditions": .array(conditions.map { json($0, of: pod) })]
  }

  private func json(_ condition: ConditionFinding, of pod: Pod) -> JSONValue {
    [
      "type": .string(condition.type.rawValue), "status": .string(condition.status.rawValue),
      "reason": .string(condition.reason), "message": .string(condition.message),
      "observedGeneration": .int(condition.generation ?? pod.metadata.generation),
    ]
  }
}
