import IssueReporting
import KubeSim

/// Runs until a condition holds; reports an issue at the caller's line when that does not happen.
///
/// ```swift
/// expectEventually(&cluster, "web is available", within: .minutes(2)) {
///   $0[Deployment.self, "web"]?.status.availableReplicas == 4
/// }
/// ```
///
/// The issue names what was waited for, shows the last steps, and gives the seed that repeats the
/// run. Works under Swift Testing and XCTest.
///
/// - Returns: whether the condition holds.
/// - Time: moves the clock to the instant at which the condition holds, or to the end of the limit.
@discardableResult public func expectEventually(
  _ cluster: inout Cluster, _ what: String, within limit: Duration = .minutes(10),
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column, _ condition: (borrowing Cluster) throws -> Bool
) -> Bool {
  do {
    try cluster.run(until: condition, within: limit)
    return true
  } catch {
    reportIssue(
      "Not reached: \(what).\n\(error)", fileID: fileID, filePath: filePath, line: line,
      column: column)
    return false
  }
}

/// Runs for a time and checks after every step that something holds; reports the first step that
/// breaks it, with its time, its actor and its causes, at the caller's line.
///
/// ```swift
/// expectAlways(&cluster, "two answer", for: .minutes(5)) { $0.readyEndpoints(of: "web") >= 2 }
/// ```
///
/// - Returns: whether it held all the time.
/// - Time: moves the clock by the duration, or to the step that broke it.
@discardableResult public func expectAlways(
  _ cluster: inout Cluster, _ what: String, for duration: Duration,
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column, _ holds: @escaping @Sendable (borrowing Cluster) -> Bool
) -> Bool {
  cluster.always(what, holds)
  defer { cluster.forget(what) }
  do {
    try cluster.run(for: duration)
    return true
  } catch {
    reportIssue("\(error)", fileID: fileID, filePath: filePath, line: line, column: column)
    return false
  }
}

/// Does something that the API server shall refuse, and returns its answer; reports an issue at the
/// caller's line when it is not refused, or when the cluster is changed all the same.
@discardableResult public func expectRefusal(
  _ cluster: inout Cluster, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
  line: UInt = #line, column: UInt = #column, _ verb: (inout Cluster) throws -> Void
) -> APIError? {
  let before = cluster.revision
  func report(_ text: String) {
    reportIssue(text, fileID: fileID, filePath: filePath, line: line, column: column)
  }
  do {
    try verb(&cluster)
    report("The API server took what it should have refused (seed \(cluster.seed)).")
    return nil
  } catch let error as APIError {
    if cluster.revision != before {
      report("The refused request left something behind: \(error) (seed \(cluster.seed)).")
    }
    return error
  } catch {
    report("Refused, but not by the API server: \(error)")
    return nil
  }
}
