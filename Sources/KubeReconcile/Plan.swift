import KubeModel
import SimulationKernel

/// What a reconciler wants: writes in order, and when it wants to be woken.
///
/// The runner carries the writes out one after the other. When one is refused, the rest is still
/// tried; then `afterwards`, if there is one, sees all results and may plan more, and otherwise the
/// key is retried with back-off.
public struct Plan: Sendable {
  /// The writes, in order.
  public var writes: [Write] = []
  /// When to look again at which key.
  public var wakes: [Wake] = []
  /// True when the key is to be retried with back-off, as after an error upstream.
  public var retries = false
  /// Plans on, knowing how the writes went and what is stored now: the server's uid of a new object,
  /// say, or the object that was in its way. Runs at the same instant.
  public var afterwards: (@Sendable ([WriteResult], Snapshot) -> Plan)?

  /// A wish to be woken.
  public struct Wake: Hashable, Sendable {
    /// What to look at.
    public let key: ObjectKey
    /// When.
    public let time: Instant

    /// A wish.
    public init(key: ObjectKey, time: Instant) {
      self.key = key
      self.time = time
    }
  }

  /// No writes.
  public init() {}

  /// Nothing to do.
  public static let nothing = Plan()

  /// Nothing now, and the same key again after its back-off.
  public static var retry: Plan {
    var plan = Plan()
    plan.retries = true
    return plan
  }

  /// True when there is nothing to do.
  public var isEmpty: Bool {
    writes.isEmpty && wakes.isEmpty && !retries && afterwards == nil
  }

  /// Adds the writes and wakes of another plan after this one's; its `afterwards` wins.
  public static func += (plan: inout Plan, other: Plan) {
    if plan.writes.isEmpty { plan.writes = other.writes } else { plan.writes += other.writes }
    if plan.wakes.isEmpty { plan.wakes = other.wakes } else { plan.wakes += other.wakes }
    plan.retries = plan.retries || other.retries
    plan.afterwards = other.afterwards ?? plan.afterwards
  }

  /// Wants to look at a key again at an instant.
  public mutating func wake(_ key: ObjectKey, at time: Instant) {
    wakes.append(Wake(key: key, time: time))
  }

  /// Wants to look at a key again at an instant, if there is one.
  public mutating func wake(_ key: ObjectKey, at time: Instant?) {
    if let time { wake(key, at: time) }
  }
}

/// One write of a plan, with the rule that asks for it.
public struct Write: Sendable {
  /// What is written.
  public let action: Action
  /// The rule that asks for it, as `scale up`; a fixed text.
  public let rule: StaticString
  /// What the rule found, with its figures, as `2 of 3 pods`; empty when there is nothing to add.
  public let detail: String

  /// What can be written.
  // Boxed: a plan's writes are handed from place to place.
  public indirect enum Action: Sendable {
    /// A new object; with `generateName` and no name the server makes the name up.
    case create(any APIObject)
    /// A new version of the object of this key. Refused as a conflict when the stored version is
    /// not the one in `metadata.resourceVersion`, unless that is empty.
    case update(ObjectKey, any APIObject)
    /// A new status for the object of this key; what else is in the object is not looked at, except
    /// for a conflict as above.
    case updateStatus(ObjectKey, any APIObject)
    /// The object goes, or begins to go.
    case delete(ObjectKey, DeleteOptions)
    /// A pod gets its node.
    case bind(ObjectKey, node: String)
    /// Something worth an Event happened.
    case event(EventDraft)
  }

  /// A write.
  @inlinable public init(_ action: Action, because rule: StaticString, _ detail: String = "") {
    self.action = action
    self.rule = rule
    self.detail = detail
  }
}

/// How a write went.
public enum WriteResult: Sendable {
  /// It was done: the key of the object, and its name. For an Event `ObjectKey.cluster` and no name.
  case done(ObjectKey, name: String)
  /// It was refused.
  case refused(APIError)

  /// The error, if it was refused.
  public var error: APIError? { if case .refused(let error) = self { error } else { nil } }
}

extension Plan {
  /// Creates an object.
  @inlinable public mutating func create(
    _ object: some APIObject, because rule: StaticString, _ detail: String = ""
  ) {
    writes.append(Write(.create(object), because: rule, detail))
  }

  /// Writes a new version of an object, except its status.
  @inlinable public mutating func update(
    _ key: ObjectKey, _ object: some APIObject, because rule: StaticString, _ detail: String = ""
  ) {
    writes.append(Write(.update(key, object), because: rule, detail))
  }

  /// Writes an object's new status, on the version it was computed from.
  @inlinable public mutating func updateStatus(
    _ key: ObjectKey, _ object: some APIObject, because rule: StaticString, _ detail: String = ""
  ) {
    writes.append(Write(.updateStatus(key, object), because: rule, detail))
  }

  /// Writes an object's new status whatever version is stored, as a patch does.
  @inlinable public mutating func patchStatus(
    _ key: ObjectKey, _ object: some APIObject, because rule: StaticString, _ detail: String = ""
  ) {
    var object = object
    object.metadata.resourceVersion = ResourceVersion()
    writes.append(Write(.updateStatus(key, object), because: rule, detail))
  }

  /// Deletes an object.
  public mutating func delete(
    _ key: ObjectKey, _ options: DeleteOptions = DeleteOptions(), because rule: StaticString,
    _ detail: String = ""
  ) {
    writes.append(Write(.delete(key, options), because: rule, detail))
  }

  /// Gives a pod its node.
  public mutating func bind(
    _ pod: ObjectKey, to node: String, because rule: StaticString, _ detail: String = ""
  ) {
    writes.append(Write(.bind(pod, node: node), because: rule, detail))
  }

  /// Reports something worth an Event.
  public mutating func event(_ draft: EventDraft) {
    writes.append(Write(.event(draft), because: "event"))
  }
}
