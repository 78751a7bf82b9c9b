// Which objects belong to an owner, which it adopts and which it lets go.
//
// Follows   pkg/controller/controller_ref_manager.go (v1.36)
// Left out  the second look at the owner before the first adoption: a snapshot is never stale

import KubeModel

/// A kind that claims objects of another kind by their labels.
public protocol Claimant: APIObject {
  /// What selects the objects; none selects nothing.
  var claimSelector: LabelSelector? { get }
}

extension ReplicaSet: Claimant {
  public var claimSelector: LabelSelector? { spec.selector }
}
extension ReplicationController: Claimant {
  public var claimSelector: LabelSelector? { LabelSelector(matchLabels: spec.selector) }
}
extension Deployment: Claimant {
  public var claimSelector: LabelSelector? { spec.selector }
}
extension StatefulSet: Claimant {
  public var claimSelector: LabelSelector? { spec.selector }
}
extension DaemonSet: Claimant {
  public var claimSelector: LabelSelector? { spec.selector }
}
extension Job: Claimant {
  public var claimSelector: LabelSelector? { spec.selector }
}

/// The rule by which one owner claims objects.
public struct ClaimRule: Sendable {
  @usableFromInline let resource: APIResource
  @usableFromInline let name: String
  @usableFromInline let uid: UID
  @usableFromInline let namespace: String
  @usableFromInline let ownerIsBeingDeleted: Bool
  /// What a claimed object bears so that it does not go before the owner has seen it; may be empty.
  @usableFromInline let finalizer: String

  /// What becomes of an object.
  public enum Ruling: Sendable {
    /// It is the owner's and stays so.
    case keep
    /// It has no controller and becomes the owner's.
    case adopt
    /// It is the owner's and does not match any more: it is let go.
    case release
    /// It is no business of the owner's.
    case ignore
  }

  /// The rule of an owner.
  @inlinable public init(_ owner: some APIObject, finalizer: String = "") {
    self.finalizer = finalizer
    resource = type(of: owner).resource
    name = owner.metadata.name
    uid = owner.metadata.uid
    namespace = owner.metadata.namespace
    ownerIsBeingDeleted = owner.isBeingDeleted
  }

  /// The reference that a claimed object bears.
  public var reference: OwnerReference {
    var reference = OwnerReference()
    reference.apiVersion = resource.apiVersion
    reference.kind = resource.kind
    reference.name = name
    reference.uid = uid
    reference.controller = true
    reference.blockOwnerDeletion = true
    return reference
  }

  /// What becomes of an object that the selector matches, or not.
  @inlinable public func ruling(on object: borrowing ObjectMeta, matches: Bool) -> Ruling {
    if object.ownerReferences.hasController {
      guard object.isControlled(by: uid) else { return .ignore }
      if matches { return .keep }
      return ownerIsBeingDeleted ? .ignore : .release
    }
    let mayAdopt = !ownerIsBeingDeleted && !object.isBeingDeleted && object.namespace == namespace
    return matches && mayAdopt ? .adopt : .ignore
  }

  /// The object with the owner as its controller.
  public func adopting<Object: APIObject>(_ object: Object) -> Object {
    var object = object
    object.metadata.ownerReferences.removeAll { $0.uid == uid }
    object.metadata.ownerReferences.append(reference)
    if !finalizer.isEmpty, !object.metadata.finalizers.contains(finalizer) {
      object.metadata.finalizers.append(finalizer)
    }
    object.metadata.resourceVersion = ResourceVersion()  // A patch, whatever is stored now.
    return object
  }

  /// The object without the owner.
  public func releasing<Object: APIObject>(_ object: Object) -> Object {
    var object = object
    object.metadata.ownerReferences.removeAll { $0.uid == uid }
    if !finalizer.isEmpty { object.metadata.finalizers.removeAll { $0 == finalizer } }
    object.metadata.resourceVersion = ResourceVersion()
    return object
  }
}

/// The objects that an owner has, and the writes that make it so.
public struct Claims<Object: APIObject>: Sendable {
  /// The objects that are the owner's once the writes are done, those adopted now last.
  ///
  /// An object adopted now bears no resourceVersion, so that a later write of it is no conflict.
  @inlinable public var objects: [(key: ObjectKey, object: Object)] { claimed }
  @usableFromInline var claimed: [(key: ObjectKey, object: Object)] = []
  @usableFromInline var adoptions: [Write] = []
  @usableFromInline var releases: [Write] = []

  /// No objects.
  @inlinable public init() {}

  /// Takes an object in, or lets it go, or neither, as ruled.
  @inlinable public mutating func apply(
    _ ruling: ClaimRule.Ruling, _ key: ObjectKey, _ object: Object, _ rule: ClaimRule
  ) {
    switch ruling {
    case .ignore: break
    case .keep: claimed.append((key, object))
    case .adopt: adopt(key, object, rule)
    case .release: release(key, object, rule)
    }
  }

  @usableFromInline mutating func adopt(_ key: ObjectKey, _ object: Object, _ rule: ClaimRule) {
    let adopted = rule.adopting(object)
    claimed.append((key, adopted))
    adoptions.append(
      Write(
        .update(key, adopted), because: "adopt: the labels match and it has no controller",
        "\(rule.resource.kind) \(rule.name)"))
  }

  @usableFromInline mutating func release(_ key: ObjectKey, _ object: Object, _ rule: ClaimRule) {
    releases.append(
      Write(
        .update(key, rule.releasing(object)),
        because: "release: the labels do not match any more",
        "\(rule.resource.kind) \(rule.name)"))
  }

  /// True when all is as it should be.
  @usableFromInline var isSettled: Bool { adoptions.isEmpty && releases.isEmpty }

  /// The adoptions and releases, and what comes after them: at once when there are none, and not at
  /// all, but a retry, when one of them is refused.
  public func then(_ next: @escaping @Sendable () -> Plan) -> Plan {
    if isSettled { return next() }
    var plan = Plan()
    plan.writes = adoptions + releases
    let adopted = adoptions.count
    plan.afterwards = { results, _ in
      let failed = results.enumerated().contains { index, result in
        guard let error = result.error, error.reason != .notFound else { return false }
        // Invalid: the object has got another owner, or none, in the meantime.
        return index < adopted || error.reason != .invalid
      }
      return failed ? .retry : next()
    }
    return plan
  }

  /// The same for a look that goes on changing; it is kept for later only if there is a later.
  @inlinable public func then<Look: Sendable>(
    _ look: consuming Look, _ next: @escaping @Sendable (inout Look) -> Plan
  ) -> Plan {
    if isSettled { return next(&look) }
    return then { [look] in
      var look = look
      return next(&look)
    }
  }
}

extension Snapshot {
  /// The objects of a kind that an owner has, may adopt or must release.
  ///
  /// - Parameters:
  ///   - isCandidate: Objects that do not pass are left as they are.
  ///   - finalizer: What an adopted object gets and a released one loses; none by default.
  ///   - isMember: A further test besides the selector; an object that does not pass is released.
  /// - Complexity: O(objects of the owner + objects of the namespace without a controller).
  @inlinable public func claim<Object: APIObject>(
    _ kind: Object.Type, for owner: some APIObject, by selector: Selector, finalizer: String = "",
    among isCandidate: (Object) -> Bool = { _ in true },
    where isMember: (Object) -> Bool = { _ in true }
  ) -> Claims<Object> {
    let rule = ClaimRule(owner, finalizer: finalizer)
    let uid = rule.uid
    var claims = Claims<Object>()
    store[kind].forEach(ownedBy: uid) { key, object in
      guard object.metadata.isControlled(by: uid), isCandidate(object) else { return }
      if selector.matches(object.metadata.labels), isMember(object) {
        claims.claimed.append((key, object))
      } else if !rule.ownerIsBeingDeleted {
        claims.release(key, object, rule)
      }
    }
    if rule.ownerIsBeingDeleted { return claims }
    store[kind].forEach(orphanIn: rule.namespace) { key, object in
      guard isCandidate(object) else { return }
      let matches = selector.matches(object.metadata.labels) && isMember(object)
      claims.apply(rule.ruling(on: object.metadata, matches: matches), key, object, rule)
    }
    return claims
  }
}
