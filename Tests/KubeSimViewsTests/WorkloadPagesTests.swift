import KubeSim
import KubeSimManifests
import KubeSimViews
import TestFixtures
import Testing

/// Manifests as the task pages on Jobs, storage, configuration, debugging and names have them, and what
/// those pages say happens.
@Suite("The workloads of the documentation run as its pages say") struct WorkloadPagesTests {
  private func cluster(
    _ files: String..., for duration: Duration = .seconds(60)
  ) throws -> Cluster {
    var cluster = Cluster(nodes: 2, seed: 1)
    for file in files { try add(file, to: &cluster) }
    try cluster.run(for: duration)
    return cluster
  }

  private func add(_ file: String, to cluster: inout Cluster) throws {
    try cluster.apply(yamlText: Fixtures.text("documentation/\(file).yaml"))
  }

  private func logs(_ cluster: Cluster, _ words: String) throws -> [String] {
    let text = try LogsCommand(words.split(separator: " ").map(String.init)).text(of: cluster)
    return text.split(separator: "\n").map(String.init)
  }

  private func job(_ cluster: Cluster, _ name: String) throws -> JobStatus {
    try #require(cluster[Job.self, name]).status
  }

  private func status(_ cluster: Cluster, _ pod: String, _ index: Int = 0) throws -> ContainerStatus
  {
    try #require(cluster[Pod.self, pod]).status.containerStatuses[index]
  }

  private func message(_ body: () throws -> Void) -> String? {
    do { try body() } catch { return (error as? APIError)?.message }
    return nil
  }

  // MARK: Jobs

  @Test("each index of a Job takes its item of a list") func items() throws {
    let cluster = try cluster("job-items")
    #expect(try job(cluster, "items").succeeded == 3)
    #expect(
      try logs(cluster, "-l batch.kubernetes.io/job-name=items").sorted() == [
        "der", "eulb", "neerg",
      ])
  }

  @Test("the index of a Job's pod is in a file") func indexFile() throws {
    let cluster = try cluster("job-index-file")
    #expect(
      try logs(cluster, "-l batch.kubernetes.io/job-name=indexed") == [
        "my part is 0", "my part is 1",
      ])
  }

  @Test("a Job is complete although its sidecar would run for ever") func jobSidecar() throws {
    let cluster = try cluster("job-sidecar")
    #expect(try job(cluster, "shipped").conditions.last?.type == "Complete")
    #expect(try logs(cluster, "job/shipped -c shipper") == ["working"])
  }

  @Test("an exit code that stands for a mistake fails the Job at once") func failsAtOnce() throws {
    let cluster = try cluster("job-fails-at-once")
    let status = try job(cluster, "mistaken")
    let failure = try #require(status.conditions.first { $0.type == "Failed" })
    #expect(failure.reason == "PodFailurePolicy")
    #expect(failure.message.hasSuffix("failed with exit code 42 matching FailJob rule at index 0"))
    #expect(status.failed + status.succeeded == 2)
  }

  @Test("indexes that fail do not take the others' tries") func failsByIndex() throws {
    let cluster = try cluster("job-fails-by-index", for: .minutes(3))
    let status = try job(cluster, "halves")
    #expect(status.failedIndexes == "0,2")
    #expect(status.completedIndexes == "1,3")
    #expect(status.failed == 4)
    #expect(status.conditions.last?.reason == "FailedIndexes")
  }

  @Test("a Job is over when enough of its indexes have succeeded") func succeedsEarly() throws {
    let cluster = try cluster("job-succeeds-early")
    let status = try job(cluster, "enough")
    #expect(status.completedIndexes == "1")
    #expect(status.conditions.contains { $0.type == "Complete" && $0.reason == "SuccessPolicy" })
  }

  @Test("a CronJob says hello every minute") func cronJob() throws {
    let cluster = try cluster("cronjob-hello", for: .seconds(130))
    #expect(
      try logs(cluster, "-l batch.kubernetes.io/job-name") == [
        "Thu Jan  1 00:01:00 UTC 2026", "Hello from the cluster", "Thu Jan  1 00:02:00 UTC 2026",
        "Hello from the cluster",
      ])
  }

  // MARK: Sidecars and init containers

  @Test("the application starts when its sidecar has passed its startup probe")
  func gated() throws {
    var cluster = try cluster("sidecar-gates", for: .seconds(6))
    #expect(try Views(cluster).get("pods").contains("Init:0/1"))
    try cluster.run(for: .seconds(10))
    let lines = try logs(cluster, "gated")
    #expect(lines.last == "greeting=hello")
    let started = try #require(lines.first.flatMap { Int64($0) })
    #expect((7...11).contains(started - cluster.clock.timestamp(.zero).unixSeconds))
  }

  @Test("an init container that fails is tried again, or fails its pod") func initFails() throws {
    let cluster = try cluster("init-fails", for: .minutes(2))
    let again = try #require(cluster[Pod.self, "tries-again"])
    #expect(again.status.phase == .pending)
    #expect(again.status.initContainerStatuses[0].restartCount == 4)
    #expect(try logs(cluster, "tries-again -c first") == ["no luck"])
    #expect(cluster[Pod.self, "gives-up"]?.status.phase == .failed)
    #expect(
      message { _ = try cluster.logs("tries-again") }
        == #"container "main" in pod "tries-again" is waiting to start: PodInitializing"#)
  }

  // MARK: Resources and users

  @Test("more memory than the limit is the end, less is not") func memory() throws {
    let cluster = try cluster("memory")
    let greedy = try status(cluster, "greedy")
    let end = try #require(greedy.lastState.terminated)
    #expect(end.reason == "OOMKilled")
    #expect(end.exitCode == 137)
    #expect(greedy.restartCount >= 2)
    #expect(try status(cluster, "modest").state.running != nil)
    #expect(try status(cluster, "modest").restartCount == 0)
  }

  @Test("users, groups and a read-only root follow from the security contexts")
  func securityContext() throws {
    let cluster = try cluster("security-context")
    #expect(
      try logs(cluster, "restricted --all-containers") == [
        "uid=1000 gid=3000 groups=2000,3000,4000", "whoami: unknown uid 1000", "2000", "kept",
        "touch: /file: Read-only file system",
      ])
  }

  // MARK: Configuration

  @Test("a change of a ConfigMap shows in the folder, not in a file mounted alone")
  func configPart() throws {
    var cluster = try cluster("config-part", for: .seconds(10))
    #expect(try logs(cluster, "moody") == ["folder slow file slow"])
    try cluster.edit(ConfigMap.self, "mode") { $0.data["mode"] = "fast" }
    try cluster.run(for: .minutes(2))
    #expect(try logs(cluster, "moody --tail=1") == ["folder fast file slow"])
    try cluster.kill(container: "main", of: "moody")
    try cluster.run(for: .seconds(30))
    #expect(try logs(cluster, "moody --tail=1") == ["folder fast file fast"])
  }

  @Test("a pod waits for a ConfigMap that is not there, unless it is optional")
  func configMissing() throws {
    var cluster = try cluster("config-missing")
    #expect(try status(cluster, "waits").state.waiting?.reason == "ContainerCreating")
    #expect(
      message { _ = try cluster.logs("waits") }
        == #"container "main" in pod "waits" is waiting to start: ContainerCreating"#)
    #expect(
      cluster.events(about: "Pod", "waits").contains {
        $0.reason == "FailedMount"
          && $0.message
            == #"MountVolume.SetUp failed for volume "config" : configmap "later" not found"#
      })
    #expect(try logs(cluster, "goes-on") == ["0"])
    #expect(try status(cluster, "no-key").state.waiting?.reason == "CreateContainerConfigError")
    #expect(
      try status(cluster, "no-key").state.waiting?.message
        == "couldn't find key two in ConfigMap default/present")
    try cluster.apply(
      yamlText: """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: later}
        data: {word: at last}
        """)
    try cluster.run(for: .minutes(3))
    #expect(try logs(cluster, "waits") == ["at last"])
  }

  @Test("an immutable ConfigMap takes no change") func immutable() throws {
    var cluster = try cluster("config-missing")
    let text = message { try cluster.edit(ConfigMap.self, "present") { $0.data["two"] = "2" } }
    #expect(
      text?.hasSuffix("data: Forbidden: field is immutable when `immutable` is set") == true)
  }

  @Test("variables are made of those before them; two dollars escape") func dependent() throws {
    let cluster = try cluster("dependent-variables")
    #expect(
      try logs(cluster, "dependent") == [
        "$(SCHEME)://host:80", "https://host:80", "$(SCHEME)://host",
      ])
  }

  @Test("a variable comes from a file that an init container wrote") func environmentFile() throws {
    let cluster = try cluster("environment-file")
    #expect(try logs(cluster, "filed") == ["address of the store"])
  }

  // MARK: Storage

  @Test("what is on a claim is there for the next pod") func claim() throws {
    var cluster = try cluster("claim")
    #expect(cluster[PersistentVolumeClaim.self, "task-claim"]?.spec.volumeName == "task-volume")
    let node = cluster[Pod.self, "writer"]?.spec.nodeName ?? ""
    try cluster.delete(Pod.self, "writer")
    try cluster.run(for: .seconds(5))
    try add("claim-reader", to: &cluster)
    try cluster.run(for: .seconds(10))
    #expect(!node.isEmpty)
    #expect(
      try cluster.exec(["curl", "-s", "localhost"], in: "server").output == "Hello from storage\n")
  }

  @Test("each pod of a StatefulSet has its own disk and finds it again") func disks() throws {
    var cluster = try cluster("stateful-disks")
    let page = "/usr/share/nginx/html/index.html"
    for pod in ["web-0", "web-1"] {
      try cluster.exec(["sh", "-c", "echo $(hostname) > \(page)"], in: pod)
    }
    for pod in ["web-0", "web-1"] { try cluster.delete(Pod.self, pod) }
    try cluster.run(for: .seconds(60))
    for pod in ["web-0", "web-1"] {
      #expect(try cluster.exec(["curl", "-s", "http://localhost/"], in: pod).output == pod + "\n")
    }
    let other = try cluster.exec(["wget", "-qO-", "web-0.web"], in: "web-1")
    #expect(other.output == "web-0\n")
  }

  @Test("a volume that is made for a pod goes with it") func ephemeral() throws {
    var cluster = try cluster("ephemeral-volume")
    #expect(try logs(cluster, "scribe") == ["0", "note"])
    try cluster.delete(Pod.self, "scribe")
    try cluster.run(for: .seconds(30))
    #expect(cluster[PersistentVolumeClaim.self, "scribe-scratch"] == nil)
    try add("ephemeral-volume", to: &cluster)
    try cluster.run(for: .seconds(30))
    #expect(try logs(cluster, "scribe") == ["0", "note"])
  }

  // MARK: Names and Services

  @Test("a pod has the name that it asks for behind a headless Service") func names() throws {
    var cluster = try cluster("names")
    let full = "busybox-1.busybox-subdomain.default.svc.cluster.local"
    #expect(try cluster.exec(["hostname", "-f"], in: "busybox1").output == full + "\n")
    let address = try #require(cluster[Pod.self, "busybox1"]).status.podIP
    let answer = try cluster.exec(["nslookup", "busybox-1.busybox-subdomain"], in: "busybox1")
    #expect(answer.output.contains("Address: \(address)\n"))
    #expect(try logs(cluster, "aliased").last == "127.0.0.1\tfoo.local\tbar.local")
  }

  @Test("a Service leads to a port of its pods by name") func tiers() throws {
    var cluster = try cluster("tiers")
    let answer = try cluster.exec(["curl", "-s", "http://hello"], in: "curl")
    #expect(answer.output == "{message: Hello}\n")
    try cluster.scale(Deployment.self, "backend", to: 0)
    try cluster.run(for: .minutes(1))
    #expect(try cluster.exec(["curl", "-s", "http://hello"], in: "curl").exitCode == 7)
  }

  // MARK: Debugging

  @Test("the log of what cannot start says what it waits for") func brokenImage() throws {
    let cluster = try cluster("broken-image", for: .seconds(70))
    #expect(try logs(cluster, "homeless").isEmpty)
    let reason = try #require(status(cluster, "unpulled").state.waiting).reason
    let cause =
      reason == "ErrImagePull" ? "image can't be pulled" : "trying and failing to pull image"
    #expect(
      message { _ = try cluster.logs("unpulled") }
        == #"container "main" in pod "unpulled" is waiting to start: "# + cause)
  }
}
