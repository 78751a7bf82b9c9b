import KubeModel

/// Which rules the server follows for which kind.
///
/// A kind that nobody registered gets ``SpecStatusRules`` when it conforms to `SpecStatusObject`,
/// else ``GenericRules``; so a custom resource needs none.
public struct RulesRegistry: Sendable {
  /// In order of registration; looked up by scanning, once per kind and server.
  private var entries: [(kind: ObjectIdentifier, rules: any KindRules)] = []

  /// The rules of the built-in kinds.
  public init() {
    register(PodRules())
    register(NodeRules())
    register(NamespaceRules())
    register(ServiceRules())
    register(ReplicationControllerRules())
    register(DeploymentRules())
    register(ReplicaSetRules())
    register(StatefulSetRules())
    register(DaemonSetRules())
    register(JobRules())
    register(CronJobRules())
    register(PodDisruptionBudgetRules())
    register(HorizontalPodAutoscalerRules())
    register(PriorityClassRules())
    register(ConfigMapRules())
    register(SecretRules())
    register(PersistentVolumeRules())
    register(PersistentVolumeClaimRules())
    register(StorageClassRules())
    register(EndpointSliceRules())
    register(LimitRangeRules())
    register(ResourceQuotaRules())
    register(ControllerRevisionRules())
    register(PodTemplateRules())
    register(CreatedByUpdateRules<Event>())
    register(CreatedByUpdateRules<Endpoints>())
    register(VersionedRules<Lease>())
    register(VersionedRules<VolumeAttachment>())
    register(VersionedRules<CSINode>())
    register(PathNamedRules<Role>())
    register(PathNamedRules<ClusterRole>())
    register(PathNamedRules<RoleBinding>())
    register(PathNamedRules<ClusterRoleBinding>())
  }

  /// Uses these rules for their kind, instead of any given before.
  public mutating func register<Rules: KindRules>(_ rules: Rules) {
    let kind = ObjectIdentifier(Rules.Object.self)
    entries.removeAll { $0.kind == kind }
    entries.append((kind, rules))
  }

  /// The rules for a kind.
  ///
  /// - Complexity: O(number of registered kinds); keep the answer where it is asked for each write.
  public func rules<Object: APIObject>(for kind: Object.Type) -> any KindRules<Object> {
    let wanted = ObjectIdentifier(kind)
    for entry in entries where entry.kind == wanted {
      if let rules = entry.rules as? any KindRules<Object> { return rules }
    }
    if let kind = kind as? any SpecStatusObject.Type,
      let rules = Self.rules(ofSpecAndStatus: kind) as? any KindRules<Object>
    {
      return rules
    }
    return GenericRules<Object>()
  }

  private static func rules<Object: SpecStatusObject>(
    ofSpecAndStatus kind: Object.Type
  ) -> any KindRules {
    SpecStatusRules<Object>()
  }
}
