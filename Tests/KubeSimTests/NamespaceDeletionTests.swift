import KubeSim
import Testing

/// A namespace with all that is in it, from the first object to the last.
@Suite struct NamespaceDeletionTests {
  private func cluster(grace: Int64 = 2) throws -> Cluster {
    var cluster = Cluster(nodes: 1)
    var shop = Namespace()
    shop.metadata.name = "shop"
    try cluster.create(shop)
    var web = Samples.deployment()
    web.metadata.namespace = "shop"
    web.spec.template.spec.terminationGracePeriodSeconds = grace
    try cluster.create(web)
    var service = Samples.service()
    service.metadata.namespace = "shop"
    try cluster.create(service)
    var map = ConfigMap()
    map.metadata.name = "map"
    map.metadata.namespace = "shop"
    try cluster.create(map)
    try cluster.run(for: .seconds(5))
    return cluster
  }

  private func content(_ cluster: Cluster) -> [String] {
    cluster.store.allTables.flatMap { table in
      table.keys.compactMap { key in
        guard let metadata = table.metadata(key), metadata.namespace == "shop",
          table.resource.kind != "Event"
        else { return nil }
        return "\(table.resource.kind) \(metadata.name)"
      }
    }
  }

  @Test func aNewNamespaceHasItsAccountAndCertificate() throws {
    let cluster = try cluster()
    #expect(cluster[ServiceAccount.self, "default", namespace: "shop"] != nil)
    #expect(cluster[ConfigMap.self, "kube-root-ca.crt", namespace: "shop"] != nil)
    #expect(cluster[Endpoints.self, "web", namespace: "shop"]?.subsets.first?.addresses.count == 2)
  }

  @Test func aDeletedNamespaceIsTerminatingAndTakesNothingNew() throws {
    var cluster = try cluster()
    try cluster.delete(Namespace.self, "shop")
    let namespace = cluster[Namespace.self, "shop"]
    #expect(namespace?.status.phase == .terminating)
    #expect(namespace?.spec.finalizers == ["kubernetes"])
    #expect(namespace?.metadata.isBeingDeleted == true)
    #expect(namespace?.metadata.deletionGracePeriodSeconds == nil)
    var map = ConfigMap()
    map.metadata.name = "late"
    map.metadata.namespace = "shop"
    let error = #expect(throws: APIError.self) { try cluster.create(map) }
    #expect(error?.code == 403)
    #expect(error?.details.causes.first?.type == "NamespaceTerminating")
  }

  @Test func allOfItGoesPodsFirst() throws {
    var cluster = try cluster(grace: 6)
    var stubborn = cluster
    try cluster.delete(Namespace.self, "shop")
    try cluster.run(for: .seconds(4))
    #expect(cluster.list(Pod.self).count == 2)
    try cluster.run(for: .seconds(60))
    #expect(cluster[Namespace.self, "shop"] == nil)
    #expect(content(cluster) == [])
    #expect(cluster.list(Pod.self).isEmpty)

    // A pod that does not stop by itself keeps the rest waiting.
    try stubborn.edit(Pod.self, stubborn.list(Pod.self)[0].metadata.name, namespace: "shop") {
      $0.metadata.finalizers = ["example.com/hold"]
    }
    try stubborn.delete(Namespace.self, "shop")
    try stubborn.run(for: .seconds(60))
    #expect(stubborn[ConfigMap.self, "map", namespace: "shop"] != nil)
    let conditions = stubborn[Namespace.self, "shop"]?.status.conditions ?? []
    #expect(conditions.count == 5)
    try stubborn.edit(Pod.self, stubborn.list(Pod.self)[0].metadata.name, namespace: "shop") {
      $0.metadata.finalizers = []
    }
    try stubborn.run(for: .seconds(60))
    #expect(stubborn[Namespace.self, "shop"] == nil)
    #expect(content(stubborn) == [])
  }

  @Test func whatIsDeletedInANamespaceThatGoesIsNotMadeAgain() throws {
    var cluster = try cluster()
    try cluster.edit(ConfigMap.self, "map", namespace: "shop") {
      $0.metadata.finalizers = ["example.com/hold"]
    }
    try cluster.delete(Namespace.self, "shop")
    let pod = cluster.list(Pod.self)[0].metadata.name
    try cluster.delete(Pod.self, pod, namespace: "shop")
    try cluster.delete(ServiceAccount.self, "default", namespace: "shop")
    try cluster.run(for: .seconds(4))
    #expect(cluster.list(Pod.self).count == 1)
    #expect(cluster[ServiceAccount.self, "default", namespace: "shop"] == nil)
    try cluster.run(for: .minutes(1))
    #expect(content(cluster) == ["ConfigMap map"])
  }

  @Test func anObjectWithAFinalizerHoldsTheNamespaceAndIsNamedInItsConditions() throws {
    var cluster = try cluster()
    try cluster.edit(ConfigMap.self, "map", namespace: "shop") {
      $0.metadata.finalizers = ["example.com/hold"]
    }
    try cluster.delete(Namespace.self, "shop")
    try cluster.run(for: .minutes(1))
    #expect(content(cluster) == ["ConfigMap map"])
    let conditions = cluster[Namespace.self, "shop"]?.status.conditions ?? []
    func message(_ type: NamespaceConditionType) -> String? {
      conditions.first { $0.type == type && $0.status == .true }?.message
    }
    #expect(
      message(.contentRemaining)
        == "Some resources are remaining: configmaps. has 1 resource instances")
    #expect(
      message(.finalizersRemaining)
        == "Some content in the namespace has finalizers remaining: example.com/hold in 1 "
        + "resource instances")
    try cluster.edit(ConfigMap.self, "map", namespace: "shop") { $0.metadata.finalizers = [] }
    try cluster.run(for: .seconds(10))
    #expect(cluster[Namespace.self, "shop"] == nil)
  }
}

extension Cluster {
  fileprivate func list<Object: APIObject>(_ kind: Object.Type) -> [Object] {
    all(kind).filter { $0.metadata.namespace == "shop" }
  }
}
