import KubeModel

/// The rules of kinds that several parts of the cluster write at once: an update must say which
/// version it is based on.
///
/// Follows the strategies of Lease and CSINode (v1.36).
public struct VersionedRules<Object: APIObject>: KindRules {
  public init() {}

  public var allowsUnconditionalUpdate: Bool { false }

  /// A lease that is renewed but not there is made anew.
  public var allowsCreateOnUpdate: Bool { Object.self == Lease.self }
}
