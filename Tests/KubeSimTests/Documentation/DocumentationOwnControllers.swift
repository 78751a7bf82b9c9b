import KubeSim
import KubeSimManifests
import KubeSimTesting
import TestFixtures
import Testing

/// A website: which image, on how many servers.
struct Website: SpecStatusObject {
  static let resource = APIResource("example.com/v1", "Website", "websites")

  struct Spec: APIValue {
    var image = ""
    var servers: Int32 = 1

    mutating func visit(_ fields: inout some Fields) {
      fields.field("image", &image)
      fields.field("servers", &servers)
    }
  }

  struct Status: APIValue {
    var ready: Int32 = 0

    mutating func visit(_ fields: inout some Fields) {
      fields.field("ready", &ready, .always)
    }
  }

  var metadata = ObjectMeta()
  var spec = Spec()
  var status = Status()

  mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// Keeps a Deployment for each website.
struct WebsiteController: Reconciler {
  static let name = "website-controller"
  static let watches: [Watch] = [.primary(Website.self), .owned(Deployment.self, by: Website.self)]

  func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    guard var site = snapshot[Website.self, key], !site.isBeingDeleted else { return .nothing }
    var plan = Plan()
    let wanted = deployment(of: site)
    guard let found = snapshot.store[Deployment.self].owned(by: site.metadata.uid).first else {
      plan.create(wanted, because: "website without deployment")
      return plan
    }
    var present = found.object
    if present.spec.replicas != wanted.spec.replicas
      || present.spec.template.spec.containers[0].image != site.spec.image
    {
      present.spec.replicas = wanted.spec.replicas
      present.spec.template.spec.containers[0].image = site.spec.image
      plan.update(found.key, present, because: "website changed")
    }
    if site.status.ready != present.status.readyReplicas {
      site.status.ready = present.status.readyReplicas
      plan.updateStatus(key, site, because: "ready servers counted")
    }
    return plan
  }

  private func deployment(of site: Website) -> Deployment {
    var deployment = Deployment()
    deployment.metadata.name = site.metadata.name
    deployment.metadata.namespace = site.metadata.namespace
    deployment.metadata.ownerReferences = [OwnerReference(controller: site)]
    deployment.spec.replicas = site.spec.servers
    deployment.spec.selector = LabelSelector(matchLabels: ["site": site.metadata.name])
    deployment.spec.template.metadata.labels = ["site": site.metadata.name]
    deployment.spec.template.spec.containers = [Container(name: "server", image: site.spec.image)]
    return deployment
  }
}

/// The samples of Docs/Guides/Own-Controllers.md.
@Suite struct DocumentationOwnControllers {
  @Test func aWebsiteBecomesPods() throws {
    var cluster = Cluster(nodes: 3, seed: 42)
    cluster.register(Website.self)
    cluster.attach(WebsiteController())

    try cluster.apply(
      yamlText: """
        apiVersion: example.com/v1
        kind: Website
        metadata: {name: shop}
        spec: {image: "shop:1.0", servers: 2}
        """)
    expectEventually(&cluster, "the shop is open") { $0[Website.self, "shop"]?.status.ready == 2 }

    try cluster.edit(Website.self, "shop") { $0.spec.image = "shop:2.0" }
    try cluster.run(for: .minutes(1))
    let shop = try #require(cluster[Deployment.self, "shop"])
    #expect(cluster.pods(of: shop).allSatisfy { $0.spec.containers[0].image == "shop:2.0" })

    try cluster.delete(Website.self, "shop")
    try cluster.run(for: .minutes(1))
    #expect(cluster.all(Pod.self).isEmpty)  // the garbage collector knows the new kind too

    let why = try #require(cluster.why(Deployment.self, "shop", steps: 1))
    try expectOutput("why", on: "Docs/Guides/Own-Controllers.md", why.description)
  }

  @Test func aPlanCanBeLookedAtAlone() throws {
    var cluster = Cluster(seed: 42)
    cluster.register(Website.self)
    var site = Website()
    site.metadata.name = "shop"
    site.spec.image = "shop:1.0"
    try cluster.create(site)

    let key = try #require(cluster.store.key(Website.self, "default", "shop"))
    let plan = WebsiteController().reconcile(key, in: cluster.snapshot)
    #expect(plan.writes.map { $0.rule.description } == ["website without deployment"])
  }
}
