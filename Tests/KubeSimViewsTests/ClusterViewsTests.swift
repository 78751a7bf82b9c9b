import KubeSim
import KubeSimManifests
import KubeSimViews
import SimulationKernel
import Testing

/// The views of a whole simulated run.
@Suite struct ClusterViewsTests {
  private let cluster: Cluster

  init() throws {
    var runner = try ScenarioRunner(.builtIn(), seed: 42, history: .all)
    try runner.run()
    cluster = runner.cluster
  }

  @Test func theTimelineShowsEveryPodAndWhatTheUserDid() throws {
    let timeline = try Timeline(of: cluster)
    let lanes = timeline.sections.flatMap(\.lanes)
    #expect(timeline.sections.map(\.group).allSatisfy { $0 == "Deployment web" })
    #expect(timeline.sections.count == 3)
    #expect(timeline.sections[0].title.hasPrefix("revision 1: web:1.0"))
    #expect(lanes.contains { $0.states.contains { $0.value == .failing } })
    // What was undone is ready at the end, all else is gone.
    #expect(lanes.count { $0.states.last?.value == .ready } == 3)
    #expect(lanes.count { $0.states.last?.value == .gone } == lanes.count - 3)
    #expect(timeline.marks.map { $0.time.nanoseconds / 1_000_000_000 } == [0, 20, 55, 80])
    // The rollout never takes a pod away before another one is available.
    let available = try #require(timeline.gauges.first { $0.title == "available pods: web" })
    let since = available.counts.drop { $0.value < 3 }
    #expect(!since.isEmpty && since.allSatisfy { $0.value >= 3 })
    #expect(timeline.text().contains("set a new image for Deployment web (web=web:2.0)"))
  }

  @Test func aShortHistoryIsRefused() throws {
    var runner = try ScenarioRunner(.builtIn(), seed: 42, history: .last(10))
    try runner.run()
    let error = #expect(throws: APIError.self) { try Timeline(of: runner.cluster) }
    #expect(error?.reason == .expired)
  }

  @Test func tablesAndDescriptionsAreOfTheClustersTime() throws {
    let views = Views(cluster)
    let pods = try views.kubectl("get pods").split(separator: "\n")
    #expect(pods.count == 4)
    #expect(pods.dropFirst().allSatisfy { $0.contains("1/1     Running   0") })
    let text = try views.kubectl("describe deployment web")
    #expect(text.contains("3 desired | 3 updated | 3 total | 3 available | 0 unavailable"))
    #expect(text.contains("Scaled up replica set web-"))
    #expect(views.events().hasPrefix("LAST SEEN"))
  }

  @Test func whyLeadsBackToTheUser() throws {
    let gone = try #require(
      Timeline(of: cluster).sections.first?.lanes.first { $0.states.last?.value == .gone })
    let explanation = try #require(cluster.why(Pod.self, gone.name))
    let text = explanation.description
    #expect(text.hasPrefix("Pod \(gone.name)\n"))
    #expect(text.contains("removed it"))
    #expect(text.contains("because you "))
  }
}
