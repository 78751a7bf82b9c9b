import KubeSim
import KubeSimManifests
import TestFixtures
import Testing

@Suite("Playing a scenario") struct ScenarioRunnerTests {
  private static func run(_ steps: String) throws -> ScenarioRunner {
    let text = """
      apiVersion: kubesim.dev/v1alpha1
      kind: Scenario
      spec:
        duration: 30s
        nodes: [{count: 1}]
        steps:
          - at: 0s
            apply:
              - {apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: x}}, spec: &pod {containers: [{name: app, image: app}]}}
              - {apiVersion: v1, kind: Pod, metadata: {name: b, labels: {app: x}}, spec: *pod}
      \(steps.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
      """
    var run = try ScenarioRunner(Scenario(try Manifest.all(inText: text)[0]), history: .all)
    try run.run()
    return run
  }

  @Test("a step that is refused is answered, and the run goes on") func refusal() throws {
    let run = try Self.run(
      """
      - {at: 5s, delete: {target: {kind: Pod, name: nobody}}}
      - {at: 6s, drain: {node: node-1}}
      - {at: 7s, delete: {target: {kind: Pod, name: a}, gracePeriodSeconds: 0}}
      """)
    #expect(run.responses.map(\.code) == [404, 501])
    #expect(run.responses.map(\.step) == [1, 2])
    #expect(run.responses[1].message == "drain: not supported yet")
    #expect(run.cluster.now == .zero + .seconds(30))
    #expect(run.cluster[Pod.self, "a"] == nil)
  }

  @Test("an object of an apply that is refused does not keep the others out") func partOfApply()
    throws
  {
    let run = try Self.run(
      """
      - at: 5s
        apply:
          - {apiVersion: v1, kind: Pod, metadata: {name: c}, spec: {containers: []}}
          - {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}
      """)
    #expect(run.responses.map(\.code) == [422])
    #expect(run.cluster[ConfigMap.self, "c"] != nil)
  }

  @Test("rollout status and history are answered with what kubectl prints") func rollouts() throws {
    let run = try Self.run(
      """
      - at: 1s
        apply:
          - apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 3
              progressDeadlineSeconds: 5
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: app, image: "web:1"}]}
      - {at: 1s, rollout: {action: status, target: {kind: Deployment, name: web}}}
      - at: 5s
        patch:
          target: {kind: Deployment, name: web}
          type: strategic
          patch:
            spec:
              template:
                metadata: {annotations: {kubesim.dev/behavior: "app: {pull: {fail: true}}"}}
                spec: {containers: [{name: app, image: "web:2"}]}
      - {at: 6s, rollout: {action: status, target: {kind: Deployment, name: web}}}
      - {at: 15s, rollout: {action: status, target: {kind: Deployment, name: web}}}
      - {at: 16s, rollout: {action: history, target: {kind: Deployment, name: web}}}
      - {at: 17s, rollout: {action: undo, target: {kind: Deployment, name: web}}}
      - {at: 20s, rollout: {action: status, target: {kind: Deployment, name: web}}}
      - {at: 20s, rollout: {action: status, target: {kind: Pod, name: a}}}
      """)
    #expect(run.responses.map(\.code) == [200, 200, 400, 200, 200, 400])
    #expect(
      run.responses.map(\.message) == [
        "Waiting for deployment \"web\" rollout to finish: 0 out of 3 new replicas have been updated..."
          + "\n",
        "Waiting for deployment \"web\" rollout to finish: 1 out of 3 new replicas have been updated..."
          + "\n",
        "deployment \"web\" exceeded its progress deadline",
        "deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n",
        "deployment \"web\" successfully rolled out\n",
        "no status viewer has been implemented for Pod",
      ])
  }

  @Test("nothing is replaced between the crash of a controller manager and the next leader")
  func failover() throws {
    let manifest = try Manifest.all(
      inFile: Fixtures.repository.appending(path: "Docs/Examples/failover.yaml").path)[0]
    var run = try ScenarioRunner(Scenario(manifest))
    try run.run(to: .zero + .seconds(20))
    #expect(run.cluster.leader == nil)
    #expect(run.cluster.all(Pod.self).count == 1)
    try run.run()
    #expect(run.cluster.leader == "b")
    #expect(run.cluster.all(Pod.self).count == 2)
    #expect(run.responses.isEmpty)
  }

  @Test("a target can be chosen by its labels and its place") func selected() throws {
    let run = try Self.run(
      "- {at: 5s, delete: {target: {kind: Pod, selector: {app: x}, index: 1}, gracePeriodSeconds: 0}}"
    )
    #expect(run.cluster.all(Pod.self).map(\.metadata.name) == ["a"])
  }

  @Test("a patch of the resize subresource changes resources in place") func resize() throws {
    let resources = "{requests: {cpu: 200m}}"
    let run = try Self.run(
      """
      - at: 5s
        apply:
          - {apiVersion: v1, kind: Pod, metadata: {name: c}, spec: {containers: [{name: app, image: app, resources: {requests: {cpu: 100m}}}]}}
      - at: 10s
        patch: {target: {kind: Pod, name: c}, type: strategic, subresource: resize, patch: {spec: {containers: [{name: app, resources: \(resources)}]}}}
      """)
    let status = try #require(run.cluster[Pod.self, "c"]?.status.containerStatuses.first)
    #expect(run.responses.isEmpty)
    #expect(status.resources?.requests == ["cpu": try Quantity("200m")])
    #expect(status.restartCount == 0)
  }

  @Test("an eviction is answered with 201") func eviction() throws {
    let run = try Self.run("- {at: 5s, evict: {target: {kind: Pod, name: a}}}")
    #expect(run.responses.map(\.code) == [201])
    #expect(run.cluster[Pod.self, "a"] == nil)
  }

  @Test("the log is a watch stream with the answers in between") func log() throws {
    var run = try Self.run("- {at: 5.0009s, delete: {target: {kind: Pod, name: nobody}}}")
    let lines = try run.takeLog().map { try JSONValue(parsing: $0.text) }
    let answer = try #require(lines.first { $0["type"] == "RESPONSE" })
    #expect(
      answer == [
        "t": 5.01, "type": "RESPONSE", "step": 1, "verb": "delete", "code": 404,
        "reason": "NotFound", "message": #"pods "nobody" not found"#,
      ])
    let pod = try #require(
      lines.first { $0["type"] == "ADDED" && $0["object"]?["metadata"]?["name"] == "a" })
    #expect(pod["t"]?.doubleValue == 0.01)
    #expect(pod["object"]?["kind"] == "Pod")
    #expect(pod["object"]?["apiVersion"] == "v1")
    let node = try #require(lines.first { $0["object"]?["kind"] == "Node" })
    #expect((node["t"]?.doubleValue ?? 0) < 0)
    #expect(try run.takeLog().isEmpty)
  }

  @Test("a behaviour in a patch is known when its pods start") func behaviorInPatch() throws {
    let run = try Self.run(
      """
      - at: 1s
        apply:
          - apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: app, image: app}]}
      - at: 5s
        patch:
          target: {kind: Deployment, name: web}
          type: strategic
          patch: {spec: {template: {metadata: {annotations: {kubesim.dev/behavior: "app: {runs: [{for: 1s, exit: 3}]}"}}}}}
      """)
    let exits = run.cluster.all(Pod.self).flatMap(\.status.containerStatuses)
      .compactMap { $0.lastState.terminated?.exitCode }
    #expect(exits.contains(3))
  }
}
