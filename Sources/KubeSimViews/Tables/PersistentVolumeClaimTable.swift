import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printPersistentVolumeClaim (v1.36)

extension PersistentVolumeClaim: TablePrintable {
  public static var columns: [Table.Column] {
    [
      "Name", "Status", "Volume", "Capacity", "Access Modes", "StorageClass",
      "VolumeAttributesClass", "Age", .wide("VolumeMode"),
    ]
  }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    [
      nameCell, .text(isBeingDeleted ? "Terminating" : status.phase.rawValue),
      .text(spec.volumeName), .text(boundCapacity), .text(boundModes), .text(storageClass),
      .text(spec.volumeAttributesClassName.orUnset), age(at: now), .text(spec.volumeMode.orUnset),
    ]
  }

  /// The size of the volume; empty until there is one.
  var boundCapacity: String {
    spec.volumeName.isEmpty ? "" : (status.capacity["storage"] ?? Quantity()).description
  }

  /// The access modes of the volume; empty until there is one.
  var boundModes: String { spec.volumeName.isEmpty ? "" : status.accessModes.shortText }

  /// The storage class, in the old place or the new one.
  var storageClass: String { metadata.annotatedStorageClass ?? spec.storageClassName ?? "" }
}
