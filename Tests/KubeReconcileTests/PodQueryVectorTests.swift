import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

@Suite struct AvailabilityVectorTests {
  @Test func everyRowAgreesWithKubernetes() throws {
    try checkVectors("availability") { row in
      let pod = try Pod(json: row.input["pod"] ?? .null)
      let minReady = Int32(row.input["minReadySeconds"]?.intValue ?? 0)
      let clock = try #require(startClock(row.input["now"]))
      let next = [pod].nextAvailabilityCheck(minReadySeconds: minReady, after: .zero, clock)
      var answer: JSONValue = [
        "ready": .bool(pod.isReady),
        "available": .bool(pod.isAvailable(minReadySeconds: minReady, at: .zero, clock)),
        "availableInSeconds": next.map { .int($0.nanoseconds / 1_000_000_000) } ?? .null,
      ]
      if let next { answer["availableAt"] = clock.timestamp(next).json }
      return answer
    }
  }
}

@Suite struct PodRankingVectorTests {
  @Test func everyRowAgreesWithKubernetes() throws {
    try checkVectors("podranking") { row in
      let pods = try (row.input["pods"]?.arrayValue ?? []).map { try Pod(json: $0) }
      let ranks = (row.input["ranks"]?.arrayValue ?? []).map { Int($0.intValue ?? 0) }
      let clock = startClock(row.input["now"])
      let rankings = zip(pods, ranks).map {
        PodRanking($0, rank: $1, now: clock.map { _ in .zero }, clock ?? Clock())
      }
      let order = pods.indices.sorted { rankings[$0] < rankings[$1] }
      return ["order": .array(order.map { .string(pods[$0].metadata.name) })]
    }
  }
}

/// The clock that shows a row's time at instant zero.
private func startClock(_ now: JSONValue?) -> Clock? {
  now?.stringValue.flatMap { Timestamp($0) }.map { Clock(start: $0) }
}
