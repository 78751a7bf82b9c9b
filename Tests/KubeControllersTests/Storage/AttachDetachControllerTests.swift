import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

@testable import KubeControllers

/// When a volume of a driver comes off a node.
@Suite struct AttachDetachControllerTests {
  private struct Scene {
    var run = ControllerRun(AttachDetachController())
    let pod: ObjectKey
    let node: ObjectKey

    init() {
      var disk = PersistentVolume()
      disk.metadata.name = "disk"
      var source = CSIPersistentVolumeSource()
      source.driver = "ebs.csi.aws.com"
      source.volumeHandle = "vol-1"
      disk.spec.csi = source
      disk.spec.accessModes = [.readWriteOnce]
      var claim = PersistentVolumeClaim()
      claim.metadata = ObjectMeta(name: "data", namespace: "default")
      claim.metadata.uid = UID("uid-of-claim")
      claim.spec.volumeName = "disk"
      claim.status.phase = .bound
      disk.spec.claimRef = ObjectReference(to: claim)
      run.insert(disk)
      run.insert(claim)
      var node = Node()
      node.metadata.name = "node-1"
      var ready = NodeCondition()
      ready.type = .ready
      ready.status = .true
      node.status.conditions = [ready]
      self.node = run.insert(node)
      pod = run.insert(Self.pod("a", on: "node-1"))
      run.settle()
    }

    static func pod(_ name: String, on node: String) -> Pod {
      var pod = Pod()
      pod.metadata = ObjectMeta(name: name, namespace: "default")
      pod.spec.nodeName = node
      var volume = Volume()
      volume.name = "data"
      volume.persistentVolumeClaim = PersistentVolumeClaimVolumeSource()
      volume.persistentVolumeClaim?.claimName = "data"
      pod.spec.volumes = [volume]
      return pod
    }

    var attached: [String] {
      run.objects(VolumeAttachment.self).filter(\.status.attached).map(\.spec.nodeName)
    }

    mutating func setReady(_ status: ConditionStatus) {
      run.change(Node.self, node) { $0.status.conditions[0].status = status }
    }
  }

  @Test func itIsAttachedForAPodAndDetachedAfterIt() {
    var scene = Scene()
    #expect(scene.attached == ["node-1"])
    scene.run.remove(scene.pod)
    scene.run.settle()
    #expect(scene.attached.isEmpty)
  }

  @Test func aPodThatIsOverHasLetItGo() {
    var scene = Scene()
    scene.run.change(Pod.self, scene.pod) { $0.status.phase = .succeeded }
    scene.run.settle()
    #expect(scene.attached.isEmpty)
  }

  @Test func aNodeThatDoesNotAnswerKeepsItForSixMinutes() {
    var scene = Scene()
    scene.setReady(.unknown)
    scene.run.remove(scene.pod)
    scene.run.insert(Scene.pod("b", on: "node-2"))
    scene.run.run(for: .seconds(359))
    #expect(scene.attached == ["node-1"])
    #expect(
      scene.run.events.map(\.message).last
        == "Multi-Attach error for volume \"disk\" Volume is already exclusively attached to one "
        + "node and can't be attached to another")
    scene.run.run(for: .seconds(2))
    #expect(scene.attached == ["node-2"])
  }

  @Test func aNodeThatAnswersAgainLetsItGoAtOnce() {
    var scene = Scene()
    scene.setReady(.unknown)
    scene.run.remove(scene.pod)
    scene.run.run(for: .seconds(60))
    #expect(scene.attached == ["node-1"])
    scene.setReady(.true)
    scene.run.settle()
    #expect(scene.attached.isEmpty)
  }

  @Test func aNodeOutOfServiceLosesItAtOnce() {
    var scene = Scene()
    scene.setReady(.unknown)
    scene.run.remove(scene.pod)
    scene.run.settle()
    scene.run.change(Node.self, scene.node) {
      $0.spec.taints = [
        Taint(key: "node.kubernetes.io/out-of-service", value: "nodeshutdown", effect: .noExecute)
      ]
    }
    scene.run.settle()
    #expect(scene.attached.isEmpty)
  }

  @Test func anErrorOfAttachingIsSaidOnceToEachPod() {
    var scene = Scene()
    scene.run.insert(Scene.pod("b", on: "node-2"))
    scene.run.settle()
    scene.run.change(Node.self, scene.node) { $0.spec.unschedulable = true }
    scene.setReady(.unknown)
    scene.setReady(.true)
    scene.run.settle()
    #expect(scene.run.events.count { $0.reason == "FailedAttachVolume" } == 1)
    #expect(scene.attached == ["node-1"])
  }
}
