import KubeSim
import Testing

/// Under which account a pod runs.
@Suite struct ServiceAccountTests {
  private func pod(account: String = "") -> Pod {
    var pod = Pod()
    pod.metadata.name = "a"
    pod.spec.serviceAccountName = account
    var container = Container()
    container.name = "app"
    container.image = "web:1"
    pod.spec.containers = [container]
    return pod
  }

  @Test func aPodRunsUnderTheDefaultAccount() throws {
    var cluster = Cluster(nodes: 1)
    let stored = try cluster.create(pod())
    #expect(stored.spec.serviceAccountName == "default")
    #expect(stored.spec.serviceAccount == "default")
  }

  @Test func aPodOfAnAccountThatIsNotThereIsRefused() throws {
    var cluster = Cluster(nodes: 1)
    let error = #expect(throws: APIError.self) { try cluster.create(pod(account: "robot")) }
    #expect(error?.code == 403)
    #expect(
      error?.message
        == "pods \"a\" is forbidden: error looking up service account default/robot: "
        + "serviceaccount \"robot\" not found")
  }

  @Test func aPodTakesOverItsAccountsPullSecrets() throws {
    var cluster = Cluster(nodes: 1)
    var account = ServiceAccount()
    account.metadata.name = "robot"
    var secret = LocalObjectReference()
    secret.name = "registry"
    account.imagePullSecrets = [secret]
    try cluster.create(account)
    #expect(try cluster.create(pod(account: "robot")).spec.imagePullSecrets == [secret])
  }

  @Test func podsOfATemplateWaitForTheirAccount() throws {
    var cluster = Cluster(nodes: 1)
    var web = Samples.deployment()
    web.spec.template.spec.serviceAccountName = "robot"
    try cluster.create(web)
    try cluster.run(for: .seconds(2))
    #expect(cluster.all(Pod.self).isEmpty)
    #expect(cluster.events.contains { $0.reason == "FailedCreate" })
    var account = ServiceAccount()
    account.metadata.name = "robot"
    try cluster.create(account)
    try cluster.run(for: .seconds(30))
    #expect(cluster[Deployment.self, "web"]?.status.readyReplicas == 2)
  }

  @Test func everyNamespaceOfANewClusterHasItsAccount() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.run(for: .seconds(1))
    let namespaces = cluster.all(Namespace.self).map(\.metadata.name)
    let accounts = cluster.all(ServiceAccount.self).map(\.metadata.namespace)
    #expect(accounts == namespaces)
    #expect(cluster.all(ConfigMap.self).map(\.metadata.namespace) == namespaces)
  }

  @Test func aDeletedAccountAndCertificateAreBackAtOnceAndAnEditedOneIsPutRight() throws {
    var cluster = Cluster(nodes: 1)
    try cluster.run(for: .seconds(1))
    let account = cluster[ServiceAccount.self, "default"]?.metadata.uid
    let certificate = cluster[ConfigMap.self, "kube-root-ca.crt"]
    try cluster.delete(ServiceAccount.self, "default")
    try cluster.delete(ConfigMap.self, "kube-root-ca.crt")
    try cluster.run(for: .seconds(1))
    let back = try #require(cluster[ServiceAccount.self, "default"])
    #expect(back.metadata.uid != account)
    #expect(cluster[ConfigMap.self, "kube-root-ca.crt"]?.data == certificate?.data)
    try cluster.edit(ConfigMap.self, "kube-root-ca.crt") { $0.data["ca.crt"] = "mine" }
    try cluster.run(for: .seconds(1))
    #expect(cluster[ConfigMap.self, "kube-root-ca.crt"]?.data == certificate?.data)
  }
}
