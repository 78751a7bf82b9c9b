import KubeSim
import KubeSimManifests
import Testing

private struct Shop: Program {
  let warmUp: Duration
  var rounds = 0

  mutating func start(on machine: inout Machine) {
    machine.print("opening on \(machine.hostname)")
    machine.listen(on: 8080)
    machine.sleep(.seconds(30))
  }

  mutating func wake(on machine: inout Machine) {
    rounds += 1
    machine.print("stock counted, round \(rounds)")
    machine.sleep(.seconds(30))
  }

  mutating func receive(_ signal: ProcessSignal, on machine: inout Machine) {
    if signal == .terminate { machine.exit(0) }
  }

  func answer(_ request: Request, on machine: inout Machine) -> Answer {
    guard case .http(8080, "/ready") = request else { return machine.answer(request) }
    if machine.time < warmUp { return Answer(.status(503), validity: .until(warmUp)) }
    return Answer(.status(200), "open, round \(rounds)")
  }
}

/// The samples of Docs/Guides/Programs.md.
@Suite struct DocumentationProgramTests {
  private let shop = """
    apiVersion: v1
    kind: Pod
    metadata: {name: shop, labels: {app: shop}}
    spec:
      containers:
        - name: shop
          image: shop:1.0
          ports: [{containerPort: 8080}]
          readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 5}
    """

  @Test func aProgramIsCopiedWithTheCluster() throws {
    var cluster = Cluster(nodes: 1, seed: 1)
    cluster.behaviors.register(Shop(warmUp: .seconds(10)), forImage: "shop:1.0")
    try cluster.apply(yamlText: shop)
    try cluster.run(for: .seconds(65))
    let fork = cluster
    try cluster.run(for: .seconds(30))
    #expect(try cluster.logs("shop").map(\.text).last == "stock counted, round 3")
    #expect(try fork.logs("shop").map(\.text).last == "stock counted, round 2")
  }

  @Test func aCommandRunsBesideTheProgram() throws {
    var cluster = Cluster(nodes: 1, seed: 1)
    try cluster.apply(
      yamlText: """
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec: {containers: [{name: web, image: nginx}]}
        """)
    try cluster.run(for: .seconds(5))
    try cluster.exec(["sh", "-c", "echo Hello > /usr/share/nginx/html/index.html"], in: "web")
    let page = try cluster.exec(["curl", "-s", "localhost"], in: "web")
    #expect(page.output == "Hello\n")
    #expect(page.exitCode == 0)
  }

  @Test func itsAnswersMakeItReadyAndOtherPodsSeeItsState() throws {
    var cluster = Cluster(nodes: 1, seed: 1)
    cluster.behaviors.register(Shop(warmUp: .seconds(10)), forImage: "shop:1.0")
    try cluster.apply(
      yamlText: shop + """

        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: customer}
        spec:
          restartPolicy: Never
          containers:
            - name: customer
              image: curlimages/curl
              command: [sh, -c, "until curl -sf http://shop/ready; do echo closed; sleep 4; done; echo; sleep 60; curl -s shop.default.svc/ready; echo; curl nobody"]
        """)
    try cluster.run(for: .seconds(8))
    #expect(cluster[Pod.self, "shop"]?.status.condition(.ready)?.status == .false)
    try cluster.run(for: .seconds(90))
    #expect(cluster[Pod.self, "shop"]?.status.condition(.ready)?.status == .true)
    let lines = try cluster.logs("customer").map(\.text)
    #expect(lines.first == "closed")
    #expect(lines.contains("open, round 0"))
    #expect(lines.contains("open, round 2"))
    #expect(lines.last == "curl: (6) Could not resolve host: nobody")
    #expect(
      cluster[Pod.self, "customer"]?.status.containerStatuses[0].state.terminated?.exitCode == 6)
    try cluster.delete(Pod.self, "shop")
    try cluster.run(for: .seconds(3))
    #expect(cluster[Pod.self, "shop"] == nil)
  }
}

@Suite("What runs in a container") struct ProgramChoiceTests {
  private func cluster(_ yaml: String, for duration: Duration = .seconds(30)) throws -> Cluster {
    var cluster = Cluster(nodes: 1, seed: 1)
    try cluster.apply(yamlText: yaml)
    try cluster.run(for: duration)
    return cluster
  }

  private func pod(_ spec: String, annotations: String = "{}") -> String {
    """
    apiVersion: v1
    kind: Pod
    metadata: {name: a, annotations: \(annotations)}
    spec:
      restartPolicy: Never
      containers:
        - {name: main, \(spec)}
    """
  }

  private func state(_ cluster: Cluster) throws -> ContainerState {
    try #require(cluster[Pod.self, "a"]).status.containerStatuses[0].state
  }

  @Test func aProbeByACommandThatTheImageHasNotIsAnErrorAndKillsNothing() throws {
    var cluster = Cluster(nodes: 1, seed: 1)
    try cluster.apply(
      yamlText: """
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          containers:
            - name: web
              image: busybox:1.36
              command: [sleep, "3600"]
              livenessProbe: {exec: {command: [healthz]}, periodSeconds: 2, failureThreshold: 1}
        """)
    try cluster.run(for: .seconds(30))
    #expect(cluster[Pod.self, "web"]?.status.containerStatuses[0].restartCount == 0)
    let message = cluster.all(Event.self).first { $0.reason == "Unhealthy" }?.message ?? ""
    #expect(
      message.hasPrefix(
        "Liveness probe errored and resulted in unknown state: rpc error: code = Unknown desc = "))
    #expect(message.hasSuffix(#"exec: "healthz": executable file not found in $PATH"#))
  }

  @Test("a script goes before the command") func scriptWins() throws {
    let script = #"{kubesim.dev/behavior: "main: {runs: [{for: 2s, exit: 4}]}"}"#
    let cluster = try cluster(
      pod("image: busybox, command: [sh, -c, exit 9]", annotations: script))
    #expect(try state(cluster).terminated?.exitCode == 4)
    #expect(try cluster.logs("a").isEmpty)
  }

  @Test("in a pod with scripts no container runs its command") func scriptForAnother() throws {
    let script = #"{kubesim.dev/behavior: "other: {runs: [{for: 2s, exit: 4}]}"}"#
    let cluster = try cluster(
      pod("image: busybox, command: [sh, -c, exit 9]", annotations: script))
    #expect(try state(cluster).running != nil)
  }

  @Test("a script for a well-known image goes before what the image runs") func imageScript() throws
  {
    var cluster = Cluster(nodes: 1, seed: 1)
    var brief = ContainerBehavior()
    brief.runs = [.init(for: .seconds(3), exit: 2)]
    cluster.behaviors.register(brief, forImage: "nginx")
    try cluster.apply(yamlText: pod("image: nginx"))
    try cluster.run(for: .seconds(10))
    #expect(try state(cluster).terminated?.exitCode == 2)
  }

  @Test("an image and a command that nobody knows run until they are stopped, and pass probes")
  func unknown() throws {
    var cluster = try cluster(
      pod(
        """
        image: "shop:1", command: [/app/server, --port, "80"],
        livenessProbe: {exec: {command: [/app/check]}}, readinessProbe: {httpGet: {port: 80}}
        """), for: .minutes(5))
    #expect(try state(cluster).running != nil)
    #expect(cluster[Pod.self, "a"]?.status.condition(.ready)?.status == .true)
    try cluster.delete(Pod.self, "a")
    try cluster.run(for: .seconds(3))
    #expect(cluster[Pod.self, "a"] == nil)
  }

  @Test("a shell runs also in an image that nobody knows") func shellInUnknownImage() throws {
    let cluster = try cluster(pod(#"image: "shop:1", command: [sh, -c, "echo hi; exit 5"]"#))
    #expect(try state(cluster).terminated?.exitCode == 5)
    #expect(try cluster.logs("a").map(\.text) == ["hi"])
  }

  @Test("a shell without a script is over at once, with standard input it waits")
  func shellWithoutScript() throws {
    #expect(try state(cluster(pod("image: busybox"))).terminated?.exitCode == 0)
    #expect(try state(cluster(pod("image: busybox, stdin: true, tty: true"))).running != nil)
  }

  @Test("a start has fresh files, a volume keeps its own") func restarts() throws {
    let cluster = try cluster(
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: a}
      spec:
        volumes: [{name: v, emptyDir: {}}]
        containers:
          - name: main
            image: busybox
            volumeMounts: [{name: v, mountPath: /v}]
            command: [sh, -c, "echo x >> /v/runs; echo x >> /tmp/runs; wc -l < /v/runs; wc -l < /tmp/runs; sleep 2; exit 1"]
      """, for: .seconds(10))
    #expect(try cluster.logs("a").map(\.text) == ["2", "1"])
    #expect(try cluster.logs("a", previous: true).map(\.text) == ["1", "1"])
  }

  @Test("what a pod writes on its node is there for the next one") func hostPath() throws {
    func writer(_ name: String, _ script: String) -> String {
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: \(name)}
      spec:
        restartPolicy: Never
        volumes: [{name: v, hostPath: {path: /var/data}}]
        containers:
          - {name: main, image: busybox, volumeMounts: [{name: v, mountPath: /v}], command: [sh, -c, "\(script)"]}
      """
    }
    var cluster = try cluster(writer("first", "echo kept > /v/file"))
    try cluster.delete(Pod.self, "first")
    try cluster.run(for: .seconds(5))
    try cluster.apply(yamlText: writer("second", "cat /v/file"))
    try cluster.run(for: .seconds(5))
    #expect(try cluster.logs("second").map(\.text) == ["kept"])
  }

  @Test("an exec probe that sleeps longer than its timeout has failed") func slowProbe() throws {
    let cluster = try cluster(
      pod("image: nginx, readinessProbe: {exec: {command: [sleep, '3']}, timeoutSeconds: 2}"))
    let texts = cluster.events(about: "Pod", "a").filter { $0.reason == "Unhealthy" }.map(\.message)
    #expect(
      texts == [#"Readiness probe failed: command timed out: "sleep 3" timed out after 2s"#])
  }

  @Test("a hook can end the first process") func hookSignals() throws {
    let cluster = try cluster(
      pod(
        """
        image: nginx, lifecycle: {postStart: {exec: {command: [sh, -c, kill 1]}}}
        """))
    #expect(try state(cluster).terminated != nil)
  }

  @Test("logs says what is wrong with a request") func logErrors() throws {
    let cluster = try cluster(pod("image: nginx"))
    func message(_ body: () throws -> [LogLine]) -> String? {
      do { _ = try body() } catch { return (error as? APIError)?.message }
      return nil
    }
    #expect(message { try cluster.logs("b") } == #"pods "b" not found"#)
    #expect(
      message { try cluster.logs("a", container: "x") } == "container x is not valid for pod a")
    #expect(
      message { try cluster.logs("a", previous: true) }
        == #"previous terminated container "main" in pod "a" not found"#)
  }
}
