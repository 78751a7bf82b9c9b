import KubeSim
import KubeSimManifests
import KubeSimViews
import TestFixtures
import Testing

/// Manifests as the documentation's task pages have them, and what those pages say happens.
@Suite("The pods of the documentation run as its pages say") struct ProgramPagesTests {
  private func cluster(_ files: String...) throws -> Cluster {
    var cluster = Cluster(nodes: 1, seed: 1)
    for file in files { try add(file, to: &cluster) }
    return cluster
  }

  private func add(_ file: String, to cluster: inout Cluster) throws {
    try cluster.apply(yamlText: Fixtures.text("documentation/\(file).yaml"))
  }

  private func status(_ cluster: Cluster, _ pod: String, _ index: Int = 0) throws -> ContainerStatus
  {
    try #require(cluster[Pod.self, pod]).status.containerStatuses[index]
  }

  private func messages(_ cluster: Cluster, _ pod: String, _ reason: String) -> [String] {
    cluster.events(about: "Pod", pod).filter { $0.reason == reason }.map(\.message)
  }

  private func log(_ cluster: Cluster, _ pod: String, _ container: String? = nil) throws -> [String]
  {
    try cluster.logs(pod, container: container).map(\.text)
  }

  private func isReady(_ cluster: Cluster, _ pod: String) throws -> Bool {
    try #require(cluster[Pod.self, pod]).status.condition(.ready)?.status == .true
  }

  // MARK: Probes

  @Test("liveness by a command: the file goes after 30 s, three looks fail, it is restarted")
  func livenessExec() throws {
    var cluster = try cluster("liveness-exec")
    try cluster.run(for: .seconds(30))
    #expect(messages(cluster, "file-watch", "Unhealthy").isEmpty)
    try cluster.run(for: .seconds(8))
    #expect(
      messages(cluster, "file-watch", "Unhealthy")
        == ["Liveness probe failed: cat: can't open '/tmp/well': No such file or directory\n"])
    #expect(try status(cluster, "file-watch").restartCount == 0)
    try cluster.run(for: .seconds(25))
    #expect(try status(cluster, "file-watch").restartCount == 1)
    // The shell does not hear SIGTERM, so SIGKILL ends it.
    #expect(try status(cluster, "file-watch").lastState.terminated?.exitCode == 137)
    #expect(
      messages(cluster, "file-watch", "Killing")
        == ["Container watched failed liveness probe, will be restarted"])
  }

  @Test("liveness by a page that answers 500 after ten seconds") func livenessHTTP() throws {
    var cluster = try cluster("liveness-http")
    try cluster.run(for: .seconds(11))
    #expect(messages(cluster, "page-watch", "Unhealthy").isEmpty)
    try cluster.run(for: .seconds(14))
    #expect(
      messages(cluster, "page-watch", "Unhealthy")
        == ["Liveness probe failed: HTTP probe failed with statuscode: 500"])
    #expect(try status(cluster, "page-watch").restartCount == 1)
    #expect(try status(cluster, "page-watch").lastState.terminated?.exitCode == 2)
  }

  @Test("a connection to the port makes it ready after 15 s") func tcp() throws {
    var cluster = try cluster("probes-tcp")
    try cluster.run(for: .seconds(14))
    #expect(try !isReady(cluster, "proxy"))
    try cluster.run(for: .seconds(12))
    #expect(try isReady(cluster, "proxy"))
    try cluster.run(for: .minutes(10))
    #expect(try status(cluster, "proxy").restartCount == 0)
  }

  @Test("a port on which nobody listens refuses the connection") func tcpRefused() throws {
    var cluster = try cluster("probes-tcp-wrong-port")
    try cluster.run(for: .seconds(30))
    #expect(try !isReady(cluster, "deaf"))
    let address = try #require(cluster[Pod.self, "deaf"]).status.podIP
    #expect(
      messages(cluster, "deaf", "Unhealthy")
        == ["Readiness probe failed: dial tcp \(address):6380: connect: connection refused"])
  }

  @Test("the gRPC health check of a store goes on succeeding") func grpc() throws {
    var cluster = try cluster("liveness-grpc")
    try cluster.run(for: .minutes(10))
    #expect(try status(cluster, "store").restartCount == 0)
    #expect(messages(cluster, "store", "Unhealthy").isEmpty)
  }

  @Test("liveness does not count before the startup probe has passed") func startup() throws {
    var cluster = try cluster("startup-probe")
    try cluster.run(for: .seconds(18))
    #expect(try status(cluster, "slow-starter").started == false)
    try cluster.run(for: .seconds(12))
    #expect(try status(cluster, "slow-starter").started == true)
    try cluster.run(for: .minutes(5))
    #expect(try status(cluster, "slow-starter").restartCount == 0)
  }

  @Test("what never comes up is killed and restarted") func startupNever() throws {
    var cluster = try cluster("startup-never")
    try cluster.run(for: .seconds(20))
    #expect(
      messages(cluster, "never-up", "Unhealthy")
        == ["Startup probe failed: ls: /tmp/started: No such file or directory\n"])
    #expect(
      messages(cluster, "never-up", "Killing")
        == ["Container app failed startup probe, will be restarted"])
    #expect(try status(cluster, "never-up").restartCount == 1)
  }

  @Test("a probe finds its port by name") func namedPort() throws {
    var cluster = try cluster("named-port")
    try cluster.run(for: .seconds(10))
    #expect(try isReady(cluster, "named"))
  }

  @Test("a page that is not there keeps a server from being ready") func missingPage() throws {
    var cluster = try cluster("missing-page")
    try cluster.run(for: .seconds(10))
    #expect(try !isReady(cluster, "lost"))
    #expect(
      messages(cluster, "lost", "Unhealthy")
        == ["Readiness probe failed: HTTP probe failed with statuscode: 404"])
  }

  @Test("a million probes that succeed cost no steps") func silence() throws {
    var cluster = try cluster("named-port", "liveness-grpc")
    try cluster.run(for: .minutes(1))
    let before = (cluster.reconcileCount, cluster.trace.hash)
    try cluster.run(for: .seconds(5_000_000))
    #expect(cluster.reconcileCount - before.0 <= 2)
  }

  // MARK: Init containers, sidecars, shared volumes

  @Test("init containers wait for the names of Services") func initWaits() throws {
    var cluster = try cluster("init-waits-for-service")
    try cluster.run(for: .seconds(20))
    let views = Views(cluster)
    #expect(try views.get("pods").contains("Init:0/2"))
    #expect(try log(cluster, "patient", "wait-for-orders").contains("waiting for orders"))
    #expect(
      try log(cluster, "patient", "wait-for-orders").contains(
        "** server can't find orders.default.svc.cluster.local: NXDOMAIN"))
    #expect(throws: APIError.self) { try cluster.logs("patient", container: "app") }
    try add("services", to: &cluster)
    try cluster.run(for: .seconds(8))
    #expect(cluster[Pod.self, "patient"]?.status.phase == .running)
    #expect(try log(cluster, "patient") == ["The app is running!"])
  }

  @Test("what an init container writes is there for the server") func initFills() throws {
    var cluster = try cluster("init-fills-volume")
    try cluster.run(for: .seconds(15))
    #expect(try isReady(cluster, "page"))
  }

  @Test("two containers share a volume, and a third pod reads it through a Service")
  func sharedVolume() throws {
    var cluster = try cluster("shared-volume")
    try cluster.run(for: .seconds(15))
    #expect(try log(cluster, "reader").last == "Hello from the author")
    #expect(cluster[Pod.self, "reader"]?.status.phase == .succeeded)
    #expect(try isReady(cluster, "pair"))
  }

  @Test("a sidecar sees what the job writes, and goes after it") func sidecar() throws {
    var cluster = try cluster("sidecar-logs")
    try cluster.run(for: .seconds(60))
    #expect(cluster[Pod.self, "worker"]?.status.phase == .succeeded)
    let lines = try log(cluster, "worker", "shipper")
    #expect(lines.starts(with: ["0", "1", "2", "3"]) || lines.starts(with: ["1", "2", "3"]))
    // It is a shell without a trap: killed at the end of its grace.
    #expect(
      cluster[Pod.self, "worker"]?.status.initContainerStatuses[0].state.terminated?.exitCode == 137
    )
  }

  @Test("a sidecar follows a file line by line, without looking while nothing is written")
  func adapter() throws {
    var cluster = try cluster("sidecar-adapter")
    try cluster.run(for: .seconds(10))
    #expect(
      try log(cluster, "adapted", "adapter") == [
        #"{"n": 1, "text": "raw event"}"#, #"{"n": 2, "text": "raw event"}"#,
        #"{"n": 3, "text": "raw event"}"#,
      ])
    #expect(
      try log(cluster, "adapted", "plain") == ["1 raw event", "2 raw event", "3 raw event"])
    let before = cluster.reconcileCount
    try cluster.run(for: .minutes(30))
    #expect(cluster.reconcileCount - before <= 2)
  }

  @Test("containers of a pod meet at localhost, and a store takes its configuration")
  func neighbours() throws {
    var cluster = try cluster("localhost")
    try cluster.run(for: .seconds(20))
    #expect(
      try log(cluster, "neighbours", "client").contains(
        "<html><body><h1>info.example.com</h1></body></html>"))
    #expect(
      try log(cluster, "neighbours", "fetch").first
        == "Connecting to info.example.com (203.0.113.1:80)")
    #expect(try isReady(cluster, "neighbours"))
  }

  // MARK: Hooks and the end

  @Test("the hook after the start leaves a message, the one before the stop ends the server")
  func hooks() throws {
    var cluster = try cluster("lifecycle-hooks")
    try cluster.run(for: .seconds(15))
    #expect(try isReady(cluster, "hooked"))
    #expect(
      try cluster.exec(["cat", "/usr/share/message"], in: "hooked").output
        == "Hello from the postStart handler\n")
    try cluster.delete(Pod.self, "hooked")
    try cluster.run(for: .seconds(4))
    #expect(cluster[Pod.self, "hooked"] == nil)
  }

  @Test("a hook that fails kills its container") func hookFails() throws {
    var cluster = try cluster("hook-fails")
    try cluster.run(for: .seconds(8))
    #expect(messages(cluster, "bad-hook", "FailedPostStartHook") == ["PostStartHook failed"])
    #expect(
      try status(cluster, "bad-hook").state.waiting?.reason == "PostStartHookError"
        || status(cluster, "bad-hook").restartCount > 0)
  }

  @Test("a shell does not hear SIGTERM, a trap does, a server ends at once") func signals() throws {
    var cluster = try cluster("termination")
    try cluster.run(for: .seconds(10))
    for name in ["stubborn", "polite", "server", "sharing"] {
      try cluster.edit(Pod.self, name) { $0.metadata.finalizers = ["example.com/keep"] }
      try cluster.delete(Pod.self, name)
    }
    try cluster.run(for: .seconds(40))
    func end(_ pod: String) throws -> ContainerStateTerminated {
      try #require(status(cluster, pod).state.terminated)
    }
    func seconds(_ pod: String) throws -> Int64 {
      try end(pod).finishedAt.map { $0.unixSeconds - cluster.clock.timestamp(.zero).unixSeconds }
        ?? 0
    }
    #expect(try end("stubborn").exitCode == 137)
    #expect((19...21).contains(try seconds("stubborn")))
    #expect(try end("polite").exitCode == 7)
    #expect((13...15).contains(try seconds("polite")))
    #expect(try log(cluster, "polite") == ["stopping"])
    #expect(try end("server").exitCode == 0)
    #expect((10...11).contains(try seconds("server")))
    #expect(try end("sharing").exitCode == 143)
  }

  @Test("last words stand in the termination log") func terminationMessage() throws {
    var cluster = try cluster("termination-message")
    try cluster.run(for: .seconds(15))
    let end = try #require(status(cluster, "last-words").state.terminated)
    #expect(end.message == "Sleep is over\n")
    #expect(end.exitCode == 0)
  }

  @Test("last words in a file of one's own, from the log after an error, or none")
  func terminationMessagePath() throws {
    var cluster = try cluster("termination-message-path")
    try cluster.run(for: .seconds(15))
    let ends = try #require(cluster[Pod.self, "own-path"]).status.containerStatuses.reduce(
      into: [String: ContainerStateTerminated]()
    ) { $0[$1.name] = $1.state.terminated }
    #expect(ends["own-file"]?.message == "from my own file\n")
    #expect(ends["own-file"]?.exitCode == 3)
    #expect(ends["from-log"]?.message == "first\nthe disk is full\n")
    #expect(ends["silent"]?.message == "")
    #expect(ends["silent"]?.exitCode == 5)
  }

  // MARK: Configuration

  @Test("a ConfigMap as variables and in the command line") func configEnvironment() throws {
    var cluster = try cluster("config-env")
    try cluster.run(for: .seconds(10))
    #expect(try log(cluster, "configured", "one") == ["very $(UNKNOWN) $(LEVEL)"])
    #expect(
      try log(cluster, "configured", "all") == ["SPECIAL_LEVEL=very", "SPECIAL_TYPE=charm"])
  }

  @Test("a ConfigMap as files: read only, chosen keys, and changes within a while")
  func configVolume() throws {
    var cluster = try cluster("config-volume")
    try cluster.run(for: .seconds(10))
    #expect(try log(cluster, "reader", "reader") == ["color", "log_level", "level INFO"])
    #expect(
      try log(cluster, "reader", "chosen") == [
        "green", "cat: can't open '/etc/keys/log_level': No such file or directory", "not here",
        "sh: can't create /etc/keys/hue: Read-only file system",
      ])
    try cluster.edit(ConfigMap.self, "settings") { $0.data["log_level"] = "DEBUG" }
    try cluster.run(for: .seconds(100))
    #expect(try log(cluster, "reader", "reader").last == "level DEBUG")
  }

  @Test("a Secret as files and as variables") func secret() throws {
    var cluster = try cluster("secret")
    try cluster.run(for: .seconds(10))
    #expect(
      try log(cluster, "keeper", "files") == ["password=39528$vdg7Jb", "username=my-app"])
    #expect(
      try log(cluster, "keeper", "variables") == [
        "my-app", "PW_password=39528$vdg7Jb", "PW_username=my-app",
      ])
  }

  @Test("what a container learns of its pod, as variables") func downwardEnvironment() throws {
    var cluster = try cluster("downward-env")
    try cluster.run(for: .seconds(10))
    #expect(
      try log(cluster, "self-aware") == [
        "self-aware", "default", "node-1", "us-est-coast", "125", "1", "64", "self-aware",
      ])
  }

  @Test("what a container learns of its pod, as files") func downwardVolume() throws {
    var cluster = try cluster("downward-volume")
    try cluster.run(for: .seconds(10))
    #expect(
      try log(cluster, "self-read") == [
        #"cluster="test-cluster1""#, #"rack="rack-22""#, #"builder="john-doe""#, "64",
      ])
  }

  @Test("several sources in one folder") func projected() throws {
    var cluster = try cluster("projected")
    try cluster.run(for: .seconds(10))
    #expect(
      try log(cluster, "together") == [
        "/all/config.txt", "/all/group/my-user", "/all/labels", "adminfrom the map",
      ])
  }

  @Test("a script of a ConfigMap runs as a file and ends at its first error")
  func configScript() throws {
    var cluster = try cluster("config-script")
    try cluster.run(for: .seconds(10))
    #expect(try log(cluster, "scripted") == ["hello WORLD", "mode is loud"])
    #expect(try status(cluster, "scripted").state.terminated?.exitCode == 1)
  }

  // MARK: Commands

  @Test("a command, its arguments, and variables in them") func commandAndArguments() throws {
    var cluster = try cluster("command-args")
    try cluster.run(for: .seconds(40))
    #expect(try log(cluster, "command-demo", "plain") == ["command-demo", "443"])
    #expect(try log(cluster, "command-demo", "variable") == ["hello world"])
    #expect(try log(cluster, "command-demo", "shell") == ["hello 0", "hello 1", "hello 2"])
    #expect(cluster[Pod.self, "command-demo"]?.status.phase == .succeeded)
  }

  @Test("restart policies decide what follows an end") func restartPolicies() throws {
    var cluster = try cluster("restart-policies")
    try cluster.run(for: .minutes(2))
    #expect(try status(cluster, "always").restartCount >= 3)
    #expect(try status(cluster, "always").lastState.terminated?.reason == "Completed")
    #expect(cluster[Pod.self, "on-failure"]?.status.phase == .succeeded)
    #expect(try status(cluster, "on-failure").restartCount == 2)
    #expect(cluster[Pod.self, "never"]?.status.phase == .failed)
    #expect(try status(cluster, "never").state.terminated?.exitCode == 9)
  }

  @Test("what fails by chance does so alike in every run, and succeeds in the end")
  func chance() throws {
    var one = try cluster("fails-by-chance")
    var other = try cluster("fails-by-chance")
    try one.run(for: .minutes(60))
    try other.run(for: .minutes(60))
    #expect(one.trace.hash == other.trace.hash)
    #expect(one[Pod.self, "lucky"]?.status.phase == .succeeded)
    #expect(try log(one, "lucky") == ["drew 3"])
  }

  @Test("pi has the digits that it has") func pi() throws {
    var cluster = try cluster("pi")
    try cluster.run(for: .seconds(15))
    let text = try #require(log(cluster, "pi").first)
    #expect(text.hasPrefix("3.14159265358979323846264338327950288419716939937510"))
    #expect(text.count == 2001)
    #expect(cluster[Pod.self, "pi"]?.status.phase == .succeeded)
  }

  @Test("a command that is not there fails to start; the shell says that it finds none")
  func brokenCommand() throws {
    var cluster = try cluster("broken-command")
    try cluster.run(for: .seconds(10))
    let direct = try #require(status(cluster, "no-such-command", 0).state.terminated)
    #expect(direct.reason == "StartError")
    #expect(direct.exitCode == 128)
    #expect(direct.message.hasSuffix(#"exec: "no-such-tool": executable file not found in $PATH"#))
    #expect(try status(cluster, "no-such-command", 1).state.terminated?.exitCode == 127)
    #expect(try log(cluster, "no-such-command", "shell") == ["sh: no-such-tool: not found"])
  }

  @Test("a log has a line a second with the cluster's time; the previous run keeps its own")
  func counter() throws {
    var cluster = try cluster("counter")
    try cluster.run(for: .seconds(10))
    #expect(try log(cluster, "counter").first == "0: Thu Jan  1 00:00:00 UTC 2026")
    #expect(try log(cluster, "counter").count >= 9)
    try cluster.kill(container: "count", of: "counter")
    try cluster.run(for: .seconds(5))
    #expect(try cluster.logs("counter", previous: true).count >= 9)
    #expect(try log(cluster, "counter").count < 6)
    let text = try LogsCommand(["counter", "--tail=1", "-p"]).text(of: cluster)
    #expect(text.hasPrefix("9: Thu Jan  1 00:00:0"))
  }

  @Test("two runs are the same, and a fork goes its own way") func repeatable() throws {
    var one = try cluster("sidecar-logs", "counter")
    var other = try cluster("sidecar-logs", "counter")
    try one.run(for: .seconds(20))
    try other.run(for: .seconds(20))
    #expect(one.trace.hash == other.trace.hash)
    var fork = one
    try fork.run(for: .seconds(5))
    #expect(try log(one, "counter").count + 5 == log(fork, "counter").count)
  }
}
