import KubeControllers
import KubeModel
import Testing

@Suite struct SliceFillingTests {
  private var bench = ServiceRun()

  @Test mutating func podsWithOtherNumbersForAPortAreInOtherSlices() {
    _ = bench.service { $0.spec.ports = [ServiceRun.port("http", "web")] }
    bench.node()
    for index in 0..<300 {
      bench.pod("web-\(index)") { pod in
        var app = Container()
        app.ports = [ContainerPort(containerPort: 8000 + Int32(index % 5), name: "web")]
        pod.spec.containers = [app]
      }
    }
    bench.run.settle()
    #expect(bench.sizes == [60, 60, 60, 60, 60])
    #expect(Set(bench.slices.compactMap { $0.ports.first?.port }).count == 5)
  }

  @Test mutating func newPortIsWrittenOverTheSlicesThatAreThere() throws {
    let key = bench.service()
    bench.node()
    try bench.fill(Array(repeating: 30, count: 10), of: key)
    bench.run.settle()
    let before = bench.run.log.count
    bench.run.change(Service.self, key) { $0.spec.ports = [ServiceRun.port("http", .int(9090))] }
    bench.run.settle()
    let log = bench.run.log.dropFirst(before)
    #expect(log.filter { $0.hasPrefix("update") }.count == 3)
    #expect(log.filter { $0.hasPrefix("delete") }.count == 7)
    #expect(bench.sizes == [100, 100, 100])
  }

  @Test mutating func slicesHoldAHundred() {
    _ = bench.service()
    bench.node()
    for index in 0..<250 { bench.pod("web-\(index)") }
    bench.run.settle()
    #expect(bench.sizes == [100, 100, 50])
  }

  @Test(arguments: [
    ([61, 62], 127, [61, 89, 100], 1, 1), ([74, 74], 152, [74, 74, 100, 52], 0, 2),
    ([99], 1, [100], 1, 0),
  ])
  mutating func newEndpointsGoWhereFewestSlicesChange(
    there: [Int], more: Int, result: [Int], updates: Int, creates: Int
  ) throws {
    let key = bench.service()
    bench.node()
    try bench.fill(there, of: key)
    bench.run.settle()
    let before = bench.run.log.count
    for index in 0..<more { bench.pod("new-\(index)") }
    bench.run.settle()
    let log = bench.run.log.dropFirst(before)
    #expect(bench.sizes == result)
    #expect(log.filter { $0.hasPrefix("update") }.count == updates)
    #expect(log.filter { $0.hasPrefix("create") }.count == creates)
  }

  @Test mutating func newEndpointJoinsTheFullestSliceThatIsWrittenAnyway() throws {
    let key = bench.service()
    bench.node()
    try bench.fill([10, 20, 30], of: key)
    bench.run.settle()
    for number in [0, 1] {
      let gone = try #require(bench.run.store.key(Pod.self, "default", "old-\(number)-0"))
      bench.run.remove(gone)
    }
    bench.pod("new")
    bench.run.settle()
    #expect(bench.sizes == [9, 20, 30])
    #expect(bench.names(bench.slices[1]).last == "new")
  }

  @Test mutating func emptiedSliceIsDeleted() throws {
    let key = bench.service()
    bench.node()
    try bench.fill([1, 2], of: key)
    bench.run.settle()
    bench.run.remove(try #require(bench.run.store.key(Pod.self, "default", "old-0-0")))
    bench.run.settle()
    #expect(bench.sizes == [2])
  }

  @Test mutating func sliceThatSomebodyDeletesComesBack() throws {
    _ = bench.service()
    bench.node()
    bench.pod("web-1")
    bench.run.settle()
    let slice = try #require(bench.run.store[EndpointSlice.self].keys.first)
    bench.run.remove(slice)
    bench.run.settle()
    #expect(bench.sizes == [1])
  }
}
