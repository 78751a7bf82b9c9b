/// A kind with a wanted state, its spec, and an observed one, its status.
///
/// The server keeps the two apart: an update cannot touch the status and a status update nothing
/// else. A custom resource that conforms gets that behaviour without rules of its own.
public protocol SpecStatusObject: APIObject {
  associatedtype Spec: APIValue
  associatedtype Status: APIValue

  /// What is wanted.
  var spec: Spec { get set }

  /// What was last seen.
  var status: Status { get set }
}

extension Pod: SpecStatusObject {}
extension Node: SpecStatusObject {}
extension Namespace: SpecStatusObject {}
extension Service: SpecStatusObject {}
extension ReplicationController: SpecStatusObject {}
extension PersistentVolume: SpecStatusObject {}
extension PersistentVolumeClaim: SpecStatusObject {}
extension ResourceQuota: SpecStatusObject {}
extension Deployment: SpecStatusObject {}
extension ReplicaSet: SpecStatusObject {}
extension StatefulSet: SpecStatusObject {}
extension DaemonSet: SpecStatusObject {}
extension Job: SpecStatusObject {}
extension CronJob: SpecStatusObject {}
extension HorizontalPodAutoscaler: SpecStatusObject {}
extension PodDisruptionBudget: SpecStatusObject {}
extension VolumeAttachment: SpecStatusObject {}
