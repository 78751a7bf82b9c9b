import KubeControllers
import KubeModel
import KubeReconcile
import Testing

@Suite struct ServiceAccountControllerTests {
  private var run = ControllerRun(ServiceAccountController())
  private var publisher = ControllerRun(RootCertificatePublisher())

  private func namespace(_ name: String = "shop", _ phase: NamespacePhase = .active) -> Namespace {
    var namespace = Namespace()
    namespace.metadata.name = name
    namespace.status.phase = phase
    return namespace
  }

  @Test mutating func aNamespaceGetsItsDefaultAccount() {
    run.insert(namespace())
    run.settle()
    #expect(run.objects(ServiceAccount.self).map(\.metadata.namespace) == ["shop"])
    #expect(run.names(ServiceAccount.self) == ["default"])
    #expect(run.names(Secret.self) == [])
    run.settle()
    #expect(run.log.count == 1)
  }

  @Test mutating func anAccountThatIsThereIsLeftAlone() {
    var account = ServiceAccount()
    account.metadata.name = "default"
    account.metadata.namespace = "shop"
    run.insert(account)
    run.insert(namespace())
    run.settle()
    #expect(run.log.isEmpty)
  }

  @Test mutating func aDeletedAccountComesBack() {
    run.insert(namespace())
    run.settle()
    run.remove(run.store[ServiceAccount.self].keys[0])
    run.settle()
    #expect(run.names(ServiceAccount.self) == ["default"])
  }

  @Test mutating func anAccountOfANamespaceThatGoesStaysAway() {
    let key = run.insert(namespace("shop", .terminating))
    run.settle()
    #expect(run.log.isEmpty)
    run.change(Namespace.self, key) { $0.metadata.labels["a"] = "b" }
    run.settle()
    #expect(run.log.isEmpty)
  }

  @Test mutating func aChangeOfTheNamespaceBringsAMissingAccount() {
    run.refuse = { _ in .forbidden(ServiceAccount.resource, "default", "not now") }
    let key = run.insert(namespace())
    run.run(for: .milliseconds(6))
    run.refuse = { _ in nil }
    run.change(Namespace.self, key) { $0.metadata.labels["a"] = "b" }
    run.settle()
    #expect(run.names(ServiceAccount.self) == ["default"])
  }

  @Test mutating func aNamespaceGetsTheCertificate() {
    publisher.insert(namespace())
    publisher.settle()
    let map = publisher.objects(ConfigMap.self).first
    #expect(map?.metadata.name == "kube-root-ca.crt")
    #expect(map?.data.map(\.key) == ["ca.crt"])
    #expect(map?.metadata.annotations["kubernetes.io/description"] != nil)
  }

  @Test mutating func aCertificateThatIsEditedOrDeletedIsPutRight() {
    publisher.insert(namespace())
    publisher.settle()
    let key = publisher.store[ConfigMap.self].keys[0]
    publisher.change(ConfigMap.self, key) { $0.data = ["ca.crt": "mine"] }
    publisher.settle()
    #expect(publisher[ConfigMap.self, key]?.data["ca.crt"]?.hasPrefix("-----BEGIN") == true)
    publisher.remove(key)
    publisher.settle()
    #expect(publisher.names(ConfigMap.self) == ["kube-root-ca.crt"])
  }
}
