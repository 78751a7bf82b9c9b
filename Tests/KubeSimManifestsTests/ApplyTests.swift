import KubeSim
import KubeSimManifests
import Testing

@Suite("Manifests are applied all or none") struct ApplyTests {
  private static let service = """
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {ports: [{port: 80}]}
    ---

    """

  /// What the second document is refused with, after which nothing may be there.
  private func refusal(_ document: String) -> APIError? {
    var cluster = Cluster(nodes: 1)
    let before = cluster.trace.hash
    let error = #expect(throws: APIError.self) {
      try cluster.apply(yamlText: Self.service + document)
    }
    #expect(cluster.trace.hash == before)
    #expect(cluster[Service.self, "web"] == nil)
    return error
  }

  @Test("what is no YAML is refused") func malformed() {
    let error = refusal("kind: Pod\n metadata: {}\n")
    #expect(error?.code == 400)
    #expect(
      error?.description
        == "document 2: error converting YAML to JSON: yaml: line 7: mapping values are not allowed in this context"
    )
  }

  @Test("a kind that there is none of is refused") func unknownKind() {
    let error = refusal("{apiVersion: apps/v1, kind: Deploymnt, metadata: {name: web}}")
    #expect(error?.code == 404)
    #expect(error?.source == "document 2 (line 6)")
    #expect(error?.message == #"no matches for kind "Deploymnt" in version "apps/v1""#)
  }

  @Test("a version that is gone is refused") func goneVersion() {
    let error = refusal("{apiVersion: extensions/v1beta1, kind: DaemonSet, metadata: {name: d}}")
    #expect(error?.message == #"no matches for kind "DaemonSet" in version "extensions/v1beta1""#)
  }

  @Test("an unknown field is refused") func unknownField() {
    let error = refusal("{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {foo: 1}}")
    #expect(error?.code == 400)
    #expect(
      error?.message
        == #"Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.foo""#
    )
  }

  @Test("a key that comes twice is refused, beside unknown fields") func doubledKey() {
    let error = refusal("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  x: 1\n  x: 2\n")
    #expect(
      error?.message
        == "Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: yaml: unmarshal errors:\n  line 6: key \"x\" already set in map, unknown field \"spec.x\""
    )
  }

  @Test("a value of the wrong sort is refused") func wrongSort() {
    let error = refusal(
      "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: two}}")
    #expect(
      error?.message
        == #"Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32"#
    )
  }

  @Test("an invalid object is refused with its fields") func invalid() {
    let error = refusal("{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: []}}")
    #expect(error?.code == 422)
    #expect(error?.details.causes.first?.field == "spec.containers")
    #expect(error?.message == #"Pod "a" is invalid: spec.containers: Required value"#)
  }

  @Test("a namespace that is not there is an error") func missingNamespace() {
    let error = refusal(
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: shop}}")
    #expect(error?.message == #"namespaces "shop" not found"#)
  }

  @Test("a behaviour that cannot be read is refused with its field") func badBehavior() {
    let error = refusal(
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: a
        annotations:
          kubesim.dev/behavior: "app: {runs: [{for: soon}]}"
      spec: {containers: [{name: app, image: app}]}
      """)
    #expect(
      error?.message.hasPrefix(
        "metadata.annotations[kubesim.dev/behavior]: Invalid value: app.runs[0].for: ") == true)
  }

  @Test("kinds that are not modelled are named and left out") func leftOut() throws {
    var cluster = Cluster(nodes: 1)
    let leftOut = try cluster.apply(
      yamlText: Self.service + """
        {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny}}
        ---
        {apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: web}}
        """)
    #expect(
      leftOut.map(\.description) == [
        #"document 2 (line 6): NetworkPolicy "deny" (networking.k8s.io/v1) is not modelled, left out"#,
        #"document 3 (line 8): ServiceMonitor "web" (monitoring.coreos.com/v1) is not modelled, left out"#,
      ])
    #expect(cluster[Service.self, "web"] != nil)
  }

  @Test("applying again replaces the spec") func applyAgain() throws {
    var cluster = Cluster(nodes: 1)
    func pods(_ replicas: Int) -> String {
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: \(replicas)
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: app, image: app}]}
      """
    }
    try cluster.apply(yamlText: pods(1))
    try cluster.apply(yamlText: pods(2))
    #expect(cluster[Deployment.self, "web"]?.spec.replicas == 2)
    #expect(cluster[Deployment.self, "web"]?.metadata.generation == 2)
  }
}
