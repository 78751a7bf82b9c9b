import KubeModel

// Words that many printers share.

extension String {
  /// The text, or `<none>` when it is empty.
  var orNone: String { isEmpty ? "<none>" : self }

  /// The text with blanks up to a width.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

extension Optional {
  /// The value's text, or `<unset>`.
  var orUnset: String { map { "\($0)" } ?? "<unset>" }
}

extension StringMap where Value == String {
  /// `a=1,b=2`, or `<none>`.
  var labelText: String { map { "\($0.key)=\($0.value)" }.joined(separator: ",").orNone }
}

extension APIObject {
  /// AGE: the time since creation.
  func age(at now: MicroTime) -> Table.Cell {
    .text(HumanDuration.since(metadata.creationTimestamp, at: now))
  }

  /// NAME.
  var nameCell: Table.Cell { .text(metadata.name) }
}

extension PodTemplateSpec {
  /// CONTAINERS and IMAGES.
  var containerCells: [Table.Cell] { spec.containerCells }

  static let containerColumns: [Table.Column] = [.wide("Containers"), .wide("Images")]
}

extension PodSpec {
  /// CONTAINERS and IMAGES: names and images, comma-joined.
  var containerCells: [Table.Cell] {
    [
      .text(containers.map(\.name).joined(separator: ",")),
      .text(containers.map(\.image).joined(separator: ",")),
    ]
  }
}

extension [PersistentVolumeAccessMode] {
  /// `RWO,ROX,RWX,RWOP`, in this order, each once.
  var shortText: String {
    let known: [(PersistentVolumeAccessMode, String)] = [
      ("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"),
      ("ReadWriteOncePod", "RWOP"),
    ]
    return known.filter { contains($0.0) }.map(\.1).joined(separator: ",")
  }
}

extension ObjectMeta {
  /// The class in the annotation that was used before there was a field for it.
  var annotatedStorageClass: String? { annotations["volume.beta.kubernetes.io/storage-class"] }
}
