import KubeModel

// Follows   pkg/printers/internalversion/printers.go, printStorageClass (v1.36)

extension StorageClass: TablePrintable {
  public static var columns: [Table.Column] {
    [
      "Name", "Provisioner", "ReclaimPolicy", "VolumeBindingMode", "AllowVolumeExpansion", "Age",
    ]
  }

  public func cells(at now: MicroTime, wide: Bool) -> [Table.Cell] {
    [
      .text(metadata.name + (isDefault ? " (default)" : "")), .text(provisioner),
      .text(reclaimPolicy?.rawValue ?? "Delete"), .text(volumeBindingMode?.rawValue ?? "Immediate"),
      .text(allowVolumeExpansion == true ? "true" : "false"), age(at: now),
    ]
  }

  /// Whether claims without a class get this one.
  var isDefault: Bool {
    [StorageAnnotation.defaultClass, StorageAnnotation.betaDefaultClass]
      .contains { metadata.annotations[$0] == "true" }
  }
}
