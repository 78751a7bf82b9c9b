import KubeSim
import KubeSimManifests
import Testing

@Suite("Scenario files") struct ScenarioTests {
  private static func scenario(_ steps: String) throws -> Scenario {
    let text = """
      apiVersion: kubesim.dev/v1alpha1
      kind: Scenario
      metadata: {name: test}
      spec:
        duration: 1m30s
        nodes:
          - count: 2
          - {name: special, labels: {disk: ssd}, allocatable: {cpu: "1"}}
        steps:
      \(steps.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
      """
    return try Scenario(try Manifest.all(inText: text, file: "s.yaml")[0])
  }

  @Test("nodes and duration are read") func nodes() throws {
    let scenario = try Self.scenario("- {at: 5s, cordon: {node: node-1}}")
    #expect(scenario.duration == .seconds(90))
    #expect(scenario.nodes.map(\.name) == ["node-1", "node-2", "special"])
    #expect(scenario.nodes[2].labels == ["disk": "ssd"])
    #expect(scenario.steps.map(\.at) == [.seconds(5)])
  }

  @Test(
    "every verb is read",
    arguments: [
      ("apply", "[]"), ("patch", "{target: {kind: Pod, name: a}, type: merge, patch: {}}"),
      (
        "patch",
        "{target: {kind: Pod, name: a}, type: merge, patch: {}, subresource: resize}"
      ),
      ("scale", "{target: {kind: Deployment, name: a}, replicas: 5}"),
      ("delete", "{target: {kind: Pod, name: a}, gracePeriodSeconds: 0}"),
      ("evict", "{target: {kind: Pod, selector: {app: web}, index: 1}}"),
      (
        "drain",
        "{node: a, ignoreDaemonSets: true, deleteEmptyDirData: true, force: false, timeout: 60s}"
      ),
      ("cordon", "{node: a}"), ("uncordon", "{node: a}"),
      ("taint", "{node: a, taints: [{key: k, value: v, effect: NoExecute}]}"),
      ("untaint", "{node: a, keys: [k]}"),
      ("rollout", "{action: undo, target: {kind: Deployment, name: a}, toRevision: 1}"),
      ("setImage", "{target: {kind: Deployment, name: a}, container: app, image: b}"),
      ("kill", "{target: {kind: Pod, name: a}, container: app, exit: 137}"),
      ("failNode", "{node: a}"), ("recoverNode", "{node: a}"), ("addNode", "{name: a}"),
      ("removeNode", "{node: a}"), ("controllerManagers", "{run: [a, b]}"),
      ("controllerManagers", "{crash: a}"), ("controllerManagers", "{start: a}"),
    ])
  func verbs(_ word: String, _ body: String) throws {
    let scenario = try Self.scenario("- {at: 0s, \(word): \(body)}")
    #expect(scenario.steps[0].verb.word == word)
  }

  @Test(
    "what is wrong is named with its field",
    arguments: [
      ("- {apply: []}", "spec.steps[0].at: Required value"),
      ("- {at: 0s}", "spec.steps[0]: a step has exactly one verb, found none"),
      (
        "- {at: 0s, cordon: {node: a}, uncordon: {node: a}}",
        "spec.steps[0]: a step has exactly one verb, found cordon and uncordon"
      ),
      (
        "- {at: soon, cordon: {node: a}}",
        #"spec.steps[0].at: Invalid value: "soon": must be a duration like 5s or 1m30s"#
      ),
      (
        "- {at: 0s, cordon: {nod: a}}",
        #"spec.steps[0].cordon: unknown field "nod"; known are node"#
      ),
      (
        "- {at: 0s, rollout: {action: redo, target: {kind: Deployment, name: a}}}",
        #"spec.steps[0].rollout.action: Unsupported value: "redo": supported values: "undo", "pause", "resume", "restart", "status", "history""#
      ),
      (
        "- {at: 0s, evict: {target: {kind: Pod}}}",
        "spec.steps[0].evict.target.name: Required value"
      ),
      (
        "- {at: 0s, controllerManagers: {crash: a, start: b}}",
        "spec.steps[0].controllerManagers: exactly one of run, crash and start is needed"
      ),
    ])
  func errors(_ steps: String, _ expected: String) {
    let error = #expect(throws: APIError.self) { try Self.scenario(steps) }
    #expect(
      error?.description
        == "s.yaml, document 1: Scenario in version \"v1alpha1\" cannot be handled as a Scenario: \(expected)"
    )
  }

  @Test("an unknown verb is answered with all verbs") func unknownVerb() {
    let error = #expect(throws: APIError.self) { try Self.scenario("- {at: 0s, scal: {}}") }
    #expect(
      error?.message.contains(#"spec.steps[0]: unknown field "scal"; known are at, apply, patch"#)
        == true)
  }

  @Test("the built-in scenario can be read") func builtIn() throws {
    #expect(
      try Scenario.builtIn().steps.map(\.verb.word) == ["apply", "setImage", "patch", "rollout"])
  }
}
