import KubeModel
import Testing

@testable import KubeAPIServer

@Suite struct PodRulesTests {
  private let rules = PodRules()

  private func pod(_ change: (inout Pod) -> Void = { _ in }) -> Pod {
    var pod = Pod()
    pod.metadata = ObjectMeta(name: "p", namespace: "default")
    pod.spec.containers = [Container(name: "main", image: "nginx:1.27")]
    change(&pod)
    rules.setDefaults(&pod)
    return pod
  }

  private func texts(_ errors: [FieldError]) -> [String] { errors.map(\.description) }

  @Test func aNewPodIsPendingWithItsQualityOfService() {
    var pod = pod { $0.status.phase = .running }
    rules.prepareForCreate(&pod)
    #expect(pod.status.phase == .pending)
    #expect(pod.status.qosClass == .bestEffort)
    #expect(pod.metadata.generation == 1)
  }

  @Test func aGatedPodSaysSo() {
    var pod = pod { $0.spec.schedulingGates = [PodSchedulingGate(name: "wait")] }
    rules.prepareForCreate(&pod)
    #expect(pod.status.condition(.podScheduled)?.reason == "SchedulingGated")
  }

  @Test func defaultsOfACompleteSpecLeaveItsStorageShared() {
    let first = pod()
    var second = first
    rules.setDefaults(&second)
    #expect(second.$spec.sharesStorage(with: first.$spec))
  }

  @Test(arguments: [
    ("nginx", PullPolicy.always), ("nginx:latest", .always), ("nginx:1.25", .ifNotPresent),
    ("reg:5000/nginx", .always), ("reg:5000/nginx:1", .ifNotPresent),
    ("nginx@sha256:abc", .ifNotPresent), ("<YOUR-IMAGE>", .ifNotPresent),
  ])
  func thePullPolicyFollowsTheTag(image: String, policy: PullPolicy) {
    #expect(PodDefaults.pullPolicy(ofImage: image) == policy)
  }

  @Test func requestsComeFromLimitsInAPodButNotInATemplate() {
    let limited: (inout PodSpec) -> Void = {
      $0.containers[0].resources.limits = ["cpu": Quantity(value: 1)]
    }
    let ofPod = pod { limited(&$0.spec) }
    #expect(ofPod.spec.containers[0].resources.requests["cpu"] == Quantity(value: 1))
    var template = PodTemplateSpec()
    template.spec.containers = [Container(name: "main", image: "x")]
    limited(&template.spec)
    PodDefaults.setTemplate(&template)
    #expect(template.spec.containers[0].resources.requests.isEmpty)
  }

  @Test func onlyFewFieldsOfAPodMayChange() {
    let old = pod()
    var image = old
    image.spec.containers[0].image = "nginx:1.28"
    #expect(rules.validateUpdate(image, from: old).isEmpty)
    var node = old
    node.spec.nodeName = "n"
    let text = texts(rules.validateUpdate(node, from: old)).first ?? ""
    #expect(text.hasPrefix("spec: Forbidden: pod updates may not change fields other than"))
    #expect(text.hasSuffix("- \"NodeName\": \"\",\n+ \"NodeName\": \"n\",\n" + tail(of: text)))
    var more = old
    more.spec.containers.append(Container(name: "b", image: "b"))
    rules.setDefaults(&more)
    #expect(
      texts(rules.validateUpdate(more, from: old))
        == ["spec.containers: Forbidden: pod updates may not add or remove containers"])
  }

  /// The lines of context at the end of a difference.
  private func tail(of text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).suffix(4)
      .joined(separator: "\n")
  }

  @Test func aGatedPodMayBeNarrowedButNotWidened() {
    let gated = pod {
      $0.spec.schedulingGates = [PodSchedulingGate(name: "wait")]
      $0.spec.nodeSelector = ["a": "b"]
    }
    var narrowed = gated
    narrowed.spec.nodeSelector["zone"] = "z"
    #expect(rules.validateUpdate(narrowed, from: gated).isEmpty)
    var changed = gated
    changed.spec.nodeSelector["a"] = "c"
    #expect(
      texts(rules.validateUpdate(changed, from: gated)).first?.hasSuffix(
        "only additions to spec.nodeSelector are allowed (no mutations or deletions)") == true)
  }

  @Test func aStatusUpdateCannotMoveOrDisownAPod() {
    let old = pod { $0.spec.nodeName = "n1" }
    var new = old
    new.spec.nodeName = "n2"
    new.metadata.ownerReferences = [OwnerReference()]
    new.status.phase = .running
    rules.prepareForStatusUpdate(&new, from: old)
    #expect(new.spec.nodeName == "n1")
    #expect(new.metadata.ownerReferences.isEmpty)
    #expect(new.status.phase == .running)
  }

  @Test func aContainerThatIsOverStaysSoUnlessItMayRestart() {
    var old = pod { $0.spec.restartPolicy = .never }
    var status = ContainerStatus()
    status.name = "main"
    status.state.terminated = ContainerStateTerminated()
    old.status.containerStatuses = [status]
    var new = old
    new.status.containerStatuses[0].state = ContainerState()
    #expect(
      texts(rules.validateStatusUpdate(new, from: old)) == [
        "status.containerStatuses[0].state: Forbidden: may not be transitioned to "
          + "non-terminated state"
      ])
    old.spec.restartPolicy = .always
    new.spec.restartPolicy = .always
    #expect(rules.validateStatusUpdate(new, from: old).isEmpty)
  }
}
