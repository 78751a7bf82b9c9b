import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

/// How a new template reaches the pods, and which revisions are kept.
@Suite struct StatefulSetRolloutTests {
  private func settled(
    _ replicas: Int32, _ policy: PodManagementPolicyType = .orderedReady,
    _ change: (inout StatefulSet) -> Void = { _ in }
  ) -> StatefulSetRun {
    var set = makeStatefulSet(replicas: replicas, policy)
    change(&set)
    var run = StatefulSetRun(set)
    run.settle()
    return run
  }

  @Test(arguments: [PodManagementPolicyType.orderedReady, .parallel])
  func aNewTemplateReplacesOnePodAtATimeFromTheTop(policy: PodManagementPolicyType) {
    var run = settled(3, policy)
    let old = run.status.currentRevision
    run.use(image: "app:2")
    run.look()
    #expect(run.deleted == ["web-2"])
    #expect(run.status.currentReplicas == 2 && run.status.currentRevision == old)
    #expect(run.settle() == ["+web-2", "-web-1", "+web-1", "-web-0", "+web-0"])
    #expect(run.status.currentRevision == run.status.updateRevision)
    #expect(run.status.currentRevision != old && run.status.currentReplicas == 3)
  }

  @Test func aPodOnItsWayOutOrNotReadyHoldsUpTheNext() {
    var run = settled(3)
    run.use(image: "app:2")
    run.terminate("web-2")
    run.look()
    #expect(run.deleted.isEmpty)
    run.remove("web-2")
    run.look()
    #expect(run.created == ["web-2"])
    run.unready("web-2")
    run.look()
    #expect(run.deleted.isEmpty)
  }

  @Test func scalingUpComesBeforeTheRollout() {
    var run = settled(3)
    run.edit {
      $0.spec.replicas = 5
      $0.spec.template.spec.containers[0].image = "app:2"
    }
    #expect(
      run.settle() == [
        "+web-3", "+web-4", "-web-2", "+web-2", "-web-1", "+web-1", "-web-0", "+web-0",
      ])
  }

  @Test func scalingDownComesBeforeTheRollout() {
    var run = settled(5)
    run.edit {
      $0.spec.replicas = 3
      $0.spec.template.spec.containers[0].image = "app:2"
    }
    #expect(
      run.settle() == [
        "-web-4", "-web-3", "-web-2", "+web-2", "-web-1", "+web-1", "-web-0", "+web-0",
      ])
  }

  @Test func belowThePartitionPodsKeepTheOldRevision() {
    var run = settled(3) { $0.spec.updateStrategy.rollingUpdate?.partition = 2 }
    let old = run.status.currentRevision
    run.use(image: "app:2")
    #expect(run.settle() == ["-web-2", "+web-2"])
    let new = run.status.updateRevision
    #expect(run.status.currentRevision == old && new != old)
    run.edit { $0.spec.replicas = 4 }
    #expect(run.settle() == ["+web-3"])
    #expect(run[pod: "web-3"]?.metadata.labels["controller-revision-hash"] == new)
    run.remove("web-0")
    #expect(run.settle() == ["+web-0"])
    #expect(run[pod: "web-0"]?.metadata.labels["controller-revision-hash"] == old)
    #expect(run[pod: "web-0"]?.spec.containers.first?.image == "app:1")
  }

  @Test func aPartitionAboveAllPodsUpdatesNone() {
    var run = settled(3) { $0.spec.updateStrategy.rollingUpdate?.partition = 7 }
    run.use(image: "app:2")
    #expect(run.settle().isEmpty)
    #expect(run.status.updatedReplicas == 0 && run.status.currentReplicas == 3)
    #expect(run.status.updateRevision != run.status.currentRevision)
  }

  @Test func onDeleteReplacesOnlyWhatSomebodyDeletes() {
    var run = settled(3) {
      $0.spec.updateStrategy.type = .onDelete
      $0.spec.updateStrategy.rollingUpdate = nil
    }
    let old = run.status.currentRevision
    run.use(image: "app:2")
    #expect(run.settle().isEmpty)
    run.remove("web-1")
    #expect(run.settle() == ["+web-1"])
    #expect(run[pod: "web-1"]?.spec.containers.first?.image == "app:2")
    #expect(run.status.currentRevision == old, "the current revision never advances")
  }

  @Test func withoutARollingUpdateBlockThePodsCountedAsCurrentComeBackOld() {
    var run = settled(3) { $0.spec.updateStrategy.rollingUpdate = nil }
    run.use(image: "app:2")
    run.look()
    #expect(run.deleted == ["web-2"] && run.status.currentReplicas == 2)
    run.remove("web-0")
    run.look()
    #expect(run.created == ["web-0"])
    #expect(run[pod: "web-0"]?.spec.containers.first?.image == "app:1")
  }

  @Test func inOrderABrokenPodStaysUntilItIsDeletedByHand() {
    var run = settled(3)
    run.use(image: "app:bad")
    run.look()
    run.look()
    run.unready("web-2")
    run.use(image: "app:1")
    for _ in 0..<3 { run.look() }
    #expect(run.deleted.isEmpty)
    #expect(run[pod: "web-2"]?.spec.containers.first?.image == "app:bad")
    run.remove("web-2")
    #expect(run.settle() == ["+web-2"])
    #expect(run[pod: "web-2"]?.spec.containers.first?.image == "app:1")
  }

  @Test func inParallelABrokenPodIsReplacedWhenTheTemplateGoesBack() {
    var run = settled(3, .parallel)
    run.use(image: "app:bad")
    run.look()
    run.look()
    run.unready("web-2")
    run.use(image: "app:1")
    run.look()
    #expect(run.deleted == ["web-2"])
  }

  @Test func aTemplateThatComesBackRaisesItsRevision() {
    var run = settled(1)
    let first = run.revisions[0].metadata.name
    for image in ["app:2", "app:3"] {
      run.use(image: image)
      run.settle()
    }
    #expect(run.revisions.map(\.revision) == [1, 2, 3])
    run.use(image: "app:1")
    run.settle()
    #expect(run.revisions.map(\.revision) == [2, 3, 4])
    #expect(run.revisions.last?.metadata.name == first && run.status.updateRevision == first)
  }

  @Test func theSameTemplateAgainMakesNoRevision() {
    var run = settled(1)
    run.edit { $0.spec.replicas = 2 }
    run.settle()
    run.edit { $0.metadata.annotations["note"] = "x" }
    run.settle()
    #expect(run.revisions.count == 1)
  }

  @Test func aRefusedDeletionLeavesTheCountOfCurrentPods() {
    var run = settled(3)
    run.use(image: "app:2")
    run.runner.refuse = { write in
      if case .delete = write.action { .forbidden(Pod.resource, "web-2", "no") } else { nil }
    }
    run.look()
    #expect(run.status.currentReplicas == 3 && run.runner.retries)
    run.runner.refuse = { _ in nil }
    run.look()
    #expect(run.status.currentReplicas == 2)
  }

  @Test func aRolloutWaitsForAvailability() {
    var run = settled(2) { $0.spec.minReadySeconds = 30 }
    for _ in 0..<4 {
      run.pass(.seconds(30))
      run.settle()
    }
    #expect(run.status.availableReplicas == 2)
    run.use(image: "app:2")
    #expect(run.settle() == ["-web-1", "+web-1"])
    run.pass(.seconds(29))
    #expect(run.settle().isEmpty)
    run.pass(.seconds(1))
    #expect(run.settle() == ["-web-0", "+web-0"])
  }

  @Test(arguments: [(Int32(0), 1), (2, 3)])
  func oldRevisionsBeyondTheLimitGoLowestFirst(limit: Int32, kept: Int) {
    var run = settled(1) { $0.spec.revisionHistoryLimit = limit }
    for number in 2...6 {
      run.use(image: "app:\(number)")
      run.settle()
    }
    #expect(run.revisions.count == kept)
    #expect(run.revisions.last?.revision == 6)
  }

  @Test func aRevisionThatAPodHasIsNeverTruncated() {
    var run = settled(2) {
      $0.spec.revisionHistoryLimit = 0
      $0.spec.updateStrategy.type = .onDelete
      $0.spec.updateStrategy.rollingUpdate = nil
    }
    run.use(image: "app:2")
    run.settle()
    run.remove("web-1")
    run.settle()
    run.use(image: "app:3")
    run.settle()
    #expect(run.revisions.map(\.revision) == [1, 2, 3])
  }

  @Test func withoutItsObjectTheCurrentRevisionIsTheNewOne() throws {
    var run = settled(2) { $0.spec.updateStrategy.rollingUpdate?.partition = 2 }
    run.use(image: "app:2")
    run.settle()
    let key = try #require(
      run.runner.store.key(ControllerRevision.self, "default", run.status.currentRevision))
    var plan = Plan()
    plan.delete(key, because: "the test removes it")
    run.runner.run(plan)
    run.look()
    #expect(run.status.currentRevision == run.status.updateRevision)
  }

  @Test func anOrphanedRevisionIsAdopted() throws {
    var run = settled(1)
    let name = run.status.currentRevision
    let key = try #require(run.runner.store.key(ControllerRevision.self, "default", name))
    run.runner.modify(ControllerRevision.self, key) { $0.metadata.ownerReferences = [] }
    run.look()
    #expect(run.revisions.first?.metadata.controllerRef?.uid == "uid-web")
    #expect(run.revisions.count == 1)
  }

  @Test func aRevisionsNameThatIsTakenIsHashedAnew() {
    var run = StatefulSetRun(makeStatefulSet(replicas: 1))
    run.look()
    var taken = run.revisions[0]
    var other = StatefulSetRun(makeStatefulSet(replicas: 1))
    taken.metadata.ownerReferences = []
    taken.metadata.labels = [:]
    taken.data = ["spec": [:]]
    other.runner.insert(taken)
    other.look()
    #expect(other.status.collisionCount == 1)
    #expect(other.revisions.count == 2 && other.created == ["web-0"])
  }

  /// The template and the name were recorded from a real cluster.
  @Test func aRevisionHasTheNameThatAClusterGivesIt() throws {
    let template = try PodTemplateSpec(
      json: JSONValue(
        parsing: """
          {"metadata":{"annotations":{"kubesim.dev/behavior":"app:\\n  probes:\\n    readiness: \
          [{for: 3s, result: failure}, {result: success}]\\n  stop: {after: 3s, exit: 0}\\n"},\
          "labels":{"app":"db"}},"spec":{"automountServiceAccountToken":false,"containers":[{\
          "image":"db:1","imagePullPolicy":"IfNotPresent","name":"app","readinessProbe":{"exec":{\
          "command":["probe","readiness"]},"failureThreshold":3,"periodSeconds":2,\
          "successThreshold":1,"timeoutSeconds":1},"resources":{},"terminationMessagePath":\
          "/dev/termination-log","terminationMessagePolicy":"File"}],"dnsPolicy":"ClusterFirst",\
          "restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{},\
          "terminationGracePeriodSeconds":10}}
          """))
    var set = makeStatefulSet(replicas: 1)
    set.metadata.name = "db"
    set.spec.selector = LabelSelector(matchLabels: ["app": "db"])
    set.spec.template = template
    var run = StatefulSetRun(set)
    run.look()
    #expect(run.revisions.map(\.metadata.name) == ["db-6997bb6bc"])
  }

  // MARK: maxUnavailable, whose gate is off in v1.36

  private func gated(_ replicas: Int32, _ limit: IntOrString, partition: Int32 = 0)
    -> StatefulSetRun
  {
    var run = settled(replicas) {
      $0.spec.updateStrategy.rollingUpdate?.maxUnavailable = limit
      $0.spec.updateStrategy.rollingUpdate?.partition = partition
    }
    run.controller.obeysMaxUnavailable = true
    run.use(image: "app:2")
    return run
  }

  @Test func withItsGateOffMaxUnavailableIsNotObeyed() {
    var run = gated(5, 3)
    run.controller.obeysMaxUnavailable = false
    run.look()
    #expect(run.deleted == ["web-4"])
  }

  @Test func asManyPodsGoAtOnceAsMayBeMissing() {
    var run = gated(5, 2)
    run.look()
    #expect(run.deleted == ["web-4", "web-3"] && run.status.currentReplicas == 3)
  }

  @Test func aPercentageIsRoundedDownToNoLessThanOne() {
    let cases: [(IntOrString, [String])] = [
      ("50%", ["web-2"]), ("10%", ["web-2"]), ("70%", ["web-2", "web-1"]),
    ]
    for (limit, deleted) in cases {
      var run = gated(3, limit)
      run.look()
      #expect(run.deleted == deleted, "\(limit)")
    }
  }

  @Test func podsThatAreMissingBelowThePartitionCount() {
    var set = makeStatefulSet(replicas: 5, .parallel)
    set.spec.updateStrategy.rollingUpdate?.maxUnavailable = 2
    set.spec.updateStrategy.rollingUpdate?.partition = 3
    var run = StatefulSetRun(set)
    run.settle()
    run.controller.obeysMaxUnavailable = true
    run.use(image: "app:2")
    run.unready("web-0", "web-1")
    run.look()
    #expect(run.deleted.isEmpty)
    run.ready("web-0")
    run.look()
    #expect(run.deleted == ["web-4"])
  }
}
