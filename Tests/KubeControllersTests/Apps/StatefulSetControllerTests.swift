import KubeControllers
import KubeModel
import KubeReconcile
import SimulationKernel
import TestFixtures
import Testing

/// Who comes and goes when, and who a pod is.
@Suite struct StatefulSetControllerTests {
  /// A set of this many ready pods.
  private func settled(
    _ replicas: Int32, _ policy: PodManagementPolicyType = .orderedReady
  ) -> StatefulSetRun {
    var run = StatefulSetRun(makeStatefulSet(replicas: replicas, policy))
    run.settle()
    return run
  }

  @Test func inOrderAPodComesOnceTheOneBeforeItIsReady() {
    var run = StatefulSetRun(makeStatefulSet(replicas: 3))
    run.look()
    #expect(run.created == ["web-0"])
    #expect(run.status.replicas == 0, "a pod of this look does not count yet")
    run.move(to: .pending, "web-0")
    run.look()
    #expect(run.created.isEmpty && run.status.replicas == 1)
    run.ready("web-0")
    run.look()
    #expect(run.created == ["web-1"])
    run.ready("web-1")
    run.look()
    #expect(run.created == ["web-2"])
    #expect(run.settle().isEmpty)
    #expect(run.status.readyReplicas == 3)
  }

  @Test func inParallelAllPodsComeInOneLook() {
    var run = StatefulSetRun(makeStatefulSet(replicas: 3, .parallel))
    run.look()
    #expect(run.created == ["web-0", "web-1", "web-2"])
  }

  @Test func scalingGoesUpOneByOneAndDownOneByOne() {
    var run = settled(3)
    run.edit { $0.spec.replicas = 5 }
    #expect(run.settle() == ["+web-3", "+web-4"])
    run.edit { $0.spec.replicas = 3 }
    run.look()
    #expect(run.deleted == ["web-4"])
    var terminating = settled(5)
    terminating.edit { $0.spec.replicas = 3 }
    terminating.terminate("web-4")
    terminating.look()
    #expect(terminating.deleted.isEmpty, "web-3 waits until web-4 is gone")
    terminating.remove("web-4")
    terminating.look()
    #expect(terminating.deleted == ["web-3"])
  }

  @Test func inParallelAllPodsTooManyGoInOneLook() {
    var run = settled(5, .parallel)
    run.edit { $0.spec.replicas = 2 }
    run.look()
    #expect(run.deleted == ["web-4", "web-3", "web-2"])
  }

  @Test func aWantedPodThatIsNotReadyHoldsUpScalingDown() {
    var run = settled(5)
    run.unready("web-1")
    run.edit { $0.spec.replicas = 2 }
    run.look()
    #expect(run.deleted.isEmpty)
  }

  @Test func scalingToNoneRemovesTheOnlyUnhealthyPodAndWaitsForOneBelow() {
    var run = settled(3)
    run.unready("web-2")
    run.edit { $0.spec.replicas = 0 }
    run.look()
    #expect(run.deleted == ["web-2"])
    var blocked = settled(3)
    blocked.unready("web-2", "web-1")
    blocked.edit { $0.spec.replicas = 0 }
    blocked.look()
    #expect(blocked.deleted.isEmpty)
    blocked.ready("web-2")
    blocked.look()
    #expect(blocked.deleted == ["web-2"])
  }

  @Test(arguments: [PodPhase.failed, .succeeded])
  func aPodThatIsOverIsDeletedAndMadeAnewUnderItsName(phase: PodPhase) {
    var run = settled(3)
    run.move(to: phase, "web-1")
    run.look()
    #expect(run.deleted == ["web-1"] && run.created.isEmpty)
    #expect(
      run.runner.events == [
        "Normal SuccessfulDelete Delete Pod web-1 in StatefulSet web successful"
      ])
    run.look()
    #expect(run.created == ["web-1"])
  }

  @Test func aRefusedDeletionIsReportedAndTriedAgain() {
    var run = settled(2)
    run.move(to: .failed, "web-1")
    run.runner.refuse = { write in
      if case .delete = write.action { .forbidden(Pod.resource, "web-1", "no") } else { nil }
    }
    run.look()
    #expect(run.runner.retries)
    #expect(run.runner.events.count == 1)
    #expect(
      run.runner.events.first?.hasPrefix(
        "Warning FailedDelete Delete Pod web-1 in StatefulSet web failed error: ") == true)
  }

  @Test func aFailedPodOnItsWayOutHoldsUpTheOthersInOrderOnly() {
    for (policy, created) in [
      (PodManagementPolicyType.orderedReady, [String]()),
      (.parallel, ["web-2", "web-3", "web-4"]),
    ] {
      var run = settled(2, policy)
      run.move(to: .failed, "web-0")
      run.terminate("web-0")
      run.edit { $0.spec.replicas = 5 }
      run.look()
      #expect(run.created == created, "\(policy)")
      #expect(run.deleted.isEmpty)
    }
  }

  @Test func aMissingPodInTheMiddleComesFirst() {
    var run = settled(3)
    run.remove("web-1")
    run.edit { $0.spec.replicas = 5 }
    run.look()
    #expect(run.created == ["web-1"])
  }

  @Test func ordinalsMayStartAnywhereAndMove() {
    var set = makeStatefulSet(replicas: 3)
    set.spec.ordinals = StatefulSetOrdinals()
    set.spec.ordinals?.start = 2
    var run = StatefulSetRun(set)
    #expect(run.settle() == ["+web-2", "+web-3", "+web-4"])
    var moved = settled(3)
    moved.edit {
      $0.spec.ordinals = StatefulSetOrdinals()
      $0.spec.ordinals?.start = 2
    }
    #expect(moved.settle() == ["+web-3", "+web-4", "-web-1", "-web-0"])
  }

  @Test func aRefusedCreationIsReportedAndWhatIsThereIsCounted() {
    var run = settled(2)
    run.edit { $0.spec.replicas = 4 }
    run.runner.refuse = { write in
      if case .create(is Pod) = write.action {
        .forbidden(Pod.resource, "web-2", "no")
      } else {
        nil
      }
    }
    run.look()
    #expect(run.runner.retries)
    #expect(run.status.replicas == 2 && run.status.observedGeneration == 2)
    #expect(run.runner.events.first?.hasPrefix("Warning FailedCreate Create Pod web-2") == true)
    run.runner.refuse = { _ in nil }
    #expect(run.settle() == ["+web-2", "+web-3"])
  }

  @Test func inParallelARefusalStopsFurtherBatches() {
    var run = StatefulSetRun(makeStatefulSet(replicas: 10, .parallel))
    run.runner.refuse = { write in
      if case .create(let pod as Pod) = write.action, pod.metadata.name == "web-2" {
        return .forbidden(Pod.resource, "web-2", "no")
      }
      return nil
    }
    run.look()
    #expect(run.created == ["web-0", "web-1"], "batches of 1 and 2, and no 4")
  }

  @Test func aPodThatIsThereAlreadyUnderTheNameIsAnErrorAndNoEvent() {
    var run = StatefulSetRun(makeStatefulSet(replicas: 1))
    var stranger = Pod()
    stranger.metadata = ObjectMeta(name: "web-0", namespace: "default")
    run.runner.insert(stranger)
    run.look()
    #expect(run.runner.retries && run.runner.events.isEmpty)
  }

  @Test func aRefusedStatusIsTriedAgainAndNoPodIsMadeTwice() {
    var run = StatefulSetRun(makeStatefulSet(replicas: 1))
    run.runner.refuse = { write in
      if case .updateStatus = write.action {
        .conflict(StatefulSet.resource, "web", "x")
      } else {
        nil
      }
    }
    run.look()
    #expect(run.runner.retries && run.created == ["web-0"])
    run.runner.refuse = { _ in nil }
    run.look()
    #expect(run.created.isEmpty && run.status.updateRevision == run.revisions[0].metadata.name)
  }

  @Test func availabilityIsWaitedForBeforeEachStep() {
    var set = makeStatefulSet(replicas: 2)
    set.spec.minReadySeconds = 30
    var run = StatefulSetRun(set)
    run.look()
    run.ready("web-0")
    run.pass(.seconds(10))
    run.look()
    #expect(run.created.isEmpty)
    #expect(run.status.readyReplicas == 1 && run.status.availableReplicas == 0)
    #expect(run.runner.wakes.map(\.time) == [.zero + .seconds(30)], "20 s from now")
    run.pass(.seconds(20))
    run.look()
    #expect(run.created == ["web-1"] && run.status.availableReplicas == 1)
  }

  @Test func withoutMinReadySecondsReadyIsAvailable() {
    var run = StatefulSetRun(makeStatefulSet(replicas: 1))
    run.look()
    run.ready("web-0")
    run.look()
    #expect(run.status.availableReplicas == 1 && run.runner.wakes.isEmpty)
  }

  @Test func aPodIsKnownByItsNameItsLabelsAndItsHostname() throws {
    let run = settled(2)
    let pod = try #require(run[pod: "web-1"])
    #expect(pod.spec.hostname == "web-1" && pod.spec.subdomain == "web")
    #expect(pod.metadata.labels["statefulset.kubernetes.io/pod-name"] == "web-1")
    #expect(pod.metadata.labels["apps.kubernetes.io/pod-index"] == "1")
    #expect(pod.metadata.labels["controller-revision-hash"] == run.status.updateRevision)
    #expect(pod.metadata.controllerRef?.uid == "uid-web")
  }

  @Test func aLabelOfTheIdentityThatWasTakenAwayIsPutBack() {
    var run = settled(1)
    run.change(pod: "web-0") { $0.metadata.labels["statefulset.kubernetes.io/pod-name"] = nil }
    run.look()
    #expect(
      run.runner.events == [
        "Normal SuccessfulUpdate Update Pod web-0 in StatefulSet web successful"
      ])
    #expect(run[pod: "web-0"]?.metadata.labels["statefulset.kubernetes.io/pod-name"] == "web-0")
  }

  @Test func anOrphanOfTheSetsNameIsAdoptedAndOthersAreNot() {
    var run = StatefulSetRun(makeStatefulSet(replicas: 2))
    for name in ["web-0", "web-extra", "other-1"] {
      var pod = Pod()
      pod.metadata = ObjectMeta(name: name, namespace: "default", labels: ["app": "web"])
      run.runner.insert(pod)
    }
    run.look()
    #expect(run[pod: "web-0"]?.metadata.controllerRef?.uid == "uid-web")
    #expect(run[pod: "web-extra"]?.metadata.controllerRef == nil)
    #expect(run[pod: "other-1"]?.metadata.controllerRef == nil)
  }

  @Test func aPodThatStopsMatchingIsLetGoAndItsNameStaysTaken() {
    var run = settled(1)
    run.change(pod: "web-0") { $0.metadata.labels["app"] = "debug" }
    run.look()
    #expect(run[pod: "web-0"]?.metadata.controllerRef == nil)
    #expect(run.runner.retries, "the name is taken")
    run.remove("web-0")
    run.look()
    #expect(run.created == ["web-0"])
  }

  @Test func aSetThatIsBeingDeletedOnlyReports() {
    var run = settled(2)
    run.remove("web-1")
    let time = run.runner.snapshot.time
    run.edit { $0.metadata.deletionTimestamp = time }
    run.look()
    #expect(run.runner.actions.map(\.subresource) == ["status"])
    #expect(run.status.replicas == 1)
  }

  @Test func aSettledSetIsLeftAlone() {
    let run = settled(3)
    let snapshot = run.runner.snapshot
    #expect(run.controller.reconcile(run.key, in: snapshot).writesNothing(seeing: snapshot))
  }
}

extension Plan {
  /// True when carrying the plan out to its end writes nothing.
  func writesNothing(seeing snapshot: Snapshot) -> Bool {
    guard writes.isEmpty, wakes.isEmpty, !retries else { return false }
    return afterwards.map { $0([], snapshot).writesNothing(seeing: snapshot) } ?? true
  }
}
