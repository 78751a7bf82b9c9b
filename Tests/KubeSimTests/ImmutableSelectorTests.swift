import KubeSim
import KubeSimManifests
import Testing

/// The selector of a workload is fixed; who wants another makes another workload.
@Suite struct ImmutableSelectorTests {
  private static let selector: JSONValue = [
    "spec": [
      "selector": ["matchLabels": ["app": "web", "tier": "front"]],
      "template": ["metadata": ["labels": ["tier": "front"]]],
    ]
  ]

  private func create<Object: APIObject>(_ kind: Object.Type) throws -> Cluster {
    var cluster = Cluster(nodes: 1)
    try cluster.apply(
      yamlText: """
        apiVersion: apps/v1
        kind: \(kind.resource.kind)
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: app, image: "web:1"}]}
        """)
    try cluster.run(for: .seconds(5))
    return cluster
  }

  @Test(arguments: [Deployment.self, ReplicaSet.self, DaemonSet.self] as [any APIObject.Type])
  func aSelectorCannotBeChanged(kind: any APIObject.Type) throws {
    var cluster = try create(kind)
    let error = #expect(throws: APIError.self) {
      try cluster.patch(kind, "web", .merge(Self.selector))
    }
    #expect(error?.reason == .invalid)
    #expect(error?.details.causes.map(\.field) == ["spec.selector"])
    #expect(error?.message.hasSuffix(": field is immutable") == true)
  }

  @Test func thatOfAStatefulSetIsAmongWhatCannotBeChanged() throws {
    var cluster = try create(StatefulSet.self)
    let error = #expect(throws: APIError.self) {
      try cluster.patch(StatefulSet.self, "web", .merge(Self.selector))
    }
    #expect(error?.message.contains("updates to statefulset spec for fields other than") == true)
  }

  @Test func aNewSetOfTheNameDoesNotTakeThePodsOfTheFormerOne() throws {
    var cluster = try create(ReplicaSet.self)
    let before = cluster.all(Pod.self).map(\.metadata.uid)
    // As when the set is gone and its pods are still on their way out.
    try cluster.delete(ReplicaSet.self, "web")
    try cluster.apply(
      yamlText: """
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: app, image: "web:2"}]}
        """)
    try cluster.run(for: .seconds(60))
    let after = cluster.all(Pod.self)
    #expect(after.map { $0.spec.containers[0].image } == ["web:2"])
    #expect(!after.contains { before.contains($0.metadata.uid) })
  }
}
