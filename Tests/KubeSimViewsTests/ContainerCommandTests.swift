import KubeSim
import KubeSimManifests
import KubeSimViews
import Testing

/// `logs` and `exec` as kubectl has them.
@Suite("logs and exec") struct ContainerCommandTests {
  private func cluster() throws -> Cluster {
    var cluster = Cluster(nodes: 1, seed: 1)
    try cluster.apply(
      yamlText: """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: web}}
        spec:
          initContainers: [{name: pre, image: busybox, command: [sh, -c, "echo preparing"]}]
          containers:
            - name: web
              image: nginx
              env: [{name: COLOR, value: "blue sky"}]
            - name: clock
              image: busybox
              command: [sh, -c, "i=0; while true; do i=$((i+1)); echo tick $i; sleep 10; done"]
            - {name: own, image: "shop/app:1"}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: done, labels: {app: web}}
        spec:
          restartPolicy: Never
          containers: [{name: main, image: busybox, command: [seq, "30"]}]
        """)
    try cluster.run(for: .seconds(45))
    return cluster
  }

  private func logs(_ words: String) throws -> String {
    try LogsCommand(words.split(separator: " ").map(String.init)).text(of: cluster())
  }

  private func exec(_ line: String) throws -> String {
    var cluster = try cluster()
    return try ExecCommand(line).run(in: &cluster)
  }

  private func message(_ body: () throws -> String) -> String? {
    do { _ = try body() } catch { return (error as? APIError)?.message }
    return nil
  }

  @Test("--all-containers shows the init containers first, --prefix names each line's source")
  func allContainers() throws {
    #expect(
      try logs("web --all-containers --prefix --tail=1")
        == "[pod/web/pre] preparing\n[pod/web/clock] tick 5\n")
    #expect(try logs("done --prefix --tail 1") == "[pod/done/main] 30\n")
  }

  @Test("of the pods of a selector the last ten lines are shown, or as many as asked for")
  func selector() throws {
    #expect(try logs("-l app=web").split(separator: "\n").count == 10)
    #expect(try logs("--selector=app=web --tail=-1").split(separator: "\n").count == 30)
    #expect(try logs("-l app=other").isEmpty)
  }

  @Test("--since leaves out what is older") func since() throws {
    #expect(try logs("web -c clock --since=15s") == "tick 4\ntick 5\n")
    #expect(try logs("web clock --since 1h --tail=2") == "tick 4\ntick 5\n")
  }

  @Test(
    "what logs cannot do it says in kubectl's words",
    arguments: [
      ("web -c nope", "container nope is not valid for pod web"),
      ("web -c clock -p", #"previous terminated container "clock" in pod "web" not found"#),
      ("nobody", #"pods "nobody" not found"#), ("web --colour", "unknown flag: --colour"),
      ("web --since=soon", #"invalid argument "soon" for "--since" flag"#),
      ("web --tail", "flag needs an argument: --tail"),
      (
        "web web --all-containers",
        "--all-containers=true should not be specified with container name"
      ),
    ])
  func logErrors(_ words: String, _ expected: String) {
    #expect(message { try logs(words) } == expected)
  }

  @Test("a command runs in the container's environment, files and network") func environment()
    throws
  {
    #expect(try exec("web -c web -- printenv COLOR") == "blue sky\n")
    #expect(try exec(#"web -it -- sh -c 'echo "$COLOR" | tr a-z A-Z'"#) == "BLUE SKY\n")
    #expect(try exec("pod/web -c clock -- curl -s localhost").contains("Welcome to nginx!"))
    #expect(try exec("web --container=own -- hostname") == "web\n")
  }

  @Test("a command that fails says with which code, one that is not there why") func failure()
    throws
  {
    #expect(
      try exec("web -- cat /nope")
        == "cat: can't open '/nope': No such file or directory\ncommand terminated with exit code 1\n"
    )
    #expect(try exec("web -- sh -c 'exit 3'") == "command terminated with exit code 3\n")
    #expect(
      try exec("web -- foo") == """
        OCI runtime exec failed: exec failed: unable to start container process: exec: "foo": \
        executable file not found in $PATH: unknown
        command terminated with exit code 127

        """)
  }

  @Test(
    "what exec cannot do it says in kubectl's words",
    arguments: [
      ("web -c nope -- ls", "container nope not found in pod web"),
      ("nobody -- ls", #"pods "nobody" not found"#),
      ("done -- ls", "cannot exec into a container in a completed pod; current phase is Succeeded"),
      ("web -c pre -- ls", #"unable to upgrade connection: container not found ("pre")"#),
      ("web --", "you must specify at least one command for the container"),
      ("-- ls", "pod, type/name or --filename must be specified"),
    ])
  func execErrors(_ line: String, _ expected: String) {
    #expect(message { try exec(line) } == expected)
  }

  @Test("what a command writes stays, what it signals follows, and a fork has neither")
  func effects() throws {
    var cluster = try cluster()
    let fork = cluster
    try cluster.exec(["sh", "-c", "echo kept > /tmp/x"], in: "web")
    #expect(try cluster.exec(["cat", "/tmp/x"], in: "web").output == "kept\n")
    try cluster.exec(["nginx", "-s", "quit"], in: "web")
    try cluster.run(for: .seconds(5))
    #expect(cluster[Pod.self, "web"]?.status.containerStatuses[2].restartCount == 1)
    #expect(try cluster.exec(["ls", "/tmp"], in: "web").output.isEmpty)
    var other = fork
    #expect(try other.exec(["cat", "/tmp/x"], in: "web").exitCode == 1)
    try other.run(for: .seconds(5))
    #expect(other[Pod.self, "web"]?.status.containerStatuses[2].restartCount == 0)
  }
}
