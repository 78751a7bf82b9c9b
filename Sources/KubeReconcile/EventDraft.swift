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
    _read { yield content.wrappedValue.regarding }
    _modify { yield &content.wrappedValue.regarding }
  }
  /// `Normal` or `Warning`.
  public var type: EventType {
    _read { yield content.wrappedValue.type }
    _modify { yield &content.wrappedValue.type }
  }
  /// One word, as `ScalingReplicaSet`.
  public var reason: String {
    _read { yield content.wrappedValue.reason }
    _modify { yield &content.wrappedValue.reason }
  }
  /// The text.
  public var message: String {
    _read { yield content.wrappedValue.message }
    _modify { yield &content.wrappedValue.message }
  }
  /// Who reports, as `kubelet`.
  public var component: String {
    _read { yield content.wrappedValue.component }
    _modify { yield &content.wrappedValue.component }
  }
  /// The node on which it was seen; empty for controllers.
  public var host: String {
    _read { yield content.wrappedValue.host }
    _modify { yield &content.wrappedValue.host }
  }
  /// What was done, for reporters that use `events.k8s.io` (the scheduler); empty for all others.
  public var action: String {
    _read { yield content.wrappedValue.action }
    _modify { yield &content.wrappedValue.action }
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
