import KubeModel
import SimulationKernel
import Testing

@testable import KubeReconcile

@Suite struct PodRankingTests {
  @Test func agesAreComparedByPowersOfTwo() {
    #expect(PodRanking.bucket(ofAge: .hours(5)) == PodRanking.bucket(ofAge: .hours(8)))
    #expect(PodRanking.bucket(ofAge: .hours(2)) < PodRanking.bucket(ofAge: .hours(5)))
    #expect(PodRanking.bucket(ofAge: .zero) == -1)
    #expect(PodRanking.bucket(ofAge: .seconds(-5)) == -1)
    #expect(PodRanking.bucket(ofAge: .nanoseconds(1)) == 0)
  }

  @Test(arguments: [
    ("10", 10), ("-7", -7), ("0", 0), ("2147483647", 2_147_483_647),
    ("+1", 0), ("007", 0), ("", 0), ("1.5", 0), ("2147483648", 0), ("-", 0), ("1x", 0),
  ])
  func aDeletionCostIsAPlainNumberOrNothing(text: String, cost: Int32) {
    let annotations: StringMap<String> = ["controller.kubernetes.io/pod-deletion-cost": text]
    #expect(PodRanking.deletionCost(annotations) == cost)
  }

  @Test func podsThatAreEqualInAllElseGoByName() {
    func ranking(_ name: String) -> PodRanking {
      var pod = Pod()
      pod.metadata.name = name
      return PodRanking(pod, rank: 0, now: .zero, Clock())
    }
    #expect(ranking("a") < ranking("b"))
    #expect(!(ranking("b") < ranking("a")))
  }
}
