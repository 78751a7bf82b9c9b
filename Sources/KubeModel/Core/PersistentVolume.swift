/// A piece of storage that outlives pods.
///
/// Follows `core/v1 PersistentVolume`.
public struct PersistentVolume: APIObject {
  public static let resource = APIResource(
    "v1", "PersistentVolume", "persistentvolumes", short: ["pv"], namespaced: false)

  public var metadata = ObjectMeta()
  /// What it is, and who has claimed it.
  @Indirect public var spec = PersistentVolumeSpec()
  @Indirect public var status = PersistentVolumeStatus()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// What a volume is, and who has claimed it. Exactly one source is set.
///
/// Follows `core/v1 PersistentVolumeSpec`.
public struct PersistentVolumeSpec: APIValue {
  /// Its size, under `storage`.
  public var capacity: ResourceList = [:]
  @Boxed public var gcePersistentDisk: GCEPersistentDiskVolumeSource?
  @Boxed public var awsElasticBlockStore: AWSElasticBlockStoreVolumeSource?
  /// A directory of the node; for tests only.
  @Boxed public var hostPath: HostPathVolumeSource?
  @Boxed public var glusterfs: GlusterfsPersistentVolumeSource?
  @Boxed public var nfs: NFSVolumeSource?
  @Boxed public var rbd: RBDPersistentVolumeSource?
  @Boxed public var iscsi: ISCSIPersistentVolumeSource?
  @Boxed public var cinder: CinderPersistentVolumeSource?
  @Boxed public var cephfs: CephFSPersistentVolumeSource?
  @Boxed public var fc: FCVolumeSource?
  @Boxed public var flocker: FlockerVolumeSource?
  @Boxed public var flexVolume: FlexPersistentVolumeSource?
  @Boxed public var azureFile: AzureFilePersistentVolumeSource?
  @Boxed public var vsphereVolume: VsphereVirtualDiskVolumeSource?
  @Boxed public var quobyte: QuobyteVolumeSource?
  @Boxed public var azureDisk: AzureDiskVolumeSource?
  @Boxed public var photonPersistentDisk: PhotonPersistentDiskVolumeSource?
  @Boxed public var portworxVolume: PortworxVolumeSource?
  @Boxed public var scaleIO: ScaleIOPersistentVolumeSource?
  /// A disk of one node.
  @Boxed public var local: LocalVolumeSource?
  @Boxed public var storageos: StorageOSPersistentVolumeSource?
  /// Storage of a driver.
  @Boxed public var csi: CSIPersistentVolumeSource?
  /// The ways in which it can be mounted.
  public var accessModes: [PersistentVolumeAccessMode] = []
  /// The claim to which it is bound.
  public var claimRef: ObjectReference?
  /// What becomes of it once its claim is gone.
  public var persistentVolumeReclaimPolicy: PersistentVolumeReclaimPolicy = ""
  /// The class it belongs to; empty for none.
  public var storageClassName = ""
  public var mountOptions: [String] = []
  /// `Filesystem` by default.
  public var volumeMode: PersistentVolumeMode?
  /// The nodes that can reach it.
  public var nodeAffinity: VolumeNodeAffinity?
  /// The class of attributes it was given.
  public var volumeAttributesClassName: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("capacity", &capacity)
    fields.field("gcePersistentDisk", &gcePersistentDisk)
    fields.field("awsElasticBlockStore", &awsElasticBlockStore)
    fields.field("hostPath", &hostPath)
    fields.field("glusterfs", &glusterfs)
    fields.field("nfs", &nfs)
    fields.field("rbd", &rbd)
    fields.field("iscsi", &iscsi)
    fields.field("cinder", &cinder)
    fields.field("cephfs", &cephfs)
    fields.field("fc", &fc)
    fields.field("flocker", &flocker)
    fields.field("flexVolume", &flexVolume)
    fields.field("azureFile", &azureFile)
    fields.field("vsphereVolume", &vsphereVolume)
    fields.field("quobyte", &quobyte)
    fields.field("azureDisk", &azureDisk)
    fields.field("photonPersistentDisk", &photonPersistentDisk)
    fields.field("portworxVolume", &portworxVolume)
    fields.field("scaleIO", &scaleIO)
    fields.field("local", &local)
    fields.field("storageos", &storageos)
    fields.field("csi", &csi)
    fields.field("accessModes", &accessModes)
    fields.field("claimRef", &claimRef)
    fields.field("persistentVolumeReclaimPolicy", &persistentVolumeReclaimPolicy)
    fields.field("storageClassName", &storageClassName)
    fields.field("mountOptions", &mountOptions)
    fields.field("volumeMode", &volumeMode)
    fields.field("nodeAffinity", &nodeAffinity)
    fields.field("volumeAttributesClassName", &volumeAttributesClassName)
  }
}

/// How far a volume has come.
///
/// Follows `core/v1 PersistentVolumeStatus`.
public struct PersistentVolumeStatus: APIValue {
  public var phase: PersistentVolumePhase = ""
  /// Why it is in this phase.
  public var message = ""
  /// The same in one word.
  public var reason = ""
  /// When `phase` last changed.
  public var lastPhaseTransitionTime: Timestamp?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("phase", &phase)
    fields.field("message", &message)
    fields.field("reason", &reason)
    fields.field("lastPhaseTransitionTime", &lastPhaseTransitionTime)
  }
}

/// The nodes that can reach a volume.
///
/// Follows `core/v1 VolumeNodeAffinity`.
public struct VolumeNodeAffinity: APIValue {
  /// What a node must be.
  public var required: NodeSelector?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("required", &required)
  }
}
