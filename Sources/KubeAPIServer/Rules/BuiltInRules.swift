extension RulesRegistry {
  /// The rules of all built-in kinds that need more than the generic ones.
  public static var builtIn: RulesRegistry {
    var registry = RulesRegistry()
    registry.register(PodRules())
    registry.register(NodeRules())
    registry.register(ReplicaSetRules())
    registry.register(DeploymentRules())
    registry.register(EndpointSliceRules())
    registry.register(ServiceRules())
    registry.register(ReplicationControllerRules())
    registry.register(StatefulSetRules())
    registry.register(DaemonSetRules())
    registry.register(JobRules())
    registry.register(CronJobRules())
    registry.register(NamespaceRules())
    registry.register(ConfigMapRules())
    registry.register(SecretRules())
    registry.register(PodDisruptionBudgetRules())
    registry.register(PriorityClassRules())
    registry.register(PersistentVolumeRules())
    registry.register(PersistentVolumeClaimRules())
    registry.register(StorageClassRules())
    registry.register(HorizontalPodAutoscalerRules())
    registry.register(LimitRangeRules())
    registry.register(ResourceQuotaRules())
    return registry
  }
}
