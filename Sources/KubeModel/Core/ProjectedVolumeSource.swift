/// Several sources as files in one directory.
///
/// Follows `core/v1 ProjectedVolumeSource`.
public struct ProjectedVolumeSource: APIValue {
  /// The sources.
  public var sources: [VolumeProjection] = []
  /// Permission bits of the files; 0644 unless set.
  public var defaultMode: Int32?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("sources", &sources, .always)
    fields.field("defaultMode", &defaultMode)
  }
}

/// One source of a projected volume; one of the six is set.
///
/// Follows `core/v1 VolumeProjection`.
public struct VolumeProjection: APIValue {
  /// Keys of a Secret.
  public var secret: SecretProjection?
  /// Fields of the pod.
  public var downwardAPI: DownwardAPIProjection?
  /// Keys of a ConfigMap.
  public var configMap: ConfigMapProjection?
  /// A token of the pod's ServiceAccount.
  public var serviceAccountToken: ServiceAccountTokenProjection?
  /// Certificates of authorities to trust.
  @Boxed public var clusterTrustBundle: ClusterTrustBundleProjection?
  /// A key and a certificate made for the pod.
  @Boxed public var podCertificate: PodCertificateProjection?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("secret", &secret)
    fields.field("downwardAPI", &downwardAPI)
    fields.field("configMap", &configMap)
    fields.field("serviceAccountToken", &serviceAccountToken)
    fields.field("clusterTrustBundle", &clusterTrustBundle)
    fields.field("podCertificate", &podCertificate)
  }
}

/// Keys of a Secret in a projected volume.
///
/// Follows `core/v1 SecretProjection`.
public struct SecretProjection: APIValue {
  /// The Secret.
  public var name = ""
  /// The keys and their files; empty for all keys.
  public var items: [KeyToPath] = []
  /// True when the Secret or its keys may be missing.
  public var optional: Bool?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name)
    fields.field("items", &items)
    fields.field("optional", &optional)
  }
}

/// Fields of the pod in a projected volume.
///
/// Follows `core/v1 DownwardAPIProjection`.
public struct DownwardAPIProjection: APIValue {
  /// The files.
  public var items: [DownwardAPIVolumeFile] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("items", &items)
  }
}

/// Keys of a ConfigMap in a projected volume.
///
/// Follows `core/v1 ConfigMapProjection`.
public struct ConfigMapProjection: APIValue {
  /// The ConfigMap.
  public var name = ""
  /// The keys and their files; empty for all keys.
  public var items: [KeyToPath] = []
  /// True when the ConfigMap or its keys may be missing.
  public var optional: Bool?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name)
    fields.field("items", &items)
    fields.field("optional", &optional)
  }
}

/// A token of the pod's ServiceAccount in a projected volume.
///
/// Follows `core/v1 ServiceAccountTokenProjection`.
public struct ServiceAccountTokenProjection: APIValue {
  /// Whom the token is for; empty for the API server.
  public var audience = ""
  /// How long it is good; 3600 unless set.
  public var expirationSeconds: Int64?
  /// Where in the volume.
  public var path = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("audience", &audience)
    fields.field("expirationSeconds", &expirationSeconds)
    fields.field("path", &path, .always)
  }
}

/// Certificates of ClusterTrustBundles in a projected volume.
///
/// Follows `core/v1 ClusterTrustBundleProjection`.
public struct ClusterTrustBundleProjection: APIValue {
  /// One bundle; or else all that the next two select.
  public var name: String?
  /// All bundles of this signer.
  public var signerName: String?
  /// Which of the signer's bundles; nil for none.
  public var labelSelector: LabelSelector?
  /// True when the bundles may be missing.
  public var optional: Bool?
  /// Where in the volume.
  public var path = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name)
    fields.field("signerName", &signerName)
    fields.field("labelSelector", &labelSelector)
    fields.field("optional", &optional)
    fields.field("path", &path, .always)
  }
}

/// A key and a certificate made for the pod, in a projected volume.
///
/// Follows `core/v1 PodCertificateProjection`.
public struct PodCertificateProjection: APIValue {
  /// Who signs.
  public var signerName = ""
  /// Such as `ED25519` or `ECDSAP256`.
  public var keyType = ""
  /// The longest life of the certificate; a day unless set.
  public var maxExpirationSeconds: Int32?
  /// The file with key and certificates together.
  public var credentialBundlePath = ""
  /// The file with the key.
  public var keyPath = ""
  /// The file with the certificates.
  public var certificateChainPath = ""
  /// Passed on to the signer.
  public var userAnnotations: StringMap<String> = [:]

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("signerName", &signerName)
    fields.field("keyType", &keyType)
    fields.field("maxExpirationSeconds", &maxExpirationSeconds)
    fields.field("credentialBundlePath", &credentialBundlePath)
    fields.field("keyPath", &keyPath)
    fields.field("certificateChainPath", &certificateChainPath)
    fields.field("userAnnotations", &userAnnotations)
  }
}
