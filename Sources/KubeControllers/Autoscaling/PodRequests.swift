// Follows   calculateRequests of pkg/controller/podautoscaler/replica_calculator.go (v1.36)

import KubeModel

/// What each pod requests of a resource, in thousandths.
struct PodRequests {
  private(set) var milli: StringMap<Int64> = [:]

  /// - Parameter container: The one that counts; nil for the request of the pod as a whole, or else
  ///   of its containers and sidecars together.
  /// - Throws: `MetricError` for a container that counts and requests nothing.
  init(_ pods: [Pod], of resource: String, in container: String?) throws(MetricError) {
    for pod in pods {
      if container == nil, let whole = pod.spec.resources?.requests[resource] {
        milli[pod.metadata.name] = whole.milliValue ?? .max
        continue
      }
      let containers = pod.spec.containers + pod.spec.initContainers.filter(\.isSidecar)
      var sum: Int64 = 0
      for part in containers where container == nil || part.name == container {
        guard let request = part.resources.requests[resource] else {
          throw MetricError(
            "missing request for \(resource) in container \(part.name) of Pod "
              + pod.metadata.name)
        }
        sum = ReplicaCalculator.sum(sum, request.milliValue ?? .max)
      }
      milli[pod.metadata.name] = sum
    }
  }
}
