import KubeModel

// Finds the volume for a claim.
//
// Follows   component-helpers/storage/volume/pv_helpers.go `FindMatchingVolume`,
//           pkg/controller/volume/persistentvolume/index.go (v1.36)
// Differs   of volumes of one size the first by name is taken; upstream's order is that of a cache.

/// A claim's search for its volume.
public struct VolumeMatching: Sendable {
  private let claim: PersistentVolumeClaim
  private let selector: Selector?

  /// A search for a claim; one whose selector cannot be read finds nothing by it.
  public init(_ claim: PersistentVolumeClaim) {
    self.claim = claim
    selector = claim.spec.selector.flatMap { try? Selector($0) }
  }

  /// The volume that is reserved for the claim, else the smallest that will do.
  ///
  /// - Parameters:
  ///   - node: Where a pod is to use it; nil when the claim is bound before there is one.
  ///   - waits: True when only reserved volumes count, for a pod's node comes first.
  ///   - taken: Volumes that other claims of the same pod get.
  public func best(
    of volumes: [PersistentVolume], node: Node?, waits: Bool = false, taken: [String] = []
  ) -> PersistentVolume? {
    var best: PersistentVolume?
    for volume in volumes where !taken.contains(volume.metadata.name) && isCandidate(volume) {
      let isReachable = node.map { volume.isReachable(from: $0) } ?? true
      if volume.isBound(to: claim) { return isReachable ? volume : nil }
      if node == nil && waits { continue }
      guard isReachable, volume.status.phase == .available, matchesLabelsAndClass(volume) else {
        continue
      }
      if node != nil && !hasModes(volume) { continue }
      if let found = best, found.storage <= volume.storage { continue }
      best = volume
    }
    return best
  }

  /// As `best(of:)` without a node, preferring volumes that offer fewer access modes.
  ///
  /// A claim for ReadWriteOnce takes a volume of just that before one that offers more, whatever the
  /// size.
  public func best(of volumes: [PersistentVolume], waits: Bool) -> PersistentVolume? {
    let fitting = volumes.filter(hasModes)
    var counts: [Int] = []
    for volume in fitting where !counts.contains(volume.spec.accessModes.count) {
      counts.append(volume.spec.accessModes.count)
    }
    for count in counts.sorted() {
      let group = fitting.filter { $0.spec.accessModes.count == count }
      if let found = best(of: group, node: nil, waits: waits) { return found }
    }
    return nil
  }

  /// Why a volume that the claim names cannot be its own; nil when it can.
  public func mismatch(with volume: PersistentVolume) -> String? {
    if volume.isBeingDeleted {
      return "the volume is marked for deletion \(GoText.quoted(volume.metadata.name))"
    }
    if volume.storage < claim.requestedStorage { return "requested PV is too small" }
    if volume.className != claim.className { return "storageClassName does not match" }
    if !hasAttributesClass(volume) { return "volumeAttributesClassName does not match" }
    if !hasMode(volume) { return "incompatible volumeMode" }
    return hasModes(volume) ? nil : "incompatible accessMode"
  }

  private func isCandidate(_ volume: PersistentVolume) -> Bool {
    (volume.spec.claimRef == nil || volume.isBound(to: claim))
      && volume.storage >= claim.requestedStorage && hasMode(volume)
      && hasAttributesClass(volume) && !volume.isBeingDeleted
  }

  private func matchesLabelsAndClass(_ volume: PersistentVolume) -> Bool {
    if volume.className != claim.className { return false }
    if claim.spec.selector == nil { return true }
    return selector?.matches(volume.metadata.labels) ?? false
  }

  /// Whether both are file systems, or both raw devices.
  public func hasMode(_ volume: PersistentVolume) -> Bool {
    (claim.spec.volumeMode ?? .filesystem) == (volume.spec.volumeMode ?? .filesystem)
  }

  private func hasAttributesClass(_ volume: PersistentVolume) -> Bool {
    (claim.spec.volumeAttributesClassName ?? "") == (volume.spec.volumeAttributesClassName ?? "")
  }

  private func hasModes(_ volume: PersistentVolume) -> Bool {
    claim.spec.accessModes.allSatisfy { volume.spec.accessModes.contains($0) }
  }
}

extension Snapshot {
  /// All volumes, by name.
  ///
  /// - Complexity: O(volumes · log volumes).
  public var volumesByName: [PersistentVolume] {
    let table = store[PersistentVolume.self]
    return table.keys.compactMap { table[$0] }.sorted { $0.metadata.name < $1.metadata.name }
  }
}

extension Snapshot {
  /// The wishes to have a volume attached somewhere, in the order of their slots.
  ///
  /// - Complexity: O(attachments).
  public func attachments(of volume: PersistentVolume) -> [VolumeAttachment] {
    let table = store[VolumeAttachment.self]
    return table.keys.compactMap { table[$0] }.filter {
      $0.spec.source.persistentVolumeName == volume.metadata.name
    }
  }
}

extension PersistentVolumeClaim {
  /// True when no volume is bound before a pod that uses the claim is given a node.
  ///
  /// A class that does not exist does not wait.
  public func waitsForConsumer(in snapshot: Snapshot) -> Bool {
    guard !className.isEmpty, let found = snapshot[StorageClass.self, "", className] else {
      return false
    }
    return found.volumeBindingMode == .waitForFirstConsumer
  }
}

extension PersistentVolume {
  /// The volume with its claim set, and whether that changes it.
  ///
  /// - Upstream: `GetBindVolumeToClaim`.
  public func binding(to claim: PersistentVolumeClaim) -> (volume: PersistentVolume, isNew: Bool) {
    var volume = self
    if !isBound(to: claim) {
      volume.metadata.annotations[StorageAnnotation.boundByController] = "yes"
    }
    if spec.claimRef == nil || !isBound(to: claim) || spec.claimRef?.uid != claim.metadata.uid {
      volume.spec.claimRef = ObjectReference(to: claim)
    }
    return (volume, volume != self)
  }
}
