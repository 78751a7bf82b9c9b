// Attaches volumes of drivers to the nodes of the pods that use them.
//
// Follows   pkg/controller/volume/attachdetach (v1.36): reconciler, cache; pkg/volume/csi;
//           kubernetes-csi/external-attacher
// The same  one node at a time for volumes that only one may write, the wait of 6 minutes for a
//           node that does not answer, out-of-service taints, Events
// Differs   drivers run everywhere, and attach after the time in the volume's annotation
//           `kubesim.dev/attach-after`; attachments are named by another hash
// Left out  volumes that stand in pods, errors of drivers, the lists in a node's status, finalizers
//           of attachers

import KubeModel
import KubeReconcile
import SimulationKernel

/// Attaches volumes of drivers (CSI) to the nodes of the pods that use them, and detaches them when
/// the last such pod is gone.
///
/// Other volumes need no attaching: a directory of a node or a server is simply there.
public struct AttachDetachController: Reconciler {
  public static let name = "attachdetach-controller"

  /// On a volume: how long attaching it takes.
  public static let delayAnnotation = "kubesim.dev/attach-after"

  public static let watches: [Watch] = [
    .changes(of: Pod.self) { change, snapshot, keys in
      // All pods come here: what is bound is copied.
      guard !change.latest.spec.volumes.isEmpty, !change.latest.spec.nodeName.isEmpty,
        change.old?.spec.nodeName != change.new?.spec.nodeName
          || change.old?.isTerminal != change.new?.isTerminal
      else { return }
      let pod = change.latest
      for name in pod.claimNames {
        if let key = volume(ofClaim: name, pod.metadata.namespace, snapshot) { keys.append(key) }
      }
    },
    .changes(of: PersistentVolumeClaim.self) { change, snapshot, keys in
      guard let claim = change.new, claim.status.phase != change.old?.status.phase,
        let key = snapshot.store.key(PersistentVolume.self, "", claim.spec.volumeName)
      else { return }
      keys.append(key)
    },
    .changes(of: VolumeAttachment.self) { change, snapshot, keys in
      let name = change.latest.spec.source.persistentVolumeName ?? ""
      if let key = snapshot.store.key(PersistentVolume.self, "", name) { keys.append(key) }
    },
    .changes(of: Node.self) { change, snapshot, keys in
      let node = change.latest
      guard change.type != .added,
        isAnswering(change.old) != isAnswering(change.new)
          || isOutOfService(change.old) != isOutOfService(change.new)
      else { return }
      let table = snapshot.store[VolumeAttachment.self]
      for key in table.keys where table[key]?.spec.nodeName == node.metadata.name {
        let name = table[key]?.spec.source.persistentVolumeName ?? ""
        if let key = snapshot.store.key(PersistentVolume.self, "", name) { keys.append(key) }
      }
    },
  ]

  /// How long a volume stays attached to a node that does not say that it is unmounted.
  private static let patience = Duration.seconds(360)

  public let latency: Duration
  /// Since when nobody uses a volume that is still attached.
  private var unused: [ObjectKey: Instant] = [:]  // Looked up, never walked.
  /// When attaching began.
  private var begun: [ObjectKey: Instant] = [:]  // Looked up, never walked.
  /// What was said about volumes that cannot be attached, so that it is said once.
  private var reported: [String: Bool] = [:]  // Looked up, never walked.

  /// A controller that looks this long after a change.
  public init(latency: Duration = .milliseconds(5)) { self.latency = latency }

  public mutating func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    guard let volume = snapshot[PersistentVolume.self, key], let source = volume.spec.csi else {
      return .nothing
    }
    let users = users(of: volume, snapshot)
    let table = snapshot.store[VolumeAttachment.self]
    let attachments = table.keys.compactMap { key in table[key].map { (key: key, object: $0) } }
      .filter { $0.object.spec.source.persistentVolumeName == volume.metadata.name }
    var plan = Plan()
    var held = attachments.map(\.object.spec.nodeName)
    for attachment in attachments {
      let node = attachment.object.spec.nodeName
      if users.contains(where: { $0.spec.nodeName == node }) {
        unused[attachment.key] = nil
        plan += attach(attachment.key, attachment.object, volume, users, key, snapshot)
      } else if let end = detachTime(attachment.key, node, snapshot), end > snapshot.now {
        plan.wake(key, at: end)
      } else {
        unused[attachment.key] = nil
        begun[attachment.key] = nil
        plan.delete(attachment.key, because: "no pod on the node uses the volume", node)
        held.removeAll { $0 == node }
      }
    }
    for pod in users where !held.contains(pod.spec.nodeName) {
      if !held.isEmpty && !allowsMany(volume) {
        plan += report(pod, volume, users, held)
        continue
      }
      reported["\(pod.metadata.uid)/\(volume.metadata.name)"] = nil
      var attachment = VolumeAttachment()
      attachment.metadata.name = Self.attachmentName(source, node: pod.spec.nodeName)
      attachment.spec.attacher = source.driver
      attachment.spec.nodeName = pod.spec.nodeName
      attachment.spec.source.persistentVolumeName = volume.metadata.name
      plan.create(attachment, because: "a pod on the node uses the volume", pod.metadata.name)
      held.append(pod.spec.nodeName)
    }
    return plan
  }

  // MARK: Attaching

  /// The driver's part: after its time the volume is attached, and the pods hear of it.
  private mutating func attach(
    _ key: ObjectKey, _ attachment: VolumeAttachment, _ volume: PersistentVolume,
    _ users: [Pod], _ volumeKey: ObjectKey, _ snapshot: Snapshot
  ) -> Plan {
    var plan = Plan()
    if attachment.status.attached { return plan }
    let delay = volume.metadata.annotations[Self.delayAnnotation].flatMap { GoDuration.parse($0) }
    let start = begun[key] ?? snapshot.now
    begun[key] = start
    let end = start + (delay ?? .zero)
    if end > snapshot.now {
      plan.wake(volumeKey, at: end)
      return plan
    }
    var attached = attachment
    attached.status.attached = true
    plan.patchStatus(key, attached, because: "driver has attached the volume")
    for pod in users where pod.spec.nodeName == attachment.spec.nodeName {
      let name = GoText.quoted(volume.metadata.name)
      // Upstream's text ends with a blank.
      plan.event(
        Self.note(
          .normal, "SuccessfulAttachVolume", "AttachVolume.Attach succeeded for volume \(name) ",
          pod))
    }
    return plan
  }

  private func allowsMany(_ volume: PersistentVolume) -> Bool {
    let modes = volume.spec.accessModes
    return modes.isEmpty || modes.contains(.readWriteMany) || modes.contains(.readOnlyMany)
  }

  /// Says once to a pod why its volume cannot be attached.
  private mutating func report(
    _ pod: Pod, _ volume: PersistentVolume, _ users: [Pod], _ held: [String]
  ) -> Plan {
    var plan = Plan()
    let mark = "\(pod.metadata.uid)/\(volume.metadata.name)"
    if reported[mark] != nil { return plan }
    reported[mark] = true
    let others = users.filter { held.contains($0.spec.nodeName) }.map(\.metadata.name)
    let why =
      others.isEmpty
      ? "Volume is already exclusively attached to one node and can't be attached to another"
      : "Volume is already used by pod(s) \(others.joined(separator: ", "))"
    let name = GoText.quoted(volume.metadata.name)
    plan.event(
      Self.note(.warning, "FailedAttachVolume", "Multi-Attach error for volume \(name) \(why)", pod)
    )
    return plan
  }

  private static func note(
    _ type: EventType, _ reason: String, _ message: String, _ pod: Pod
  ) -> EventDraft {
    EventDraft(type, reason, message, regarding: ObjectReference(to: pod), component: name)
  }

  // MARK: Detaching

  /// When a volume that nobody uses is taken off a node: at once where the kubelet has unmounted it,
  /// else when the wait is over; nil for at once.
  private mutating func detachTime(
    _ key: ObjectKey, _ node: String, _ snapshot: Snapshot
  ) -> Instant? {
    let found = snapshot[Node.self, "", node]
    if found == nil || Self.isAnswering(found) || Self.isOutOfService(found) { return nil }
    let since = unused[key] ?? snapshot.now
    unused[key] = since
    return since + Self.patience
  }

  private static func isAnswering(_ node: Node?) -> Bool {
    node?.status.conditions.contains { $0.type == .ready && $0.status == .true } ?? false
  }

  private static func isOutOfService(_ node: Node?) -> Bool {
    node?.spec.taints.contains { $0.key == "node.kubernetes.io/out-of-service" } ?? false
  }

  // MARK: Who uses what

  /// The pods on nodes that use a volume, in the order of their slots; those that are over have let
  /// it go.
  private func users(of volume: PersistentVolume, _ snapshot: Snapshot) -> [Pod] {
    guard let owner = volume.spec.claimRef else { return [] }
    let claim = snapshot[PersistentVolumeClaim.self, owner.namespace, owner.name]
    guard claim?.spec.volumeName == volume.metadata.name else { return [] }
    return snapshot.store[Pod.self].objects(in: owner.namespace).map(\.object).filter { pod in
      !pod.spec.nodeName.isEmpty && !pod.isTerminal && pod.claimNames.contains(owner.name)
    }
  }

  private static func volume(
    ofClaim name: String, _ namespace: String, _ snapshot: Snapshot
  ) -> ObjectKey? {
    snapshot[PersistentVolumeClaim.self, namespace, name].flatMap {
      snapshot.store.key(PersistentVolume.self, "", $0.spec.volumeName)
    }
  }

  private static func attachmentName(
    _ source: CSIPersistentVolumeSource, node: String
  ) -> String {
    var hash = RunningHash()
    for text in [source.volumeHandle, source.driver, node] { hash.feed(text) }
    var name = "csi-"
    var value = hash.value
    for _ in 0..<4 {
      let digits = String(value, radix: 16)
      name += String(repeating: "0", count: 16 - digits.count) + digits
      value = mix(value)
    }
    return name
  }
}
