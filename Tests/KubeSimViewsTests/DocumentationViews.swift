import KubeSim
import KubeSimManifests
import KubeSimViews
import TestFixtures
import Testing

/// The samples of Docs/Tour.md that print tables.
@Suite struct DocumentationViews {
  @Test func theTourLooksAsKubectlDoes() throws {
    var cluster = Cluster(nodes: 3, seed: 42)
    try cluster.apply(yaml: Fixtures.repository.appending(path: "Docs/Examples/web.yaml").path)
    try cluster.run(for: .seconds(5))

    let views = Views(cluster)
    print(try views.kubectl("get pods -o wide"))
    print(try views.kubectl("describe deployment web"))

    #expect(try views.kubectl("get pods").contains("1/1     Running   0          5s"))
    #expect(try views.kubectl("describe deployment web").hasPrefix("Name:                   web\n"))
  }
}
