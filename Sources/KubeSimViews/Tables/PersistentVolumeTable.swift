import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printPersistentVolume (v1.36)

extension PersistentVolume: TablePrintable {
  public static var columns: [Table.Column] {
    [
      "Name", "Capacity", "Access Modes", "Reclaim Policy", "Status", "Claim", "StorageClass",
      "VolumeAttributesClass", "Reason", "Age", .wide("VolumeMode"),
    ]
  }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    [
      nameCell, .text((spec.capacity["storage"] ?? Quantity()).description),
      .text(spec.accessModes.shortText), .text(spec.persistentVolumeReclaimPolicy.rawValue),
      .text(isBeingDeleted ? "Terminating" : status.phase.rawValue),
      .text(spec.claimRef.map { "\($0.namespace)/\($0.name)" } ?? ""),
      .text(metadata.annotatedStorageClass ?? spec.storageClassName),
      .text(spec.volumeAttributesClassName.orUnset), .text(status.reason), age(at: now),
      .text(spec.volumeMode.orUnset),
    ]
  }
}
