/// A note that something happened to an object, for people to read.
///
/// Repeats are counted in one event instead of stored anew. Events are the most numerous objects of
/// a cluster, and handed around more often than they are read: all that an event says lies behind one
/// reference, and its fields are those of ``EventContent``.
///
/// Follows `core/v1 Event`; `events.k8s.io/v1` shows the same objects under other names.
@dynamicMemberLookup public struct Event: APIObject {
  public static let resource = APIResource("v1", "Event", "events", short: ["ev"])
  public static var indexes: TableIndexes { [] }

  @Indirect public var metadata = ObjectMeta()
  @usableFromInline var content = Indirect(wrappedValue: EventContent())

  /// Nothing set.
  public init() {}

  /// A field of what the event says.
  @inlinable
  public subscript<Value>(
    dynamicMember field: WritableKeyPath<EventContent, Value>
  ) -> Value {
    _read { yield content.wrappedValue[keyPath: field] }
    _modify { yield &content.wrappedValue[keyPath: field] }
  }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    content.wrappedValue.visit(&fields)
  }
}

/// What an ``Event`` says.
public struct EventContent: Hashable, Sendable {
  /// What it happened to.
  public var involvedObject = ObjectReference()
  /// What happened, in one word of camel case.
  public var reason = ""
  /// The same for people.
  public var message = ""
  /// Who noted it, in the older form.
  public var source = EventSource()
  /// When it was first seen; nil in the newer form.
  public var firstTimestamp: Timestamp?
  /// When it was last seen; nil in the newer form.
  public var lastTimestamp: Timestamp?
  /// How many times it was seen; 0 in the newer form.
  public var count: Int32 = 0
  /// Whether it is worth a worry.
  public var type: EventType = ""
  /// When it was first seen, in the newer form.
  public var eventTime: MicroTime?
  /// How it went on after that, in the newer form.
  public var series: EventSeries?
  /// What was done, or what failed to be.
  public var action = ""
  /// A second object that it has to do with.
  @Boxed public var related: ObjectReference?
  /// The controller that noted it, in the newer form; Go's name is `ReportingController`.
  public var reportingComponent = ""
  /// Which instance of that controller.
  public var reportingInstance = ""

  /// Nothing set.
  public init() {}

  mutating func visit(_ fields: inout some Fields) {
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
