/// A note that something happened to an object, for people to read.
///
/// Repeats are counted in one event instead of stored anew. Events are the most numerous objects of
/// a cluster and the most often written, so what one says is one pointer.
///
/// Follows `core/v1 Event`; `events.k8s.io/v1` shows the same objects under other names.
public struct Event: APIObject {
  public static let resource = APIResource("v1", "Event", "events", short: ["ev"])
  public static var indexes: TableIndexes { [] }

  // Written at creation all at once, and hardly ever after.
  @usableFromInline struct Content: Hashable, Sendable {
    @usableFromInline var involvedObject = ObjectReference()
    @usableFromInline var reason = ""
    @usableFromInline var message = ""
    @usableFromInline var source = EventSource()
    @usableFromInline var firstTimestamp: Timestamp?
    @usableFromInline var lastTimestamp: Timestamp?
    @usableFromInline var count: Int32 = 0
    @usableFromInline var type: EventType = ""
    @usableFromInline var eventTime: MicroTime?
    @usableFromInline var series: EventSeries?
    @usableFromInline var action = ""
    @Boxed @usableFromInline var related: ObjectReference?
    @usableFromInline var reportingComponent = ""
    @usableFromInline var reportingInstance = ""
  }
  @usableFromInline var content: Indirect<Content>

  public var metadata = ObjectMeta()
  /// What it happened to.
  @inlinable public var involvedObject: ObjectReference {
    _read { yield content.wrappedValue.involvedObject }
    _modify { yield &content.wrappedValue.involvedObject }
  }
  /// What happened, in one word of camel case.
  @inlinable public var reason: String {
    _read { yield content.wrappedValue.reason }
    _modify { yield &content.wrappedValue.reason }
  }
  /// The same for people.
  @inlinable public var message: String {
    _read { yield content.wrappedValue.message }
    _modify { yield &content.wrappedValue.message }
  }
  /// Who noted it, in the older form.
  @inlinable public var source: EventSource {
    _read { yield content.wrappedValue.source }
    _modify { yield &content.wrappedValue.source }
  }
  /// When it was first seen; nil in the newer form.
  @inlinable public var firstTimestamp: Timestamp? {
    _read { yield content.wrappedValue.firstTimestamp }
    _modify { yield &content.wrappedValue.firstTimestamp }
  }
  /// When it was last seen; nil in the newer form.
  @inlinable public var lastTimestamp: Timestamp? {
    _read { yield content.wrappedValue.lastTimestamp }
    _modify { yield &content.wrappedValue.lastTimestamp }
  }
  /// How many times it was seen; 0 in the newer form.
  @inlinable public var count: Int32 {
    _read { yield content.wrappedValue.count }
    _modify { yield &content.wrappedValue.count }
  }
  /// Whether it is worth a worry.
  @inlinable public var type: EventType {
    _read { yield content.wrappedValue.type }
    _modify { yield &content.wrappedValue.type }
  }
  /// When it was first seen, in the newer form.
  @inlinable public var eventTime: MicroTime? {
    _read { yield content.wrappedValue.eventTime }
    _modify { yield &content.wrappedValue.eventTime }
  }
  /// How it went on after that, in the newer form.
  @inlinable public var series: EventSeries? {
    _read { yield content.wrappedValue.series }
    _modify { yield &content.wrappedValue.series }
  }
  /// What was done, or what failed to be.
  @inlinable public var action: String {
    _read { yield content.wrappedValue.action }
    _modify { yield &content.wrappedValue.action }
  }
  /// A second object that it has to do with.
  @inlinable public var related: ObjectReference? {
    _read { yield content.wrappedValue.related }
    _modify { yield &content.wrappedValue.related }
  }
  /// The controller that noted it, in the newer form; Go's name is `ReportingController`.
  @inlinable public var reportingComponent: String {
    _read { yield content.wrappedValue.reportingComponent }
    _modify { yield &content.wrappedValue.reportingComponent }
  }
  /// Which instance of that controller.
  @inlinable public var reportingInstance: String {
    _read { yield content.wrappedValue.reportingInstance }
    _modify { yield &content.wrappedValue.reportingInstance }
  }

  /// Nothing set.
  public init() { content = Indirect(wrappedValue: Content()) }

  /// What happened to an object, as `component` on `host` tells it; without times.
  public init(
    name: String, namespace: String, about object: ObjectReference, type: EventType,
    reason: String, message: String, component: String, host: String
  ) {
    metadata = ObjectMeta(name: name, namespace: namespace)
    content = Indirect(
      wrappedValue: Content(
        involvedObject: object, reason: reason, message: message, type: type,
        reportingComponent: component, reportingInstance: host))
  }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("involvedObject", &involvedObject, .always)
    fields.field("reason", &reason)
    fields.field("message", &message)
    fields.field("source", &source, .always)
    fields.field("firstTimestamp", &firstTimestamp, .always)
    fields.field("lastTimestamp", &lastTimestamp, .always)
    fields.field("count", &count)
    fields.field("type", &type)
    fields.field("eventTime", &eventTime, .always)
    fields.field("series", &series)
    fields.field("action", &action)
    fields.field("related", &related)
    fields.field("reportingComponent", &reportingComponent, .always)
    fields.field("reportingInstance", &reportingInstance, .always)
  }
}

/// Whether an event is worth a worry.
///
/// Upstream has plain strings for it (`core/v1 EventTypeNormal`, `EventTypeWarning`).
public struct EventType: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// For information.
  public static let normal = Self(rawValue: "Normal")
  /// Something may be wrong.
  public static let warning = Self(rawValue: "Warning")
}

/// Who noted an event.
///
/// Follows `core/v1 EventSource`.
public struct EventSource: APIValue {
  /// As `kubelet`.
  public var component = ""
  /// The node where it was noted.
  public var host = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("component", &component)
    fields.field("host", &host)
  }
}

/// How an event went on after it was first noted.
///
/// Follows `core/v1 EventSeries`.
public struct EventSeries: APIValue {
  /// How many times it was seen so far.
  public var count: Int32 = 0
  /// When it was last seen.
  public var lastObservedTime: MicroTime?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("count", &count)
    fields.field("lastObservedTime", &lastObservedTime, .always)
  }
}
