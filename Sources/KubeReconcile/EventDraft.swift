import KubeModel

/// Something worth an Event: about what, why, in which words. The recorder makes Events of drafts,
/// counts repeats and joins similar ones.
public struct EventDraft: Hashable, Sendable {
  /// What it is about.
  public var regarding: ObjectReference
  /// `Normal` or `Warning`.
  public var type: EventType
  /// One word, as `ScalingReplicaSet`.
  public var reason: String
  /// The text.
  public var message: String
  /// Who reports, as `kubelet`.
  public var component: String
  /// The node on which it was seen; empty for controllers.
  public var host: String
  /// What was done, for reporters that use `events.k8s.io` (the scheduler); empty for all others.
  public var action: String

  /// A draft.
  public init(
    _ type: EventType, _ reason: String, _ message: String, regarding: ObjectReference,
    component: String, host: String = "", action: String = ""
  ) {
    self.type = type
    self.reason = reason
    self.message = message
    self.regarding = regarding
    self.component = component
    self.host = host
    self.action = action
  }
}

extension ObjectReference {
  /// A reference to an object as it is now, or to a part of it (`spec.containers{app}`).
  public init<Object: APIObject>(to object: Object, fieldPath: String = "") {
    self.init()
    kind = Object.resource.kind
    apiVersion = Object.resource.apiVersion
    namespace = object.metadata.namespace
    name = object.metadata.name
    uid = object.metadata.uid
    resourceVersion = object.metadata.resourceVersion.description
    self.fieldPath = fieldPath
  }
}
