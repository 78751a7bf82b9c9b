/// The kinds that the module brings along.
public enum BuiltInKinds {
  /// All kinds that are stored, those that are written most first.
  public static let all: [any APIObject.Type] = [
    Pod.self, Event.self, Node.self, ReplicaSet.self, Deployment.self, EndpointSlice.self,
    Service.self,
    Job.self, StatefulSet.self, DaemonSet.self, ControllerRevision.self, CronJob.self,
    HorizontalPodAutoscaler.self, PodDisruptionBudget.self, ReplicationController.self,
    PersistentVolumeClaim.self, PersistentVolume.self, Endpoints.self, Lease.self,
    Namespace.self, ConfigMap.self, Secret.self, ServiceAccount.self,
    ResourceQuota.self, LimitRange.self, PodTemplate.self,
    StorageClass.self, CSINode.self, VolumeAttachment.self, PriorityClass.self,
    Role.self, ClusterRole.self, RoleBinding.self, ClusterRoleBinding.self,
  ]

  /// The kind of a manifest with this `apiVersion` and `kind`; nil when there is none.
  ///
  /// - Complexity: O(number of kinds).
  public static func type(apiVersion: String, kind: String) -> (any APIObject.Type)? {
    all.first { $0.resource.kind == kind && $0.resource.apiVersion == apiVersion }
  }

  /// The kind that a user means by a word, as kubectl takes it: `pods`, `pod`, `po`, `Pod`,
  /// `deployments.apps`, `deployment.v1.apps`; letter case does not matter. Nil when there is none.
  ///
  /// - Complexity: O(number of kinds).
  public static func type(named word: String) -> (any APIObject.Type)? {
    let word = word.lowercased()
    return all.first { type in
      let resource = type.resource
      let suffixes = ["", ".\(resource.group)", ".\(resource.version).\(resource.group)"]
      return resource.shortNames.contains(word)
        || [resource.plural, resource.kind.lowercased()].contains { name in
          suffixes.contains { name + $0 == word }
        }
    }
  }
}
