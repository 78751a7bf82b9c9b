/// A claim to something for some time: a node's sign of life, a leader's seat.
///
/// Follows `coordination.k8s.io/v1 Lease`.
public struct Lease: APIObject {
  public static let resource = APIResource("coordination.k8s.io/v1", "Lease", "leases")

  public var metadata = ObjectMeta()
  @Indirect public var spec = LeaseSpec()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
  }
}

/// Who holds a lease, and until when.
///
/// Follows `coordination.k8s.io/v1 LeaseSpec`.
public struct LeaseSpec: APIValue {
  /// Who holds it.
  public var holderIdentity: String?
  /// How long it holds after `renewTime`, in seconds.
  public var leaseDurationSeconds: Int32?
  /// When the holder got it.
  public var acquireTime: MicroTime?
  /// When the holder last renewed it.
  public var renewTime: MicroTime?
  /// How many times it changed hands.
  public var leaseTransitions: Int32?
  /// How the holder is chosen, when others choose.
  public var strategy: CoordinatedLeaseStrategy?
  /// Who should take it over.
  public var preferredHolder: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("holderIdentity", &holderIdentity)
    fields.field("leaseDurationSeconds", &leaseDurationSeconds)
    fields.field("acquireTime", &acquireTime)
    fields.field("renewTime", &renewTime)
    fields.field("leaseTransitions", &leaseTransitions)
    fields.field("strategy", &strategy)
    fields.field("preferredHolder", &preferredHolder)
  }
}

/// How the holder of a lease is chosen.
///
/// Follows `coordination.k8s.io/v1 CoordinatedLeaseStrategy`.
public struct CoordinatedLeaseStrategy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The candidate with the oldest version.
  public static let oldestEmulationVersion = Self(rawValue: "OldestEmulationVersion")
}
