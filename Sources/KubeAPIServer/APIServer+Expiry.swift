import KubeModel

extension APIServer {
  /// Takes out an Event whose time has come. That is no request: storage lets it go, whatever
  /// finalizers it has, as a lease of etcd does.
  public mutating func expire(_ key: ObjectKey, sink: inout some ChangeSink) {
    guard let event = store[Event.self, key] else { return }
    remove(key, last: event) { sink.observe($0, in: $1) }
  }
}
