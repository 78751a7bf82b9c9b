/// How far a claim has come.
///
/// Follows `core/v1 PersistentVolumeClaimPhase`.
public struct PersistentVolumeClaimPhase: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// It has no volume yet.
  public static let pending = Self(rawValue: "Pending")
  /// It has one.
  public static let bound = Self(rawValue: "Bound")
  /// Its volume is gone, and the data with it.
  public static let lost = Self(rawValue: "Lost")
}

/// One thing that is known of a claim.
///
/// Follows `core/v1 PersistentVolumeClaimCondition`.
public struct PersistentVolumeClaimCondition: APIValue {
  public var type: PersistentVolumeClaimConditionType = ""
  public var status: ConditionStatus = ""
  /// When it was last looked at.
  public var lastProbeTime: Timestamp?
  /// When `status` last changed.
  public var lastTransitionTime: Timestamp?
  /// Why it last changed, in one word of camel case.
  public var reason = ""
  /// The same for people.
  public var message = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("type", &type, .always)
    fields.field("status", &status, .always)
    fields.field("lastProbeTime", &lastProbeTime, .always)
    fields.field("lastTransitionTime", &lastTransitionTime, .always)
    fields.field("reason", &reason)
    fields.field("message", &message)
  }
}

/// What a claim's condition is about.
///
/// Follows `core/v1 PersistentVolumeClaimConditionType`.
public struct PersistentVolumeClaimConditionType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The volume is being expanded.
  public static let resizing = Self(rawValue: "Resizing")
  /// The file system waits for its node to expand it.
  public static let fileSystemResizePending = Self(rawValue: "FileSystemResizePending")
  /// Expanding the volume went wrong.
  public static let controllerResizeError = Self(rawValue: "ControllerResizeError")
  /// Expanding the file system went wrong.
  public static let nodeResizeError = Self(rawValue: "NodeResizeError")
  /// Changing the attributes went wrong.
  public static let modifyVolumeError = Self(rawValue: "ModifyVolumeError")
  /// The attributes are being changed.
  public static let modifyingVolume = Self(rawValue: "ModifyingVolume")
  /// No pod uses it.
  public static let unused = Self(rawValue: "Unused")
}

/// How far the expansion of a claim is.
///
/// Follows `core/v1 ClaimResourceStatus`.
public struct ClaimResourceStatus: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The volume is being expanded.
  public static let controllerResizeInProgress = Self(rawValue: "ControllerResizeInProgress")
  /// It cannot be expanded so far.
  public static let controllerResizeInfeasible = Self(rawValue: "ControllerResizeInfeasible")
  /// The node has to expand the file system.
  public static let nodeResizePending = Self(rawValue: "NodeResizePending")
  /// The node is doing so.
  public static let nodeResizeInProgress = Self(rawValue: "NodeResizeInProgress")
  /// The node cannot.
  public static let nodeResizeInfeasible = Self(rawValue: "NodeResizeInfeasible")
}

/// How far a change of a volume's attributes is.
///
/// Follows `core/v1 ModifyVolumeStatus`.
public struct ModifyVolumeStatus: APIValue {
  /// The class it is to have.
  public var targetVolumeAttributesClassName = ""
  public var status: PersistentVolumeClaimModifyVolumeStatus = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("targetVolumeAttributesClassName", &targetVolumeAttributesClassName)
    fields.field("status", &status, .always)
  }
}

/// How far a change of a volume's attributes is, in a word.
///
/// Follows `core/v1 PersistentVolumeClaimModifyVolumeStatus`.
public struct PersistentVolumeClaimModifyVolumeStatus: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Something is missing, as the class.
  public static let pending = Self(rawValue: "Pending")
  /// It is under way.
  public static let inProgress = Self(rawValue: "InProgress")
  /// The driver refused it.
  public static let infeasible = Self(rawValue: "Infeasible")
}
