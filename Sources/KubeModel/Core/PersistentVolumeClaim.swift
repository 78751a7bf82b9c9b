/// A user's wish for storage.
///
/// Follows `core/v1 PersistentVolumeClaim`.
public struct PersistentVolumeClaim: APIObject {
  public static let resource = APIResource(
    "v1", "PersistentVolumeClaim", "persistentvolumeclaims", short: ["pvc"])

  public var metadata = ObjectMeta()
  /// What is wished for.
  @Indirect public var spec = PersistentVolumeClaimSpec()
  /// What was given.
  @Indirect public var status = PersistentVolumeClaimStatus()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// What storage a claim wishes for.
///
/// Follows `core/v1 PersistentVolumeClaimSpec`.
public struct PersistentVolumeClaimSpec: APIValue {
  /// The ways in which it must be mountable.
  public var accessModes: [PersistentVolumeAccessMode] = []
  /// Labels that the volume must have.
  public var selector: LabelSelector?
  /// The least size, under `storage` of the requests.
  public var resources = VolumeResourceRequirements()
  /// The volume to which it is bound.
  public var volumeName = ""
  /// The class; nil takes the default one, empty none.
  public var storageClassName: String?
  /// `Filesystem` by default.
  public var volumeMode: PersistentVolumeMode?
  /// A snapshot or claim to start from.
  public var dataSource: TypedLocalObjectReference?
  /// The same, of any kind and namespace.
  public var dataSourceRef: TypedObjectReference?
  /// The class of attributes that is wished for.
  public var volumeAttributesClassName: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("accessModes", &accessModes)
    fields.field("selector", &selector)
    fields.field("resources", &resources, .always)
    fields.field("volumeName", &volumeName)
    fields.field("storageClassName", &storageClassName)
    fields.field("volumeMode", &volumeMode)
    fields.field("dataSource", &dataSource)
    fields.field("dataSourceRef", &dataSourceRef)
    fields.field("volumeAttributesClassName", &volumeAttributesClassName)
  }
}

/// What storage a claim was given.
///
/// Follows `core/v1 PersistentVolumeClaimStatus`.
public struct PersistentVolumeClaimStatus: APIValue {
  public var phase: PersistentVolumeClaimPhase = ""
  /// The ways in which the volume can be mounted.
  public var accessModes: [PersistentVolumeAccessMode] = []
  /// The volume's size.
  public var capacity: ResourceList = [:]
  /// What is being changed, or went wrong.
  public var conditions: [PersistentVolumeClaimCondition] = []
  /// The size that an expansion has reached or aims at.
  public var allocatedResources: ResourceList = [:]
  /// How far the expansion of each resource is.
  public var allocatedResourceStatuses: StringMap<ClaimResourceStatus> = [:]
  /// The class of attributes that the volume has.
  public var currentVolumeAttributesClassName: String?
  /// How far a change of that class is.
  public var modifyVolumeStatus: ModifyVolumeStatus?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("phase", &phase)
    fields.field("accessModes", &accessModes)
    fields.field("capacity", &capacity)
    fields.field("conditions", &conditions, merge: .byKey("type"))
    fields.field("allocatedResources", &allocatedResources)
    fields.field("allocatedResourceStatuses", &allocatedResourceStatuses)
    fields.field("currentVolumeAttributesClassName", &currentVolumeAttributesClassName)
    fields.field("modifyVolumeStatus", &modifyVolumeStatus)
  }
}

/// How much storage a claim wishes for.
///
/// Follows `core/v1 VolumeResourceRequirements`.
public struct VolumeResourceRequirements: APIValue {
  /// The most.
  public var limits: ResourceList = [:]
  /// The least.
  public var requests: ResourceList = [:]

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("limits", &limits)
    fields.field("requests", &requests)
  }
}
