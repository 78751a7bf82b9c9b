// How conditions come into a status, change in it and leave it.

import KubeModel

/// A condition of any kind of object.
public protocol StatusCondition: APIValue {
  /// What the condition is about.
  associatedtype Kind: Equatable & Sendable
  var type: Kind { get }
  var status: ConditionStatus { get }
  var reason: String { get }
  var lastTransitionTime: Timestamp? { get set }
}

extension Condition: StatusCondition {}
extension DeploymentCondition: StatusCondition {}
extension ReplicaSetCondition: StatusCondition {}
extension PodCondition: StatusCondition {}

/// What becomes of a condition that is there already when it is set anew.
public enum ConditionUpdate: Sendable {
  /// With the same status and reason the old one stays as it is; otherwise the new one comes last,
  /// with the old transition time if the status is the same. Follows `SetDeploymentCondition`.
  case onNewReason
  /// The new one takes the place of the old one, with its transition time if the status is the
  /// same. Follows `meta.SetStatusCondition` and `UpdatePodCondition`.
  case inPlace
}

extension Array where Element: StatusCondition {
  /// The condition of a type, if there is one.
  public subscript(type: Element.Kind) -> Element? { first { $0.type == type } }

  /// Takes the condition of a type out.
  public mutating func remove(_ type: Element.Kind) { removeAll { $0.type == type } }

  /// Puts a condition in.
  ///
  /// ```swift
  /// status.conditions.set(available, .onNewReason)
  /// ```
  public mutating func set(_ condition: Element, _ update: ConditionUpdate) {
    guard let index = firstIndex(where: { $0.type == condition.type }) else {
      append(condition)
      return
    }
    let old = self[index]
    var condition = condition
    if old.status == condition.status { condition.lastTransitionTime = old.lastTransitionTime }
    switch update {
    case .inPlace: self[index] = condition
    case .onNewReason:
      if old.status == condition.status && old.reason == condition.reason { return }
      remove(condition.type)
      append(condition)
    }
  }
}
