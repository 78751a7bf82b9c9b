import KubeModel
import KubeSimViews
import SimulationKernel
import Testing

@Suite struct ViewsTests {
  private let views = Samples.views([
    Samples.running(Samples.pod("web-1", created: 20)), Samples.pod("db-0"),
    Samples.running(Samples.pod("web-0", created: 30)), Samples.pod("cart-0", namespace: "shop"),
  ])

  @Test func rowsAreSortedByName() throws {
    #expect(
      try views.get("po") == """
        NAME    READY   STATUS    RESTARTS   AGE
        db-0    0/1     Pending   0          60s
        web-0   1/1     Running   0          30s
        web-1   1/1     Running   0          40s

        """)
  }

  @Test func allNamespacesHaveAColumn() throws {
    #expect(
      try views.kubectl("get pods -A -l app!=web") == """
        NAMESPACE   NAME     READY   STATUS    RESTARTS   AGE
        default     db-0     0/1     Pending   0          60s
        shop        cart-0   0/1     Pending   0          60s

        """)
  }

  @Test func manyKindsAreToldApartByTheirNames() throws {
    var service = Service()
    service.metadata.name = "web"
    service.metadata.namespace = "default"
    service.spec.type = .clusterIP
    let views = Samples.views([Samples.pod("db-0"), service])
    #expect(
      try views.get("pods,services") == """
        NAME       READY   STATUS    RESTARTS   AGE
        pod/db-0   0/1     Pending   0          60s

        NAME          TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE
        service/web   ClusterIP   <none>       <none>        <none>    <unknown>

        """)
    #expect(try views.get("all", output: .name) == "pod/db-0\nservice/web\n")
  }

  @Test func nothingFoundIsSaidInKubectlsWords() throws {
    #expect(try views.get("jobs") == "No resources found in default namespace.\n")
    #expect(try views.kubectl("get jobs -n shop") == "No resources found in shop namespace.\n")
    #expect(try views.get("nodes") == "No resources found\n")
    #expect(try views.describe("jobs") == "No resources found in default namespace.\n")
  }

  @Test func rowsCanBeSortedByAField() throws {
    let text = try views.kubectl("get pods --sort-by=.metadata.creationTimestamp -o name")
    #expect(text == "pod/db-0\npod/web-1\npod/web-0\n")
    let byNode = try views.kubectl("get pods --sort-by {.spec.nodeName} -oname")
    #expect(byNode == "pod/db-0\npod/web-0\npod/web-1\n")
  }

  @Test func numbersWithinTextsAreSortedAsNumbers() throws {
    let views = Samples.views(["a-10", "a-9", "b-1"].map { Samples.pod($0) })
    let text = try views.get("pods", output: .name, sortedBy: ".metadata.name")
    #expect(text == "pod/a-9\npod/a-10\npod/b-1\n")
  }

  @Test func oneObjectAsJSONIsNoList() throws {
    let json = try JSONValue(parsing: views.kubectl("get pod/web-0 -o json"))
    #expect(json["kind"] == "Pod")
    let list = try JSONValue(parsing: views.kubectl("get pods -o json"))
    #expect(list["kind"] == "List")
    #expect(list["items"]?.arrayValue?.count == 3)
  }

  private static let refusals: [(String, String)] = [
    ("get pods nobody", "pods \"nobody\" not found"),
    ("get deploy/web", "deployments.apps \"web\" not found"),
    ("describe pod nobody", "pods \"nobody\" not found"),
    ("get unicorns", "the server doesn't have a resource type \"unicorns\""),
    ("get", "You must specify the type of resource to get."),
    ("delete pods", "unknown command \"delete\" for \"kubectl\""),
    ("get pods --fast", "unknown flag: --fast"), ("get pods -n", "flag needs an argument: -n"),
    (
      "get pods -o html",
      """
      unable to match a printer suitable for the output format "html", allowed formats are: \
      json,name,wide
      """
    ),
  ]

  @Test(arguments: refusals) func refusalsAreKubectls(line: String, message: String) {
    let error = #expect(throws: APIError.self) { try views.kubectl(line) }
    #expect(error?.message == message)
  }

  @Test func eventsComeInTheOrderOfTime() {
    func event(_ name: String, _ seconds: Int64, _ reason: String) -> Event {
      var event = Event()
      event.metadata.name = name
      event.metadata.namespace = "default"
      event.involvedObject.kind = "Pod"
      event.involvedObject.name = "web-0"
      event.type = .normal
      event.reason = reason
      event.lastTimestamp = Samples.time(seconds)
      return event
    }
    let views = Samples.views([
      event("a.3", 30, "Started"), event("b.1", 10, "Pulled"), event("a.2", 10, "Created"),
    ])
    #expect(
      views.events(namespace: "default") == """
        LAST SEEN   TYPE     REASON    OBJECT      MESSAGE
        50s         Normal   Pulled    pod/web-0   
        50s         Normal   Created   pod/web-0   
        30s         Normal   Started   pod/web-0   

        """)
  }
}

@Suite struct DescribeTests {
  @Test func whatBeginsWithTheNameIsDescribed() throws {
    let views = Samples.views([Samples.pod("web-1"), Samples.pod("web-2"), Samples.pod("db-0")])
    let text = try views.describe("pods", ["web"])
    #expect(text.values(of: "Name:") == ["web-1", "web-2"])
  }

  @Test func longAnnotationsStandOnLinesOfTheirOwn() throws {
    var pod = Samples.pod("web-0")
    pod.metadata.annotations = [
      "long": String(repeating: "x", count: 150), "lines": "one\ntwo\n", "short": "yes",
    ]
    let text = try Samples.views([pod]).describe("pod", ["web-0"])
    #expect(
      text.contains(
        """
        Annotations:  lines:
                        one
                        two
                      long:
                        \(String(repeating: "x", count: 138))...
                      short: yes
        """))
  }

  @Test func otherKindsAreShownFieldByField() throws {
    var role = Role()
    role.metadata.name = "reader"
    role.metadata.namespace = "default"
    var rule = PolicyRule()
    rule.apiGroups = ["apps"]
    rule.verbs = ["get", "list"]
    role.rules = [rule]
    #expect(
      try Samples.views([role]).describe("role") == """
        Name:         reader
        Namespace:    default
        Labels:       <none>
        Annotations:  <none>
        API Version:  rbac.authorization.k8s.io/v1
        Kind:         Role
        Metadata:
        Rules:
          Api Groups:
            apps
          Verbs:
            get
            list
        Events:  <none>

        """)
  }
}

extension String {
  /// What follows a title at the beginning of lines.
  fileprivate func values(of title: String) -> [String] {
    split(separator: "\n").filter { $0.hasPrefix(title) }.map {
      String($0.dropFirst(title.count).drop { $0 == " " })
    }
  }
}
