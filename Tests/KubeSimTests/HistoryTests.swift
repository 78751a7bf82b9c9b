import KubeSim
import Testing

@Suite struct HistoryTests {
  /// A cluster with five ConfigMaps that came one after the other, and the revision before them.
  private func cluster(_ limit: History.Limit) throws -> (cluster: Cluster, before: UInt64) {
    var cluster = Cluster(history: limit)
    let before = cluster.revision
    for number in 1...5 {
      var map = ConfigMap()
      map.metadata.name = "map-\(number)"
      try cluster.create(map)
    }
    return (cluster, before)
  }

  private func names(_ events: [WatchEvent]) -> [String] { events.map(\.object.metadata.name) }

  @Test func aClientSeesTheChangesAfterItsRevisionInOrder() throws {
    var (cluster, before) = try cluster(.all)
    try cluster.delete(ConfigMap.self, "map-2")
    let events = try cluster.history.changes(after: before)
    #expect(names(events) == ["map-1", "map-2", "map-3", "map-4", "map-5", "map-2"])
    #expect(events.map(\.type) == Array(repeating: .added, count: 5) + [.deleted])
    #expect(events.map(\.revision) == Array(before + 1...before + 6))
    #expect(try names(cluster.history.changes(after: before + 4)) == ["map-5", "map-2"])
  }

  @Test func whatIsNoLongerKeptIsExpired() throws {
    let (cluster, before) = try cluster(.last(3))
    #expect(try names(cluster.history.changes(after: before + 2)) == ["map-3", "map-4", "map-5"])
    let error = #expect(throws: APIError.self) {
      try cluster.history.changes(after: before + 1)
    }
    #expect(error?.code == 410)
    #expect(error?.message == "too old resource version: \(before + 1) (\(before + 2))")
  }

  @Test func aClusterThatKeepsNothingSaysSo() throws {
    let (cluster, before) = try cluster(.last(0))
    #expect(throws: APIError.self) { try cluster.history.changes(after: before) }
    #expect(try cluster.history.changes(after: cluster.revision).isEmpty)
  }
}
