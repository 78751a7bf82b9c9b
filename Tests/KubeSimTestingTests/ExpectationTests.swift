import KubeSim
import KubeSimTesting
import Testing

/// The expectations, and what they say when they fail.
@Suite struct ExpectationTests {
  private func pod(_ name: String) -> Pod {
    var pod = Pod()
    pod.metadata = ObjectMeta(name: name, namespace: "default")
    var container = Container()
    container.name = "app"
    container.image = "app:1"
    pod.spec.containers = [container]
    return pod
  }

  /// The texts of the issues that a body reports.
  private func issues(_ body: () throws -> Void) rethrows -> [String] {
    final class Box: @unchecked Sendable { var texts: [String] = [] }
    let box = Box()
    try withKnownIssue(isIntermittent: true) {
      try body()
    } matching: { issue in
      box.texts.append(issue.comments.map(\.rawValue).joined(separator: "\n"))
      return true
    }
    return box.texts
  }

  @Test func eventuallyRunsUntilItHolds() throws {
    var cluster = Cluster(nodes: 1, seed: 1)
    try cluster.create(pod("a"))
    let reached = expectEventually(&cluster, "a runs") { $0[Pod.self, "a"]?.isReady == true }
    #expect(reached)
    #expect(cluster.now < .zero + .seconds(5))
  }

  @Test func eventuallyNamesWhatWasNotReachedAndTheSeed() throws {
    var cluster = Cluster(nodes: 0, seed: 77)
    try cluster.create(pod("a"))
    let texts = issues {
      expectEventually(&cluster, "a runs", within: .seconds(30)) {
        $0[Pod.self, "a"]?.isReady == true
      }
    }
    let text = try #require(texts.first)
    #expect(text.contains("Not reached: a runs."))
    #expect(text.contains("seed 77"))
    #expect(text.contains("create Pod default/a"))
  }

  @Test func alwaysReportsTheFirstStepThatBreaksItWithItsCause() throws {
    var cluster = Cluster(nodes: 1, seed: 5)
    try cluster.create(pod("a"))
    let texts = issues {
      expectAlways(&cluster, "a has no node", for: .seconds(10)) {
        $0[Pod.self, "a"]?.spec.nodeName.isEmpty != false
      }
    }
    let text = try #require(texts.first)
    #expect(text.contains("\"a has no node\" was broken at 0:00"))
    #expect(text.contains("default-scheduler"))
    #expect(text.contains("because  0:00.000  you  create Pod default/a"))
    #expect(cluster[Pod.self, "a"]?.isReady == false)
  }

  @Test func changesMustBeJustThoseExpected() throws {
    var cluster = Cluster(nodes: 1, seed: 5)
    try cluster.create(pod("a"))
    try cluster.run(for: .seconds(5))
    let before = cluster
    try cluster.edit(Pod.self, "a") { $0.metadata.labels["app"] = "web" }
    expectChanges(from: before, to: cluster, in: Pod.self) {
      $0["a"]?.metadata.labels["app"] = "web"
    }
    let texts = issues {
      expectChanges(from: before, to: cluster, in: Pod.self) {
        $0["a"]?.metadata.labels["app"] = "db"
      }
    }
    let text = try #require(texts.first)
    #expect(text.contains("\"web\""))
    #expect(text.contains("\"db\""))
  }

  @Test func aRefusalReturnsTheServersAnswer() throws {
    var cluster = Cluster(nodes: 1, seed: 5)
    let error = expectRefusal(&cluster) { cluster in
      var broken = pod("a")
      broken.spec.containers = []
      try cluster.create(broken)
    }
    #expect(error?.code == 422)
    #expect(error?.message.contains("spec.containers: Required value") == true)
  }

  @Test func aSweepNamesTheSmallestSeedThatFails() throws {
    let texts = issues {
      expectEverySeed(in: 0..<50) { seed in
        if seed % 7 == 6 { throw APIError.badRequest("odd seed \(seed)") }
      }
    }
    #expect(try #require(texts.first).contains("Seed 6 fails: odd seed 6"))
  }
}
