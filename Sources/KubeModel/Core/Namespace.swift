/// A room for names; deleting it deletes all that is in it.
///
/// Follows `core/v1 Namespace`.
public struct Namespace: APIObject {
  public static let resource = APIResource(
    "v1", "Namespace", "namespaces", short: ["ns"], namespaced: false)

  public var metadata = ObjectMeta()
  @Indirect public var spec = NamespaceSpec()
  @Indirect public var status = NamespaceStatus()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

/// What must be done before a namespace may go.
///
/// Follows `core/v1 NamespaceSpec`.
public struct NamespaceSpec: APIValue {
  /// `kubernetes` as long as there may be objects in it.
  public var finalizers: [String] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("finalizers", &finalizers)
  }
}

/// How far a namespace has come.
///
/// Follows `core/v1 NamespaceStatus`.
public struct NamespaceStatus: APIValue {
  public var phase: NamespacePhase = ""
  /// What holds up its deletion.
  public var conditions: [NamespaceCondition] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("phase", &phase)
    fields.field("conditions", &conditions, merge: .byKey("type"))
  }
}

/// Whether a namespace is in use.
///
/// Follows `core/v1 NamespacePhase`.
public struct NamespacePhase: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let active = Self(rawValue: "Active")
  /// It is being emptied; nothing can be created in it.
  public static let terminating = Self(rawValue: "Terminating")
}

/// One thing that is known of a namespace's deletion.
///
/// Follows `core/v1 NamespaceCondition`.
public struct NamespaceCondition: APIValue {
  public var type: NamespaceConditionType = ""
  public var status: ConditionStatus = ""
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
    fields.field("lastTransitionTime", &lastTransitionTime, .always)
    fields.field("reason", &reason)
    fields.field("message", &message)
  }
}

/// What a namespace condition is about.
///
/// Follows `core/v1 NamespaceConditionType`.
public struct NamespaceConditionType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The kinds of the API could not be listed.
  public static let deletionDiscoveryFailure = Self(rawValue: "NamespaceDeletionDiscoveryFailure")
  /// Something in it could not be deleted.
  public static let deletionContentFailure = Self(rawValue: "NamespaceDeletionContentFailure")
  /// A kind could not be understood.
  public static let deletionGVParsingFailure = Self(
    rawValue: "NamespaceDeletionGroupVersionParsingFailure")
  /// There are still objects in it.
  public static let contentRemaining = Self(rawValue: "NamespaceContentRemaining")
  /// Objects in it wait for their finalizers.
  public static let finalizersRemaining = Self(rawValue: "NamespaceFinalizersRemaining")
}
