import KubeModel

/// What is told each change of the store, in the order in which the changes happen.
public protocol ChangeSink {
  /// Takes note of a change; `store` is the store after it.
  mutating func observe(_ change: AnyChange, in store: Store)
}

/// A sink that takes no note.
public struct NoSink: ChangeSink {
  /// A sink.
  public init() {}
  /// Does nothing.
  public mutating func observe(_ change: AnyChange, in store: Store) {}
}
