/// What a container does: it waits, runs or is over; with none set it waits.
///
/// Follows `core/v1 ContainerState`.
public struct ContainerState: APIValue {
  /// It does not run yet, or not again yet.
  public var waiting: ContainerStateWaiting?
  /// It runs.
  public var running: ContainerStateRunning?
  /// It is over.
  @Boxed public var terminated: ContainerStateTerminated?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("waiting", &waiting)
    fields.field("running", &running)
    fields.field("terminated", &terminated)
  }
}

/// Why a container does not run yet.
///
/// Follows `core/v1 ContainerStateWaiting`.
public struct ContainerStateWaiting: APIValue {
  /// In one word, such as `ContainerCreating` or `CrashLoopBackOff`.
  public var reason = ""
  /// For people.
  public var message = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("reason", &reason)
    fields.field("message", &message)
  }
}

/// A container that runs.
///
/// Follows `core/v1 ContainerStateRunning`.
public struct ContainerStateRunning: APIValue {
  /// When it last started.
  public var startedAt: Timestamp?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("startedAt", &startedAt, .always)
  }
}

/// How a container ended.
///
/// Follows `core/v1 ContainerStateTerminated`.
public struct ContainerStateTerminated: APIValue {
  /// 0 for success.
  public var exitCode: Int32 = 0
  /// The signal that ended it; 0 for none.
  public var signal: Int32 = 0
  /// In one word, such as `Completed`, `Error` or `OOMKilled`.
  public var reason = ""
  /// The container's last words.
  public var message = ""
  /// When it had started.
  public var startedAt: Timestamp?
  /// When it ended.
  public var finishedAt: Timestamp?
  /// The runtime's name for the container.
  public var containerID = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("exitCode", &exitCode, .always)
    fields.field("signal", &signal)
    fields.field("reason", &reason)
    fields.field("message", &message)
    fields.field("startedAt", &startedAt, .always)
    fields.field("finishedAt", &finishedAt, .always)
    fields.field("containerID", &containerID)
  }
}
