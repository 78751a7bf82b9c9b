/// The wish to have a volume attached to a node.
///
/// Follows `storage.k8s.io/v1 VolumeAttachment`.
public struct VolumeAttachment: APIObject {
  public static let resource = APIResource(
    "storage.k8s.io/v1", "VolumeAttachment", "volumeattachments", namespaced: false)

  public var metadata = ObjectMeta()
  @Indirect public var spec = VolumeAttachmentSpec()
  @Indirect public var status = VolumeAttachmentStatus()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// Which volume to attach to which node.
///
/// Follows `storage.k8s.io/v1 VolumeAttachmentSpec`.
public struct VolumeAttachmentSpec: APIValue {
  /// The driver that does it.
  public var attacher = ""
  /// The volume.
  public var source = VolumeAttachmentSource()
  public var nodeName = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("attacher", &attacher, .always)
    fields.field("source", &source, .always)
    fields.field("nodeName", &nodeName, .always)
  }
}

/// The volume to attach; one of the two is set.
///
/// Follows `storage.k8s.io/v1 VolumeAttachmentSource`.
public struct VolumeAttachmentSource: APIValue {
  /// The name of a persistent volume.
  public var persistentVolumeName: String?
  /// A volume that stands in a pod.
  @Boxed public var inlineVolumeSpec: PersistentVolumeSpec?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("persistentVolumeName", &persistentVolumeName)
    fields.field("inlineVolumeSpec", &inlineVolumeSpec)
  }
}

/// Whether a volume is attached.
///
/// Follows `storage.k8s.io/v1 VolumeAttachmentStatus`.
public struct VolumeAttachmentStatus: APIValue {
  public var attached = false
  /// What the driver noted for mounting it.
  public var attachmentMetadata: StringMap<String> = [:]
  /// Why attaching last failed.
  public var attachError: VolumeError?
  /// Why detaching last failed.
  public var detachError: VolumeError?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("attached", &attached, .always)
    fields.field("attachmentMetadata", &attachmentMetadata)
    fields.field("attachError", &attachError)
    fields.field("detachError", &detachError)
  }
}

/// Why a volume could not be attached or detached.
///
/// Follows `storage.k8s.io/v1 VolumeError`.
public struct VolumeError: APIValue {
  /// When it failed.
  public var time: Timestamp?
  public var message = ""
  /// The driver's gRPC code.
  public var errorCode: Int32?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("time", &time, .always)
    fields.field("message", &message)
    fields.field("errorCode", &errorCode)
  }
}
