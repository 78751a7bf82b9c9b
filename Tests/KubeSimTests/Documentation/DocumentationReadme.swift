import KubeSim
import KubeSimManifests
import KubeSimTesting
import TestFixtures
import Testing

/// The scenario of README.md.
@Suite struct DocumentationReadme {
  let web = Fixtures.repository.appending(path: "Docs/Examples/web.yaml").path

  @Test func aRolloutKeepsThreeEndpoints() throws {
    var cluster = Cluster(nodes: 3, seed: 42)
    try cluster.apply(yaml: web)  // a Deployment of three pods, and its Service
    try cluster.run(for: .seconds(10))
    #expect(cluster.readyEndpoints(of: "web") == 3)

    let before = cluster  // a snapshot: just a copy
    cluster.always("three answer") { $0.readyEndpoints(of: "web") >= 3 }
    try cluster.setImage(Deployment.self, "web", container: "web", to: "web:2.0")
    try cluster.run(for: .minutes(2))  // throws at the first step that breaks the promise
    #expect(try cluster.rolloutStatus(Deployment.self, "web").isDone)

    var other = before  // another future from the same past
    var missing = ContainerBehavior()
    missing.pull = .init(fails: true)
    other.behaviors.register(missing, forImage: "web:2.0-typo")
    try other.setImage(Deployment.self, "web", container: "web", to: "web:2.0-typo")
    try other.run(for: .minutes(2))
    #expect(other.readyEndpoints(of: "web") == 3)  // the rollout stalls, the old pods go on

    let old = try #require(before.all(Pod.self).last)
    let why = try #require(cluster.why(Pod.self, old.metadata.name, steps: 1))
    print(why)  // what took this pod away, back to what you did
  }

  @Test func itsExplanationIsShown() throws {
    var cluster = Cluster(nodes: 3, seed: 42)
    try cluster.apply(yaml: web)
    try cluster.run(for: .seconds(10))
    let old = try #require(cluster.all(Pod.self).last)
    try cluster.setImage(Deployment.self, "web", container: "web", to: "web:2.0")
    try cluster.run(for: .minutes(2))
    let why = try #require(cluster.why(Pod.self, old.metadata.name, steps: 1))
    try expectOutput("why", on: "README.md", why.description)
  }
}
