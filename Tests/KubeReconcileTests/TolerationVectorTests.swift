import KubeModel
import KubeReconcile
import TestFixtures
import Testing

@Suite struct TolerationVectorTests {
  @Test func tolerationsAndNodeAffinityAgreeWithKubernetes() throws {
    try checkVectors("tolerations") { row in
      row.kind == "tolerations" ? try answerTolerations(row.input) : try answerAffinity(row.input)
    }
  }

  private func answerTolerations(_ input: JSONValue) throws -> JSONValue {
    let tolerations = try [Toleration](json: input["tolerations"] ?? [])
    let taints = try [Taint](json: input["taints"] ?? [])
    let preferring = taints.filter { $0.effect == .preferNoSchedule }
    var eviction = JSONObject([
      ("noExecuteTaints", .int(Int64(taints.count { $0.effect == .noExecute })))
    ])
    if taints.contains(where: { $0.effect == .noExecute }) {
      let stay = tolerations.stay(under: taints)
      eviction["allTolerated"] = .bool(stay != .notTolerated)
      switch stay {
      case .notTolerated: break
      case .limited(let seconds): eviction["tolerationSeconds"] = .int(seconds)
      case .unlimited: eviction["tolerationSeconds"] = .null
      }
    }
    return [
      "untolerated": .array(
        taints.filter { !tolerations.tolerate($0) }.map { .string($0.text) }),
      "firstBlockingScheduling": tolerations.firstUntolerated(of: taints)
        .map { .string($0.text) } ?? .null,
      "intolerablePreferNoSchedule": .int(
        Int64(preferring.count { !tolerations.tolerate($0) })),
      "eviction": .object(eviction),
    ]
  }

  private func answerAffinity(_ input: JSONValue) throws -> JSONValue {
    let pod = try Pod(json: input["pod"] ?? .null)
    let node = try Node(json: input["node"] ?? .null)
    let required = RequiredNodeAffinity(pod.spec)
    let preferred = PreferredNodeAffinity(pod.spec)
    var answer = JSONObject([("match", .bool(required.matches(node)))])
    if let error = required.error(on: node) { answer["error"] = .string(error) }
    if let error = preferred.error {
      answer["preferredError"] = .string(error)
    } else if !preferred.isEmpty {
      answer["preferredScore"] = .int(preferred.score(node))
    }
    return .object(answer)
  }
}
