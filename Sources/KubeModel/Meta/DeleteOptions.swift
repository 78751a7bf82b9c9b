/// How to delete an object.
///
/// Follows `metav1.DeleteOptions`.
public struct DeleteOptions: APIValue {
  /// `DeleteOptions`, where it is written.
  public var kind = ""
  /// `v1`, or that of the object's group.
  public var apiVersion = ""
  /// How long the object may take to stop, in seconds; 0 deletes at once.
  public var gracePeriodSeconds: Int64?
  /// What must be so, or the request is refused.
  public var preconditions: Preconditions?
  /// True to keep what it owns; deprecated for `propagationPolicy`.
  public var orphanDependents: Bool?
  /// What becomes of what it owns.
  public var propagationPolicy: DeletionPropagation?
  /// `All` to try only.
  public var dryRun: [String] = []
  /// True to delete what can no longer be read.
  public var ignoreStoreReadErrorWithClusterBreakingPotential: Bool?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("kind", &kind)
    fields.field("apiVersion", &apiVersion)
    fields.field("gracePeriodSeconds", &gracePeriodSeconds)
    fields.field("preconditions", &preconditions)
    fields.field("orphanDependents", &orphanDependents)
    fields.field("propagationPolicy", &propagationPolicy)
    fields.field("dryRun", &dryRun)
    fields.field(
      "ignoreStoreReadErrorWithClusterBreakingPotential",
      &ignoreStoreReadErrorWithClusterBreakingPotential)
  }
}

/// What an object must be for a request to be carried out.
///
/// Follows `metav1.Preconditions`.
public struct Preconditions: APIValue {
  /// The identity it must have.
  public var uid: UID?
  /// The version it must have.
  public var resourceVersion: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("uid", &uid)
    fields.field("resourceVersion", &resourceVersion)
  }
}

/// What becomes of the objects that a deleted object owns.
///
/// Follows `metav1.DeletionPropagation`.
public struct DeletionPropagation: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// They stay.
  public static let orphan = Self(rawValue: "Orphan")
  /// They are deleted after it.
  public static let background = Self(rawValue: "Background")
  /// They are deleted before it.
  public static let foreground = Self(rawValue: "Foreground")
}
