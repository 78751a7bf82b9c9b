import KubeModel
import SimulationKernel
import Testing

@testable import KubeSim

@Suite struct ExplanationTests {
  private func instant(_ seconds: Double) -> Instant {
    Instant(nanoseconds: Int64((seconds * 1e9).rounded()))
  }

  @Test func causesAreIndentedBackToTheUser() throws {
    var trace = Trace()
    let web = trace.add(StepSubject(sort: "Deployment", scope: "default", name: "web"))
    let pod = StepSubject(sort: "Pod", scope: "default", name: "web-x")
    let podNumber = trace.add(pod)
    let first = trace.record(
      at: instant(20), actor: "you", action: "update", subject: web, rule: "scale",
      detail: "to 2", cause: .none)
    let second = trace.record(
      at: instant(20.5), actor: "replicaset-controller", action: "delete",
      subject: podNumber, rule: "scale down: there are more pods than wanted", detail: "3 of 2",
      cause: first)
    let third = trace.record(
      at: instant(22), actor: "kubelet", action: "remove", subject: podNumber,
      rule: "all containers are gone", cause: second)
    let fourth = trace.record(
      at: instant(21), actor: "kubelet", action: "update status", subject: podNumber,
      rule: "all containers stopped", cause: second)
    let explanation = Explanation(
      subject: pod,
      chains: [third, fourth, second].map { trace.chain(from: $0) })
    #expect(
      explanation.description == """
        Pod web-x

        0:22.000  The kubelet removed it (all containers are gone)
        0:20.500    because the ReplicaSet controller asked for its deletion \
        (scale down: there are more pods than wanted, 3 of 2)
        0:20.000      because you changed Deployment web (scale, to 2)

        0:21.000  The kubelet wrote its status (all containers stopped)
        0:20.500    because the ReplicaSet controller asked for its deletion \
        (scale down: there are more pods than wanted, 3 of 2), as above
        """)
  }

  @Test func anObjectThatWasLeftAloneSaysSo() {
    let pod = StepSubject(sort: "Pod", scope: "shop", name: "web-x")
    let text = Explanation(subject: pod, chains: []).description
    #expect(text == "Pod web-x in shop\n\nNothing was done to it.")
  }
}
