/// What a pod is to run and how: its containers, volumes, placement rules and lifetime.
///
/// Follows `core/v1 PodSpec`.
public struct PodSpec: APIValue {
  /// What containers can mount.
  public var volumes: [Volume] = []
  /// Containers that run one after the other before the others start; those with `restartPolicy:
  /// Always` keep running as sidecars.
  public var initContainers: [Container] = []
  /// The containers that make up the pod; at least one.
  public var containers: [Container] = []
  /// Containers added for debugging while the pod runs.
  public var ephemeralContainers: [EphemeralContainer] = []
  /// Which exited containers start again; `Always` unless set.
  public var restartPolicy: RestartPolicy = ""
  /// Seconds between the request to stop and the kill; 30 unless set.
  public var terminationGracePeriodSeconds: Int64?
  /// Seconds after its start at which the pod is failed; nil for no limit.
  public var activeDeadlineSeconds: Int64?
  /// How names are resolved; `ClusterFirst` unless set.
  public var dnsPolicy: DNSPolicy = ""
  /// Labels that the node must have.
  public var nodeSelector: StringMap<String> = [:]
  /// The ServiceAccount under which the pod runs.
  public var serviceAccountName = ""
  /// The old name of `serviceAccountName`; both are kept equal.
  public var serviceAccount = ""
  /// False to leave out the volume with the account's token.
  public var automountServiceAccountToken: Bool?
  /// The node on which the pod stands; empty until it is scheduled.
  public var nodeName = ""
  /// True to use the node's network, and so its ports.
  public var hostNetwork = false
  /// True to see the node's processes.
  public var hostPID = false
  /// True to share the node's inter-process communication.
  public var hostIPC = false
  /// True when the containers see one another's processes.
  public var shareProcessNamespace: Bool?
  /// Users, groups and kernel settings for all containers.
  @Boxed public var securityContext: PodSecurityContext?
  /// Secrets with the credentials for pulling images.
  public var imagePullSecrets: [LocalObjectReference] = []
  /// The pod's host name; the pod's name unless set.
  public var hostname = ""
  /// The headless Service under which the host name can be resolved.
  public var subdomain = ""
  /// Which nodes and neighbours the pod wants or avoids.
  @Boxed public var affinity: Affinity?
  /// The scheduler that places the pod; `default-scheduler` unless set.
  public var schedulerName = ""
  /// The taints that the pod bears.
  public var tolerations: [Toleration] = []
  /// Lines added to the containers' hosts file.
  public var hostAliases: [HostAlias] = []
  /// The PriorityClass from which `priority` is taken.
  public var priorityClassName = ""
  /// The higher, the earlier it is scheduled; it may preempt pods of lower priority.
  public var priority: Int32?
  /// Resolver settings added to those of `dnsPolicy`.
  @Boxed public var dnsConfig: PodDNSConfig?
  /// Further conditions that must be true before the pod is ready.
  public var readinessGates: [PodReadinessGate] = []
  /// The RuntimeClass that runs the pod.
  public var runtimeClassName: String?
  /// False to leave out the environment variables about Services; true unless set.
  public var enableServiceLinks: Bool?
  /// Whether lower pods may be preempted; `PreemptLowerPriority` unless set.
  public var preemptionPolicy: PreemptionPolicy?
  /// What the runtime itself takes, on top of what the containers ask for.
  public var overhead: ResourceList = [:]
  /// How the pod and its like spread over zones, nodes and so on.
  public var topologySpreadConstraints: [TopologySpreadConstraint] = []
  /// True to make the fully qualified name the host name.
  public var setHostnameAsFQDN: Bool?
  /// The operating system that the pod needs.
  public var os: PodOS?
  /// False to run in a user namespace of its own.
  public var hostUsers: Bool?
  /// While there is one, the pod is not scheduled.
  public var schedulingGates: [PodSchedulingGate] = []
  /// ResourceClaims that must be allocated before the pod can start.
  public var resourceClaims: [PodResourceClaim] = []
  /// Requests and limits of the pod as a whole.
  @Boxed public var resources: ResourceRequirements?
  /// The host name that the pod itself sees, whatever the other fields say.
  public var hostnameOverride: String?
  /// The group with which the pod is scheduled.
  public var schedulingGroup: PodSchedulingGroup?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("volumes", &volumes, merge: .byKey("name"))
    fields.field("initContainers", &initContainers, merge: .byKey("name"))
    fields.field("containers", &containers, .always, merge: .byKey("name"))
    fields.field("ephemeralContainers", &ephemeralContainers, merge: .byKey("name"))
    fields.field("restartPolicy", &restartPolicy)
    fields.field("terminationGracePeriodSeconds", &terminationGracePeriodSeconds)
    fields.field("activeDeadlineSeconds", &activeDeadlineSeconds)
    fields.field("dnsPolicy", &dnsPolicy)
    fields.field("nodeSelector", &nodeSelector)
    fields.field("serviceAccountName", &serviceAccountName)
    fields.field("serviceAccount", &serviceAccount)
    fields.field("automountServiceAccountToken", &automountServiceAccountToken)
    fields.field("nodeName", &nodeName)
    fields.field("hostNetwork", &hostNetwork)
    fields.field("hostPID", &hostPID)
    fields.field("hostIPC", &hostIPC)
    fields.field("shareProcessNamespace", &shareProcessNamespace)
    fields.field("securityContext", &securityContext)
    fields.field("imagePullSecrets", &imagePullSecrets, merge: .byKey("name"))
    fields.field("hostname", &hostname)
    fields.field("subdomain", &subdomain)
    fields.field("affinity", &affinity)
    fields.field("schedulerName", &schedulerName)
    fields.field("tolerations", &tolerations)
    fields.field("hostAliases", &hostAliases, merge: .byKey("ip"))
    fields.field("priorityClassName", &priorityClassName)
    fields.field("priority", &priority)
    fields.field("dnsConfig", &dnsConfig)
    fields.field("readinessGates", &readinessGates)
    fields.field("runtimeClassName", &runtimeClassName)
    fields.field("enableServiceLinks", &enableServiceLinks)
    fields.field("preemptionPolicy", &preemptionPolicy)
    fields.field("overhead", &overhead)
    fields.field(
      "topologySpreadConstraints", &topologySpreadConstraints, merge: .byKey("topologyKey"))
    fields.field("setHostnameAsFQDN", &setHostnameAsFQDN)
    fields.field("os", &os)
    fields.field("hostUsers", &hostUsers)
    fields.field("schedulingGates", &schedulingGates, merge: .byKey("name"))
    fields.field("resourceClaims", &resourceClaims, merge: .byKey("name"))
    fields.field("resources", &resources)
    fields.field("hostnameOverride", &hostnameOverride)
    fields.field("schedulingGroup", &schedulingGroup)
  }
}
