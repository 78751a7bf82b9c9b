import KubeSim
import KubeSimTesting
import XCTest

/// The same expectations under XCTest.
final class XCTestTests: XCTestCase {
  func testAnExpectationThatHoldsReportsNothing() throws {
    var cluster = Cluster(nodes: 1, seed: 1)
    XCTAssertTrue(expectEventually(&cluster, "a node is there") { $0.all(Node.self).count == 1 })
  }
}
