import KubeModel
import KubeSim
import KubeSimViews
import SimulationKernel

/// Objects and runs to look at.
enum Samples {
  static let start = Clock().start

  /// A moment after the start of the run.
  static func time(_ seconds: Int64) -> Timestamp {
    Timestamp(unixSeconds: start.wholeSeconds.unixSeconds + seconds)
  }

  static func instant(_ seconds: Double) -> Instant {
    Instant(nanoseconds: Int64((seconds * 1e9).rounded()))
  }

  static func pod(_ name: String, namespace: String = "default", created: Int64 = 0) -> Pod {
    var pod = Pod()
    pod.metadata.name = name
    pod.metadata.namespace = namespace
    pod.metadata.uid = UID(namespace + "/" + name)
    pod.metadata.creationTimestamp = time(created)
    pod.metadata.labels = ["app": String(name.prefix { $0 != "-" })]
    pod.spec.containers = [Container(name: "app", image: "app:1")]
    pod.status.phase = .pending
    return pod
  }

  /// The pod on a node, with its container running.
  static func running(_ pod: Pod, on node: String = "node-1", ready: Bool = true) -> Pod {
    var pod = pod
    pod.spec.nodeName = node
    pod.status.phase = .running
    var condition = PodCondition()
    condition.type = .ready
    condition.status = ready ? .true : .false
    pod.status.conditions = [condition]
    var container = ContainerStatus()
    container.name = "app"
    container.ready = ready
    container.state.running = ContainerStateRunning()
    pod.status.containerStatuses = [container]
    return pod
  }

  static func views(_ objects: [any APIObject], now: Int64 = 60) -> Views {
    var store = Store()
    func insert<Object: APIObject>(_ object: Object) { _ = store.insert(object) }
    for object in objects { insert(object) }
    return Views(
      store: store,
      now: MicroTime(unixMicroseconds: start.unixMicroseconds + now * 1_000_000))
  }

  static func event(
    _ seconds: Double, _ object: any APIObject, _ type: ChangeType = .modified
  ) -> WatchEvent {
    WatchEvent(time: instant(seconds), type: type, key: .cluster, object: object, revision: 0)
  }
}
