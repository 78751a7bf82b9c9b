/// Every delay that a real cluster has and the API does not name.
///
/// Delays that Kubernetes itself fixes (the kubelet's look at its containers once a second, a
/// back-off) are no part of it: they are rules, and stand where the rule stands.
public struct Timing: Hashable, Sendable {
  /// From a change to the controller's reconcile.
  public var controller: Duration
  /// From a pod's arrival in the active queue to its binding, one pod after the other.
  public var scheduling: Duration
  /// From a change of a pod to the kubelet's first look at it.
  public var kubelet: Duration
  /// Set-up of a pod's sandbox and network.
  public var sandbox: Duration
  /// Creation and start of one container.
  public var containerStart: Duration
  /// Clean-up after the last container is gone, before the pod's removal is confirmed.
  public var cleanup: Duration
  /// From a node's registration to its first status that says Ready.
  public var joining: Duration

  /// What a small real cluster shows.
  public static let kubernetes = Timing(
    controller: .milliseconds(5), scheduling: .milliseconds(1), kubelet: .milliseconds(8),
    sandbox: .milliseconds(20), containerStart: .milliseconds(10), cleanup: .milliseconds(180),
    joining: .milliseconds(330))

  /// No delays, for tests of pure logic.
  public static let immediate = Timing(
    controller: .zero, scheduling: .zero, kubelet: .zero, sandbox: .zero, containerStart: .zero,
    cleanup: .zero, joining: .zero)

  /// A profile.
  public init(
    controller: Duration, scheduling: Duration, kubelet: Duration, sandbox: Duration,
    containerStart: Duration, cleanup: Duration, joining: Duration
  ) {
    self.controller = controller
    self.scheduling = scheduling
    self.kubelet = kubelet
    self.sandbox = sandbox
    self.containerStart = containerStart
    self.cleanup = cleanup
    self.joining = joining
  }
}
