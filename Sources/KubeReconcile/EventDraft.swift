import KubeModel

/// Something worth an Event: about what, why, in which words. The recorder makes Events of drafts,
/// counts repeats and joins similar ones.
///
/// One pointer: a draft goes from a plan through the runner to the recorder.
public struct EventDraft: Hashable, Sendable {
  private struct Content: Hashable, Sendable {
    var regarding: ObjectReference
    var type: EventType
    var reason: String
    var message: String
    var component: String
    var host: String
    var action: String
  }
  private var content: Indirect<Content>

  /// What it is about.
  public var regarding: ObjectReference {
    get { content.wrappedValue.regarding }
    set { content.wrappedValue.regarding = newValue }
  }
  /// `Normal` or `Warning`.
  public var type: EventType {
    get { content.wrappedValue.type }
    set { content.wrappedValue.type = newValue }
  }
  /// One word, as `ScalingReplicaSet`.
  public var reason: String {
    get { content.wrappedValue.reason }
    set { content.wrappedValue.reason = newValue }
  }
  /// The text.
  public var message: String {
    get { content.wrappedValue.message }
    set { content.wrappedValue.message = newValue }
  }
  /// Who reports, as `kubelet`.
  public var component: String {
    get { content.wrappedValue.component }
    set { content.wrappedValue.component = newValue }
  }
  /// The node on which it was seen; empty for controllers.
  public var host: String {
    get { content.wrappedValue.host }
    set { content.wrappedValue.host = newValue }
  }
  /// What was done, for reporters that use `events.k8s.io` (the scheduler); empty for all others.
  public var action: String {
    get { content.wrappedValue.action }
    set { content.wrappedValue.action = newValue }
  }

  /// A draft.
  public init(
    _ type: EventType, _ reason: String, _ message: String, regarding: ObjectReference,
    component: String, host: String = "", action: String = ""
  ) {
    content = Indirect(
      wrappedValue: Content(
        regarding: regarding, type: type, reason: reason, message: message, component: component,
        host: host, action: action))
  }
}

extension ObjectReference {
  /// A reference to an object as it is now, or to a part of it (`spec.containers{app}`).
  @inlinable public init<Object: APIObject>(to object: Object, fieldPath: String = "") {
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
