// What ReplicaSet and ReplicationController have in common: all of it but the names.
//
// Follows   syncReplicaSet of pkg/controller/replicaset/replica_set.go (v1.36)

import KubeModel
import KubeReconcile
import SimulationKernel

/// A kind that keeps a number of equal pods alive.
protocol ReplicaKeeper: Claimant {
  /// How many pods its spec asks for.
  var wantedReplicas: Int32 { get }
  /// What its spec asks for.
  var wanted: ReplicaWish { get }
  /// Its status, in the form of a ReplicaSet's.
  var report: ReplicaSetStatus { get set }
  /// Whether its status counts the pods that are being deleted.
  static var reportsTerminating: Bool { get }
}

extension ReplicaKeeper {
  /// The changes of pods that make a set due: all, but those of a set that has what it wants which
  /// change no number that it reports.
  static var podWatch: Watch {
    .claimed(Pod.self, by: Self.self) { old, new, set in
      set.isSettled && old.tallyState == new.tallyState && old.readyTime == new.readyTime
        && old.metadata.labels == new.metadata.labels
    }
  }

  /// True when the last look found as many pods as wanted, and no failure.
  private var isSettled: Bool {
    let report = report
    return report.replicas == wantedReplicas && report.conditions.isEmpty
      && report.observedGeneration == metadata.generation
  }
}

/// How many pods are wanted, and which.
struct ReplicaWish: Sendable {
  let replicas: Int32
  let minReadySeconds: Int32
  let template: PodTemplateSpec
}

/// One look at a set of pods.
struct ReplicaSync<Keeper: ReplicaKeeper>: Sendable {
  let key: ObjectKey
  let set: Keeper
  let wanted: ReplicaWish
  let census: PodCensus
  let now: Instant
  let time: Timestamp

  static func reconcile(_ key: ObjectKey, in snapshot: Snapshot, as name: String) -> Plan {
    guard let set = snapshot[Keeper.self, key],  // read
      let selector = try? Selector(set.claimSelector)
    else { return .nothing }
    let wanted = set.wanted
    let pods = PodCensus(of: set, wanted, selector, in: snapshot)  // select
    let sync = Self(
      key: key, set: set, wanted: wanted, census: pods, now: snapshot.now, time: snapshot.time)
    let surplus = set.isBeingDeleted ? 0 : Int(pods.active) - Int(wanted.replicas)
    if surplus == 0 { return pods.claims.then { sync.reported(nil) } }  // report, wait
    let control = PodControl(for: set, component: name)
    if surplus < 0 {
      return pods.claims.then { sync.creation(of: min(-surplus, burst), with: control) }  // act
    }
    let victims = sync.victims(min(surplus, burst), selector, in: snapshot)
    return pods.claims.then { sync.deletion(of: victims, with: control) }
  }

  /// How many pods one look creates or deletes at most.
  static var burst: Int { 500 }

  /// As `2 of 5 pods`.
  var figures: String { "\(census.active) of \(wanted.replicas) pods" }

  private func creation(of count: Int, with control: PodControl) -> Plan {
    let pod = Pod(template: wanted.template, owner: set)
    return control.create(
      count, because: "scale up: there are fewer pods than wanted", figures, pod: { _ in pod }
    ) { reported($0.error) }
  }

  private func deletion(
    of pods: [(key: ObjectKey, name: String)], with control: PodControl
  ) -> Plan {
    control.delete(pods, because: "scale down: there are more pods than wanted", figures) {
      reported($0.error)
    }
  }

  /// Writes what was counted before this look changed anything, and asks for the next look.
  private func reported(_ error: APIError?) -> Plan {
    var plan = Plan()
    let old = set.report
    var new = census.status
    if !Keeper.reportsTerminating { new.terminatingReplicas = nil }
    new.conditions = conditions(old.conditions, error)
    new.observedGeneration = old.observedGeneration
    let generation = set.metadata.generation
    if new != old || generation != old.observedGeneration {
      new.observedGeneration = generation
      var updated = set
      updated.report = new
      plan.updateStatus(
        key, updated, because: "status: the numbers of pods have changed",
        "\(new.replicas) pods, \(new.readyReplicas) ready, \(new.availableReplicas) available")
    }
    if error != nil {
      plan.retries = true
    } else if wanted.minReadySeconds > 0, new.readyReplicas != new.availableReplicas {
      plan.wake(key, at: census.nextCheck ?? now + .seconds(Int64(wanted.minReadySeconds)))
    }
    return plan
  }

  /// A failure is reported when it is new and taken back by the first look without one.
  private func conditions(
    _ old: [ReplicaSetCondition], _ error: APIError?
  ) -> [ReplicaSetCondition] {
    var conditions = old
    guard let error else {
      conditions.remove(.replicaFailure)
      return conditions
    }
    if conditions[.replicaFailure] == nil {
      var failure = ReplicaSetCondition()
      failure.type = .replicaFailure
      failure.status = .true
      failure.reason = census.active < wanted.replicas ? "FailedCreate" : "FailedDelete"
      failure.message = error.message
      failure.lastTransitionTime = time
      conditions.append(failure)
    }
    return conditions
  }
}
