import KubeSim
import KubeSimManifests
import KubeSimTesting
import TestFixtures
import Testing

/// The samples of Docs/Tour.md: one walk, cut in pieces.
@Suite struct DocumentationTour {
  let web = Fixtures.repository.appending(path: "Docs/Examples/web.yaml").path
  private let page = "Docs/Tour.md"

  @Test func theTour() throws {
    var cluster = Cluster(nodes: 3, seed: 42)
    try cluster.apply(yaml: web)

    #expect(cluster.now == .zero)
    #expect(cluster.all(Pod.self).isEmpty)  // nothing has run yet

    try cluster.run(for: .seconds(5))
    #expect(cluster.now.text == "0:05.000")
    #expect(cluster[Deployment.self, "web"]?.status.readyReplicas == 3)

    try look(cluster)
    try change(cluster)
    try refuse(cluster)
    try explain(cluster)
    try script(cluster)
  }

  private func look(_ cluster: Cluster) throws {
    let pods = try cluster.list(Pod.self, labels: Selector(parsing: "app=web"))
    #expect(pods.allSatisfy { $0.isReady && $0.status.phase == .running })
    #expect(cluster.pods(on: "node-1").count == 1)  // the scheduler spreads them
    #expect(cluster.readyEndpoints(of: "web") == 3)

    let life = cluster.events(about: "Pod", pods[0].metadata.name).map(\.reason)
    #expect(life == ["Scheduled", "Pulling", "Pulled", "Created", "Started"])
  }

  private func change(_ cluster: Cluster) throws {
    var cluster = cluster
    let before = cluster
    try cluster.scale(Deployment.self, "web", to: 5)

    var other = before
    try other.delete(Deployment.self, "web")

    try cluster.run(for: .minutes(1))
    try other.run(for: .minutes(1))
    #expect(before.all(Pod.self).count == 3)
    #expect(cluster.all(Pod.self).count == 5)
    #expect(other.all(Pod.self).isEmpty)

    var again = before
    try again.scale(Deployment.self, "web", to: 5)
    try again.run(for: .minutes(1))
    #expect(again.trace.hash == cluster.trace.hash)  // the same run, step by step
  }

  private func refuse(_ cluster: Cluster) throws {
    var cluster = cluster
    do throws(APIError) {
      try cluster.scale(Deployment.self, "web", to: -1)
    } catch {
      #expect(error.code == 422)
      #expect(error.reason == .invalid)
      #expect(error.details.causes[0].field == "spec.replicas")
    }
  }

  private func explain(_ cluster: Cluster) throws {
    var cluster = cluster
    let victim = try #require(cluster.pods(on: "node-2").first).metadata.name
    try cluster.setImage(Deployment.self, "web", container: "web", to: "web:2.0")
    try cluster.run(until: { $0[Pod.self, victim] == nil })
    let why = try #require(cluster.why(Pod.self, victim, steps: 1))
    #expect(why.latest.last?.actor == "you")

    try expectOutput("why", on: page, why.description)
  }

  private func script(_ cluster: Cluster) throws {
    var cluster = cluster
    var flaky = ContainerBehavior()
    flaky.runs = [.init(for: .seconds(5), exit: 1), .init()]  // fails once, then runs on
    cluster.behaviors.register(flaky, forImage: "job:1")

    var pod = Pod()
    pod.metadata.name = "worker"
    pod.spec.containers = [Container(name: "main", image: "job:1")]
    try cluster.create(pod)
    try cluster.run(for: .minutes(1))
    let status = try #require(cluster[Pod.self, "worker"]).status.containerStatuses[0]
    #expect(status.restartCount == 1)
    #expect(status.lastState.terminated?.exitCode == 1)
    #expect(status.state.running != nil)
  }
}

/// Compares an output with the one that a page shows under a name.
func expectOutput(
  _ name: String, on page: String, _ output: String, at location: SourceLocation = #_sourceLocation
) throws {
  let block = try #require(
    try PageOutput.named(name, on: page), "\(page) has no output \(name)",
    sourceLocation: location)
  if let problem = try block.problem(with: output) {
    Issue.record("\(problem)", sourceLocation: location)
  }
}
