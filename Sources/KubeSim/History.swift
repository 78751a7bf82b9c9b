import DequeModule
import KubeModel
import SimulationKernel

/// One line of the watch stream: what a client that watches everything would see.
public struct WatchEvent: Sendable {
  /// When.
  public let time: Instant
  /// ADDED, MODIFIED or DELETED.
  public let type: ChangeType
  /// Which object.
  public let key: ObjectKey
  /// The object, after the change; of one that was removed its last version.
  public let object: any APIObject
  /// The number of the write.
  public let revision: UInt64

  /// A line of a watch stream.
  public init(
    time: Instant, type: ChangeType, key: ObjectKey, object: any APIObject, revision: UInt64
  ) {
    self.time = time
    self.type = type
    self.key = key
    self.object = object
    self.revision = revision
  }
}

/// The last changes of a cluster, for clients that watch from a revision.
public struct History: Sendable {
  /// How many changes are kept.
  public enum Limit: Hashable, Sendable {
    /// The last so many.
    case last(Int)
    /// All of the run; takes memory for every version of every object.
    case all
  }

  /// How many changes are kept.
  public let limit: Limit
  private struct Entry: Sendable {
    let time: Instant
    let change: AnyChange
  }
  private var entries = Deque<Entry>()
  /// The revision of the newest change that is no longer kept.
  private var forgotten: UInt64 = 0

  init(limit: Limit) { self.limit = limit }

  mutating func append(_ change: AnyChange, at time: Instant) {
    if case .last(let count) = limit {
      guard count > 0 else {
        forgotten = change.revision
        return
      }
      if entries.count >= count, let first = entries.popFirst() {
        forgotten = first.change.revision
      }
    }
    entries.append(Entry(time: time, change: change))
  }

  /// The changes after a revision, in order.
  ///
  /// - Throws: Expired, when some of them are no longer kept.
  /// - Complexity: O(changes returned).
  public func changes(after revision: UInt64) throws(APIError) -> [WatchEvent] {
    guard revision >= forgotten else {
      throw APIError(
        code: 410, reason: .expired,
        message: "too old resource version: \(revision) (\(forgotten))")
    }
    var start = entries.count
    while start > 0, entries[start - 1].change.revision > revision { start -= 1 }
    return entries[start...].map { entry in
      WatchEvent(
        time: entry.time, type: entry.change.type, key: entry.change.key,
        object: entry.change.latest, revision: entry.change.revision)
    }
  }
}

extension AnyChange {
  fileprivate var revision: UInt64 { latestMetadata.resourceVersion.number }
}
