/// A named volume of a pod and its one source, upstream's `VolumeSource` with it.
///
/// Follows `core/v1 Volume`.
public struct Volume: APIValue {
  /// By what containers mount it; unique in the pod.
  public var name = ""
  /// A file or directory of the node.
  @Boxed public var hostPath: HostPathVolumeSource?
  /// A directory that begins empty and goes with the pod.
  @Boxed public var emptyDir: EmptyDirVolumeSource?
  /// A disk of Google Compute Engine.
  @Boxed public var gcePersistentDisk: GCEPersistentDiskVolumeSource?
  /// A disk of AWS Elastic Block Store.
  @Boxed public var awsElasticBlockStore: AWSElasticBlockStoreVolumeSource?
  /// A clone of a git repository.
  @Boxed public var gitRepo: GitRepoVolumeSource?
  /// The keys of a Secret.
  @Boxed public var secret: SecretVolumeSource?
  /// A directory exported by NFS.
  @Boxed public var nfs: NFSVolumeSource?
  /// A disk reached by iSCSI.
  @Boxed public var iscsi: ISCSIVolumeSource?
  /// A GlusterFS volume.
  @Boxed public var glusterfs: GlusterfsVolumeSource?
  /// The volume bound to a PersistentVolumeClaim.
  @Boxed public var persistentVolumeClaim: PersistentVolumeClaimVolumeSource?
  /// A Ceph block device.
  @Boxed public var rbd: RBDVolumeSource?
  /// A volume that a program on the node mounts.
  @Boxed public var flexVolume: FlexVolumeSource?
  /// A disk of OpenStack Cinder.
  @Boxed public var cinder: CinderVolumeSource?
  /// A directory of a Ceph file system.
  @Boxed public var cephfs: CephFSVolumeSource?
  /// A Flocker data set.
  @Boxed public var flocker: FlockerVolumeSource?
  /// Fields of the pod.
  @Boxed public var downwardAPI: DownwardAPIVolumeSource?
  /// A disk reached by Fibre Channel.
  @Boxed public var fc: FCVolumeSource?
  /// A share of Azure Files.
  @Boxed public var azureFile: AzureFileVolumeSource?
  /// The keys of a ConfigMap.
  @Boxed public var configMap: ConfigMapVolumeSource?
  /// A disk of vSphere.
  @Boxed public var vsphereVolume: VsphereVirtualDiskVolumeSource?
  /// A Quobyte volume.
  @Boxed public var quobyte: QuobyteVolumeSource?
  /// A disk of Azure.
  @Boxed public var azureDisk: AzureDiskVolumeSource?
  /// A disk of the Photon Controller.
  @Boxed public var photonPersistentDisk: PhotonPersistentDiskVolumeSource?
  /// Several sources in one directory.
  @Boxed public var projected: ProjectedVolumeSource?
  /// A Portworx volume.
  @Boxed public var portworxVolume: PortworxVolumeSource?
  /// A ScaleIO volume.
  @Boxed public var scaleIO: ScaleIOVolumeSource?
  /// A StorageOS volume.
  @Boxed public var storageos: StorageOSVolumeSource?
  /// A volume that a storage driver makes for the pod alone.
  @Boxed public var csi: CSIVolumeSource?
  /// A volume claimed for the pod alone.
  @Boxed public var ephemeral: EphemeralVolumeSource?
  /// The files of an image.
  @Boxed public var image: ImageVolumeSource?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("hostPath", &hostPath)
    fields.field("emptyDir", &emptyDir)
    fields.field("gcePersistentDisk", &gcePersistentDisk)
    fields.field("awsElasticBlockStore", &awsElasticBlockStore)
    fields.field("gitRepo", &gitRepo)
    fields.field("secret", &secret)
    fields.field("nfs", &nfs)
    fields.field("iscsi", &iscsi)
    fields.field("glusterfs", &glusterfs)
    fields.field("persistentVolumeClaim", &persistentVolumeClaim)
    fields.field("rbd", &rbd)
    fields.field("flexVolume", &flexVolume)
    fields.field("cinder", &cinder)
    fields.field("cephfs", &cephfs)
    fields.field("flocker", &flocker)
    fields.field("downwardAPI", &downwardAPI)
    fields.field("fc", &fc)
    fields.field("azureFile", &azureFile)
    fields.field("configMap", &configMap)
    fields.field("vsphereVolume", &vsphereVolume)
    fields.field("quobyte", &quobyte)
    fields.field("azureDisk", &azureDisk)
    fields.field("photonPersistentDisk", &photonPersistentDisk)
    fields.field("projected", &projected)
    fields.field("portworxVolume", &portworxVolume)
    fields.field("scaleIO", &scaleIO)
    fields.field("storageos", &storageos)
    fields.field("csi", &csi)
    fields.field("ephemeral", &ephemeral)
    fields.field("image", &image)
  }
}
