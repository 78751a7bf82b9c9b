import KubeModel
import SimulationKernel
import Testing

@testable import KubeNode

@Suite struct BehaviorTests {
  private func read(_ text: String) throws -> PodBehavior {
    try PodBehavior(json: JSONValue(parsing: text))
  }

  @Test func everythingThatCanBeSaidIsRead() throws {
    let behavior = try read(
      """
      {"app": {"pull": {"for": "2s", "fail": true},
        "runs": [{"for": "1m30s", "exit": 1}, {}],
        "stop": {"after": "2s", "exit": 143, "ignore": true},
        "probes": {"readiness": [{"for": "5s", "result": "failure"}, {"result": "success"}],
          "liveness": [], "startup": [{"result": "success"}]},
        "hooks": {"postStart": {"for": "1s", "exit": 2}, "preStop": {"for": "3s"}}},
       "other": null}
      """)
    let app = try #require(behavior["app"])
    #expect(app.pull == .init(for: .seconds(2), fails: true))
    #expect(app.runs == [.init(for: .seconds(90), exit: 1), .init()])
    #expect(app.stop == .init(after: .seconds(2), exit: 143, ignored: true))
    #expect(app.readiness == [.init(for: .seconds(5), succeeds: false), .init(succeeds: true)])
    #expect(app.postStart == .init(for: .seconds(1), exit: 2))
    #expect(app.preStop == .init(for: .seconds(3)))
    #expect(behavior["other"] == ContainerBehavior())
  }

  @Test(arguments: [
    (
      #"{"app": {"run": []}}"#, "app: \"run\" is unknown; known are pull, runs, stop, probes, hooks"
    ),
    (
      #"{"app": {"runs": [{"for": "5x"}]}}"#,
      "app.runs[0].for: \"5x\" is no duration like 5s or 1m30s"
    ),
    (#"{"app": {"runs": {}}}"#, "app.runs: is object, not a list"),
    (#"{"app": {"pull": {"fail": 1}}}"#, "app.pull.fail: 1 is neither true nor false"),
    (
      #"{"app": {"probes": {"readiness": [{"result": "maybe"}]}}}"#,
      "app.probes.readiness[0].result: \"maybe\" is neither success nor failure nor unknown"
    ),
    (#"["app"]"#, "behavior: is array, not an object"),
  ]) func mistakesAreNamedWithTheirPlace(_ text: String, _ message: String) {
    #expect(throws: BehaviorError.self) { try read(text) }
    do {
      _ = try read(text)
    } catch {
      #expect("\(error)" == message)
    }
  }

  @Test func theLastRunRepeats() throws {
    let app = try #require(
      try read(#"{"app": {"runs": [{"for": "1s"}, {"for": "2s", "exit": 3}]}}"#)["app"])
    #expect(app.ending(ofRun: 0) == ProgramEnding(after: .seconds(1), code: 0))
    #expect(app.ending(ofRun: 1) == ProgramEnding(after: .seconds(2), code: 3))
    #expect(app.ending(ofRun: 9) == ProgramEnding(after: .seconds(2), code: 3))
    #expect(ContainerBehavior().ending(ofRun: 0) == nil)
  }

  @Test func probesFollowTheirScript() throws {
    let app = try #require(
      try read(
        """
        {"app": {"probes": {"readiness": [{"for": "5s", "result": "failure"},
          {"result": "success"}]}}}
        """
      )["app"])
    #expect(
      app.probe(.readiness, after: .seconds(4)) == ProbeAnswer(succeeds: false, until: .seconds(5)))
    #expect(app.probe(.readiness, after: .seconds(5)) == ProbeAnswer(succeeds: true, until: nil))
    #expect(app.probe(.liveness, after: .zero) == ProbeAnswer(succeeds: true, until: nil))
  }

  @Test func annotationsWinOverImages() throws {
    var catalog = BehaviorCatalog()
    var slow = ContainerBehavior()
    slow.pull = .init(for: .seconds(9))
    catalog.register(slow, forImage: "app:1")
    catalog.register(["app": ContainerBehavior()], forAnnotation: "app: {}")
    var metadata = ObjectMeta()
    #expect(catalog.behavior(of: metadata) == nil)
    #expect(catalog.program(of: "app", image: "app:1", in: nil) == slow)
    metadata.annotations[BehaviorCatalog.annotation] = "app: {}"
    let behavior = catalog.behavior(of: metadata)
    #expect(catalog.program(of: "app", image: "app:1", in: behavior) == ContainerBehavior())
    metadata.annotations[BehaviorCatalog.annotation] = #"{"app": {"pull": {"for": "1s"}}}"#
    #expect(catalog.behavior(of: metadata)?["app"]?.pull.duration == .seconds(1))
  }
}
