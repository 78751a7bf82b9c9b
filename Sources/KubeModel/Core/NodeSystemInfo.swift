/// What a node's machine and software are.
///
/// Follows `core/v1 NodeSystemInfo`.
public struct NodeSystemInfo: APIValue {
  /// The content of `/etc/machine-id`.
  public var machineID = ""
  /// What the hardware calls itself.
  public var systemUUID = ""
  /// Another one after each reboot.
  public var bootID = ""
  public var kernelVersion = ""
  /// The name of the operating system's release.
  public var osImage = ""
  /// As `containerd://2.1.0`.
  public var containerRuntimeVersion = ""
  public var kubeletVersion = ""
  /// No longer filled in.
  public var kubeProxyVersion = ""
  /// As `linux`.
  public var operatingSystem = ""
  /// As `amd64`.
  public var architecture = ""
  /// The node's swap space.
  public var swap: NodeSwapStatus?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("machineID", &machineID, .always)
    fields.field("systemUUID", &systemUUID, .always)
    fields.field("bootID", &bootID, .always)
    fields.field("kernelVersion", &kernelVersion, .always)
    fields.field("osImage", &osImage, .always)
    fields.field("containerRuntimeVersion", &containerRuntimeVersion, .always)
    fields.field("kubeletVersion", &kubeletVersion, .always)
    fields.field("kubeProxyVersion", &kubeProxyVersion, .always)
    fields.field("operatingSystem", &operatingSystem, .always)
    fields.field("architecture", &architecture, .always)
    fields.field("swap", &swap)
  }
}

/// How much swap space a node has.
///
/// Follows `core/v1 NodeSwapStatus`.
public struct NodeSwapStatus: APIValue {
  /// In bytes.
  public var capacity: Int64?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("capacity", &capacity)
  }
}

/// An image on a node's disk.
///
/// Follows `core/v1 ContainerImage`.
public struct ContainerImage: APIValue {
  /// All names of the image, with tag or digest.
  public var names: [String] = []
  /// Its size in bytes.
  public var sizeBytes: Int64 = 0

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("names", &names, .always)
    fields.field("sizeBytes", &sizeBytes)
  }
}

/// A volume that is attached to a node.
///
/// Follows `core/v1 AttachedVolume`.
public struct AttachedVolume: APIValue {
  /// The volume's unique name.
  public var name = ""
  /// Where the node sees it.
  public var devicePath = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("devicePath", &devicePath, .always)
  }
}

/// A handler of the container runtime.
///
/// Follows `core/v1 NodeRuntimeHandler`.
public struct NodeRuntimeHandler: APIValue {
  /// Empty for the default one.
  public var name = ""
  /// What it can do.
  public var features: NodeRuntimeHandlerFeatures?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("features", &features)
  }
}

/// What a handler of the container runtime can do.
///
/// Follows `core/v1 NodeRuntimeHandlerFeatures`.
public struct NodeRuntimeHandlerFeatures: APIValue {
  /// It can make mounts below a read-only mount read-only too.
  public var recursiveReadOnlyMounts: Bool?
  /// It can give pods users of their own.
  public var userNamespaces: Bool?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("recursiveReadOnlyMounts", &recursiveReadOnlyMounts)
    fields.field("userNamespaces", &userNamespaces)
  }
}

/// What the container runtime of a node can do, whichever its handler.
///
/// Follows `core/v1 NodeFeatures`.
public struct NodeFeatures: APIValue {
  /// It follows the pod's `supplementalGroupsPolicy`.
  public var supplementalGroupsPolicy: Bool?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("supplementalGroupsPolicy", &supplementalGroupsPolicy)
  }
}

/// Where a kubelet reads its configuration; no longer in use.
///
/// Follows `core/v1 NodeConfigSource`.
public struct NodeConfigSource: APIValue {
  public var configMap: ConfigMapNodeConfigSource?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("configMap", &configMap)
  }
}

/// A ConfigMap with a kubelet's configuration; no longer in use.
///
/// Follows `core/v1 ConfigMapNodeConfigSource`.
public struct ConfigMapNodeConfigSource: APIValue {
  public var namespace = ""
  public var name = ""
  public var uid = UID()
  public var resourceVersion = ""
  /// The entry that holds the configuration.
  public var kubeletConfigKey = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("namespace", &namespace, .always)
    fields.field("name", &name, .always)
    fields.field("uid", &uid)
    fields.field("resourceVersion", &resourceVersion)
    fields.field("kubeletConfigKey", &kubeletConfigKey, .always)
  }
}

/// Which configuration a kubelet runs with; no longer in use.
///
/// Follows `core/v1 NodeConfigStatus`.
public struct NodeConfigStatus: APIValue {
  /// The one it shall use.
  public var assigned: NodeConfigSource?
  /// The one it uses.
  public var active: NodeConfigSource?
  /// The one to which it goes back.
  public var lastKnownGood: NodeConfigSource?
  /// What is wrong with the assigned one.
  public var error = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("assigned", &assigned)
    fields.field("active", &active)
    fields.field("lastKnownGood", &lastKnownGood)
    fields.field("error", &error)
  }
}
