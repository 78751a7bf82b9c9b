import KubeModel
import KubeSim
import KubeSimManifests
import KubeSimViews
import Testing

/// `kubectl rollout status` and `history` of a cluster that runs.
@Suite struct RolloutTextTests {
  private func cluster() throws -> Cluster {
    var cluster = Cluster(nodes: 2)
    try cluster.apply(
      yamlText: """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, annotations: {kubernetes.io/change-cause: first}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: app, image: "web:1"}]}
        """)
    try cluster.run(for: .seconds(5))
    try cluster.setImage(Deployment.self, "web", container: "app", to: "web:2")
    return cluster
  }

  @Test func statusSaysHowFarItIs() throws {
    var cluster = try cluster()
    #expect(
      try Views(cluster).kubectl("rollout status deployment/web --watch=false")
        == "Waiting for deployment spec update to be observed...\n")
    try cluster.run(for: .seconds(60))
    #expect(
      try Views(cluster).kubectl("rollout status deploy web")
        == "deployment \"web\" successfully rolled out\n")
  }

  @Test func statusOfAnotherRevisionIsRefused() throws {
    var cluster = try cluster()
    try cluster.run(for: .seconds(60))
    let views = Views(cluster)
    #expect(
      try views.kubectl("rollout status deploy/web --revision=2")
        == "deployment \"web\" successfully rolled out\n")
    let error = #expect(throws: APIError.self) {
      try views.kubectl("rollout status deploy/web --revision=1")
    }
    #expect(
      error?.message == "desired revision (1) is different from the running revision (2)")
  }

  @Test(arguments: ["undo", "pause", "resume", "restart"])
  func verbsThatChangeTheClusterAreSentToAScenario(verb: String) throws {
    let views = Views(try cluster())
    let error = #expect(throws: APIError.self) { try views.kubectl("rollout \(verb) deploy/web") }
    #expect(error?.message.contains("a scenario, as rollout: {action: \(verb), …}") == true)
  }

  @Test func historyListsTheRevisionsAndShowsOne() throws {
    var cluster = try cluster()
    try cluster.run(for: .seconds(60))
    let views = Views(cluster)
    #expect(
      try views.kubectl("rollout history deployment/web")
        == "deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         first\n2         first\n\n")
    let one = try views.kubectl("rollout history deployment/web --revision=1")
    #expect(one.hasPrefix("deployment.apps/web with revision #1\nPod Template:\n"))
    #expect(one.contains("Image:\tweb:1\n"))
    #expect(throws: APIError.self) {
      try views.kubectl("rollout history deployment/web --revision=9")
    }
  }

  @Test func historyOfASetShowsItsTemplatesToo() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.apply(
      yamlText: """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: app, image: "db:1"}]}
        """)
    try cluster.run(for: .seconds(5))
    try cluster.setImage(StatefulSet.self, "db", container: "app", to: "db:2")
    try cluster.run(for: .seconds(5))
    let views = Views(cluster)
    #expect(
      try views.kubectl("rollout history sts/db")
        == "statefulset.apps/db \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n\n")
    let one = try views.kubectl("rollout history sts/db --revision=1")
    #expect(one.hasPrefix("statefulset.apps/db with revision #1\nPod Template:\n"))
    #expect(one.contains("Image:\tdb:1\n"))
  }

  @Test func whatHasNoRolloutsIsRefused() throws {
    let views = Views(try cluster())
    #expect(throws: APIError.self) { try views.kubectl("rollout status node/node-1") }
    #expect(throws: APIError.self) { try views.kubectl("rollout status deployment/nobody") }
    #expect(throws: APIError.self) { try views.kubectl("rollout status") }
    #expect(throws: APIError.self) { try views.kubectl("rollout dance deployment/web") }
  }
}
