import SimulationKernel
import Testing

@Suite struct TraceTests {
  private func trace(_ details: [String]) -> Trace {
    var trace = Trace()
    let web = trace.add(StepSubject(sort: "Deployment", scope: "default", name: "web"))
    let pod = trace.add(StepSubject(sort: "Pod", scope: "default", name: "web-1"))
    let first = trace.record(
      at: .zero, actor: "you", action: "create", subject: web, rule: "create", cause: .none)
    for detail in details {
      trace.record(
        at: .zero + .seconds(1), actor: "controller", action: "create", subject: pod,
        rule: "scale up", detail: detail, cause: first)
    }
    return trace
  }

  @Test func aStepTellsWhoDidWhatToWhomAndWhy() throws {
    let trace = trace(["0 of 1"])
    let step = try #require(trace[StepID(2)])
    #expect(step.actor == "controller")
    #expect(step.subject.name == "web-1")
    #expect(step.rule == "scale up")
    #expect(step.detail == "0 of 1")
    #expect(step.cause == StepID(1))
    #expect(trace[StepID(3)] == nil)
    #expect(trace[.none] == nil)
  }

  @Test func aChainWalksBackToTheBeginning() {
    let trace = trace(["0 of 1"])
    #expect(trace.chain(from: trace.last).map(\.actor) == ["controller", "you"])
  }

  @Test func stepsOfASubjectComeLatestFirst() {
    let trace = trace(["one", "two"])
    let subject = trace.find(StepSubject(sort: "Pod", scope: "default", name: "web-1"))
    #expect(subject == 1)
    #expect(trace.steps(of: 1).map(\.detail) == ["two", "one"])
    #expect(trace.find(StepSubject(sort: "Pod", scope: "default", name: "web-2")) == nil)
  }

  @Test func theHashIsThatOfTheSteps() {
    #expect(trace(["x"]).hash == trace(["x"]).hash)
    #expect(trace(["x"]).hash != trace(["x", "x"]).hash)
    // Written down: it must be the same in every process and on every platform.
    var hash = RunningHash()
    hash.feed("web")
    #expect(hash.description == "7d1da95d92375089")
  }
}
