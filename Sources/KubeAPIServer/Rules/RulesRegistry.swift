import KubeModel

/// Which rules the server follows for which kind.
///
/// A kind that nobody registered gets ``SpecStatusRules`` when it conforms to `SpecStatusObject`,
/// else ``GenericRules``; so a custom resource needs none.
public struct RulesRegistry: Sendable {
  /// In order of registration; looked up by scanning, once per kind and server.
  private var entries: [(kind: ObjectIdentifier, box: AnyRulesBox)] = []

  /// The rules of the built-in kinds.
  public init() {
    // The kinds that are written most go first.
    register(PodRules())
    register(CreatedByUpdateRules<Event>())
    register(JobRules())
    register(CronJobRules())
    register(NodeRules())
    register(NamespaceRules())
    register(ServiceRules())
    register(ReplicationControllerRules())
    register(DeploymentRules())
    register(ReplicaSetRules())
    register(StatefulSetRules())
    register(DaemonSetRules())
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
    register(CreatedByUpdateRules<Endpoints>())
    register(VersionedRules<Lease>())
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
    entries.append((kind, RulesBox<Rules.Object>(rules)))
  }

  /// The rules for a kind.
  ///
  /// - Complexity: O(number of registered kinds); keep the answer where it is asked for each write.
  public func rules<Object: APIObject>(for kind: Object.Type) -> any KindRules<Object> {
    let wanted = ObjectIdentifier(kind)
    for entry in entries where entry.kind == wanted {
      // The box was made for the kind whose identifier it stands beside.
      return unsafeDowncast(entry.box, to: RulesBox<Object>.self).rules
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

/// Rules of a kind that is known only when the program runs.
private class AnyRulesBox: @unchecked Sendable {}  // Its one stored property is a `let` below.

private final class RulesBox<Object: APIObject>: AnyRulesBox, @unchecked Sendable {
  let rules: any KindRules<Object>
  init(_ rules: any KindRules<Object>) { self.rules = rules }
}
