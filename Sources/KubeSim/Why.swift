import KubeModel
import SimulationKernel

/// Why an object is as it is: the last things done to it, each with its causes back to the beginning.
public struct Explanation: Sendable {
  /// The object.
  public let subject: StepSubject
  /// The steps done to it, latest first, each followed by the chain of steps that caused it.
  public let chains: [[Step]]

  /// The latest step and its causes.
  public var latest: [Step] { chains.first ?? [] }
}

extension Cluster {
  /// Why an object is as it is, or why it is gone: its latest steps, newest first, each walked back to
  /// the user's verb. Nil when there never was such an object.
  ///
  /// - Complexity: O(steps of the run).
  public func why<Object: APIObject>(
    _ kind: Object.Type, _ name: String, namespace: String = "default", steps: Int = 3
  ) -> Explanation? {
    let subject = StepSubject(
      sort: Object.resource.kind, scope: Object.resource.isNamespaced ? namespace : "", name: name)
    guard let id = trace.find(subject) else { return nil }
    let chains = trace.steps(of: id).prefix(steps).map { trace.chain(from: $0.id) }
    return Explanation(subject: subject, chains: Array(chains))
  }
}
