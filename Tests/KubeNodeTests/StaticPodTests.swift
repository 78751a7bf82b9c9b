import KubeModel
import KubeNode
import SimulationKernel
import Testing

/// Pods from files of a node.
@Suite struct StaticPodTests {
  private func start(_ driver: inout NodeDriver, _ behavior: String = "") throws -> ObjectKey {
    let node = try #require(driver.store.key(Node.self, "", "node-1"))
    let name = try driver.kubelet.addStaticPod(makePod(behavior, name: "etcd"), on: node)
    #expect(name == "etcd-node-1")
    driver.enqueue(node)
    driver.run(for: .seconds(5))
    return node
  }

  private func mirror(_ driver: NodeDriver) throws -> ObjectKey {
    try #require(driver.store.key(Pod.self, "default", "etcd-node-1"))
  }

  @Test func aMirrorPodShowsIt() throws {
    var driver = NodeDriver()
    let node = try start(&driver)
    let key = try mirror(driver)
    let pod = try #require(driver.pod(key))
    #expect(pod.status.phase == .running)
    #expect(pod.spec.nodeName == "node-1")
    #expect(pod.metadata.annotations["kubernetes.io/config.source"] == "file")
    #expect(
      pod.metadata.annotations["kubernetes.io/config.mirror"]
        == pod.metadata.annotations["kubernetes.io/config.hash"])
    #expect(pod.metadata.ownerReferences.first?.kind == "Node")
    #expect(driver.store[Node.self, node]?.metadata.name == "node-1")
  }

  @Test func deletingTheMirrorMakesItAnewAndLeavesTheContainersAlone() throws {
    var driver = NodeDriver()
    _ = try start(&driver)
    let key = try mirror(driver)
    let before = try #require(driver.pod(key))
    driver.delete(key)
    driver.run(for: .seconds(5))
    let again = try mirror(driver)
    let after = try #require(driver.pod(again))
    #expect(again != key)
    #expect(after.metadata.uid != before.metadata.uid)
    #expect(after.status.phase == .running)
    #expect(
      after.status.containerStatuses.first?.containerID
        == before.status.containerStatuses.first?.containerID)
    #expect(after.status.containerStatuses.first?.restartCount == 0)
    #expect(driver.events("Killing").isEmpty)
    #expect(driver.created == ["etcd-node-1", "etcd-node-1"])
  }

  @Test func aForcedDeletionOfTheMirrorMakesItAnewToo() throws {
    var driver = NodeDriver()
    _ = try start(&driver)
    driver.delete(try mirror(driver), grace: 0)
    driver.run(for: .seconds(5))
    #expect(driver.pod(try mirror(driver))?.status.phase == .running)
    #expect(driver.events("Killing").isEmpty)
  }

  @Test func withoutItsFileItEnds() throws {
    var driver = NodeDriver()
    let node = try start(&driver)
    let removed = driver.kubelet.removeStaticPod("etcd-node-1", from: node)
    #expect(removed)
    driver.delete(try mirror(driver))
    driver.run(for: .seconds(5))
    #expect(driver.store.key(Pod.self, "default", "etcd-node-1") == nil)
    #expect(driver.events("Killing").map(\.message) == ["Stopping container app"])
  }

  @Test(arguments: ["serviceaccounts", "secrets", "configmaps", "persistentvolumeclaims"])
  func itMayNotNameObjectsOfTheAPI(sort: String) throws {
    var driver = NodeDriver()
    let node = try #require(driver.store.key(Node.self, "", "node-1"))
    let pod = makePod(name: "etcd") {
      var volume = Volume()
      volume.name = "v"
      switch sort {
      case "serviceaccounts": $0.spec.serviceAccountName = "admin"
      case "secrets": volume.secret = SecretVolumeSource()
      case "configmaps": volume.configMap = ConfigMapVolumeSource()
      default: volume.persistentVolumeClaim = PersistentVolumeClaimVolumeSource()
      }
      $0.spec.volumes = [volume]
    }
    var message = ""
    do throws(APIError) {
      _ = try driver.kubelet.addStaticPod(pod, on: node)
    } catch {
      message = error.message
    }
    #expect(message == "static pods may not reference \(sort)")
  }

  @Test func itIsTakenDespiteNoExecuteTaints() throws {
    var driver = NodeDriver()
    driver.changeNode("node-1") {
      var taint = Taint()
      taint.key = "broken"
      taint.effect = .noExecute
      $0.spec.taints = [taint]
    }
    _ = try start(&driver)
    #expect(driver.pod(try mirror(driver))?.status.phase == .running)
    let other = driver.create(makePod(name: "other"))
    driver.run(for: .seconds(1))
    #expect(driver.pod(other)?.status.reason == "TaintToleration")
  }
}
