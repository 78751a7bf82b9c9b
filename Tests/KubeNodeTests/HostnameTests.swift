import KubeModel
import KubeNode
import SimulationKernel
import Testing

/// The names that the containers of a pod see.
@Suite struct HostnameTests {
  private func pod(_ name: String, _ change: (inout PodSpec) -> Void = { _ in }) -> Pod {
    makePod(name: name) {
      $0.metadata.namespace = "shop"
      change(&$0.spec)
    }
  }

  @Test func itIsThePodsName() {
    #expect(Hostname(of: pod("web-0")).name == "web-0")
    #expect(Hostname(of: pod("web-0")).domain == "")
  }

  @Test func aLongNameIsCutToALabelWithoutTrailingSigns() {
    let name = String(repeating: "a", count: 61) + "-.bc"
    #expect(Hostname(of: pod(name)).name == String(repeating: "a", count: 61))
  }

  @Test func theSpecsHostnameWins() {
    #expect(Hostname(of: pod("web-0") { $0.hostname = "db" }).name == "db")
  }

  @Test func aSubdomainMakesItAName() {
    let hostname = Hostname(of: pod("web-0") { $0.subdomain = "web" })
    #expect(hostname.full == "web-0.web.shop.svc.cluster.local")
    #expect(Hostname.printed(in: pod("web-0") { $0.subdomain = "web" }) == "web-0")
  }

  @Test func setHostnameAsFQDNShowsTheWholeName() {
    let named = pod("web-0") {
      $0.subdomain = "web"
      $0.setHostnameAsFQDN = true
    }
    #expect(Hostname.printed(in: named) == "web-0.web.shop.svc.cluster.local")
  }

  @Test func anOverrideLeavesNoDomain() {
    let named = pod("web-0") {
      $0.subdomain = "web"
      $0.hostnameOverride = "db.example.com"
    }
    #expect(Hostname(of: named).full == "db.example.com")
  }

  @Test func aNameTooLongForTheKernelKeepsThePodFromItsSandbox() {
    var driver = NodeDriver()
    let name = String(repeating: "a", count: 40)
    let key = driver.create(
      makePod(name: name) {
        $0.spec.subdomain = "web"
        $0.spec.setHostnameAsFQDN = true
      })
    driver.run(for: .seconds(30))
    let full = "\(name).web.default.svc.cluster.local"
    #expect(
      driver.events("FailedCreatePodSandBox").first?.message
        == "Failed to create pod sandbox: failed to construct FQDN from pod hostname and cluster "
        + "domain, FQDN \(full) is too long (64 characters is the max, \(full.count) characters "
        + "requested)")
    #expect(driver.events("FailedCreatePodSandBox").count > 1)
    #expect(driver.status(key)?.state.waiting?.reason == "ContainerCreating")
    #expect(driver.pod(key)?.status.phase == .pending)
  }

  @Test func theSharedProcessNamespaceIsCarried() {
    var driver = NodeDriver()
    let key = driver.create(
      makePod {
        $0.spec.shareProcessNamespace = true
        $0.spec.hostPID = true
        $0.spec.hostIPC = true
      })
    driver.run(for: .seconds(5))
    #expect(driver.pod(key)?.spec.shareProcessNamespace == true)
    #expect(driver.pod(key)?.status.phase == .running)
  }
}
