/// What is known of one container of a pod.
///
/// Follows `core/v1 ContainerStatus`.
public struct ContainerStatus: APIValue {
  /// The container.
  public var name = ""
  /// What it does now.
  public var state = ContainerState()
  /// How it ended the time before; empty when it never did.
  public var lastState = ContainerState()
  /// True while it passes its readiness probe, or runs and has none.
  public var ready = false
  /// How often it was restarted.
  public var restartCount: Int32 = 0
  /// The image that runs.
  public var image = ""
  /// The digest of the image.
  public var imageID = ""
  /// The runtime's name for the container.
  public var containerID = ""
  /// True once the start hook and the startup probe are done.
  public var started: Bool?
  /// What the node has set aside for the container.
  public var allocatedResources: ResourceList = [:]
  /// The requests and limits in force.
  @Boxed public var resources: ResourceRequirements?
  /// The mounts in force.
  public var volumeMounts: [VolumeMountStatus] = []
  /// The user under which the first process started.
  @Boxed public var user: ContainerUser?
  /// The health of devices given to the container.
  public var allocatedResourcesStatus: [ResourceStatus] = []
  /// The signal that stops the container.
  public var stopSignal: Signal?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("state", &state, .always)
    fields.field("lastState", &lastState, .always)
    fields.field("ready", &ready, .always)
    fields.field("restartCount", &restartCount, .always)
    fields.field("image", &image, .always)
    fields.field("imageID", &imageID, .always)
    fields.field("containerID", &containerID)
    fields.field("started", &started)
    fields.field("allocatedResources", &allocatedResources)
    fields.field("resources", &resources)
    fields.field("volumeMounts", &volumeMounts, merge: .byKey("mountPath"))
    fields.field("user", &user)
    fields.field("allocatedResourcesStatus", &allocatedResourcesStatus, merge: .byKey("name"))
    fields.field("stopSignal", &stopSignal)
  }
}

/// A mount as it is in force.
///
/// Follows `core/v1 VolumeMountStatus`.
public struct VolumeMountStatus: APIValue {
  /// The volume.
  public var name = ""
  /// Where in the container.
  public var mountPath = ""
  /// True when writing is forbidden.
  public var readOnly = false
  /// Whether mounts below are read-only too.
  public var recursiveReadOnly: RecursiveReadOnlyMode?
  /// What is known of the volume.
  public var volumeStatus: VolumeStatus?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("mountPath", &mountPath, .always)
    fields.field("readOnly", &readOnly)
    fields.field("recursiveReadOnly", &recursiveReadOnly)
    fields.field("volumeStatus", &volumeStatus)
  }
}

/// What is known of a mounted volume, by its sort.
///
/// Follows `core/v1 VolumeStatus`.
public struct VolumeStatus: APIValue {
  /// Of an image volume.
  public var image: ImageVolumeStatus?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("image", &image)
  }
}

/// What is known of a mounted image.
///
/// Follows `core/v1 ImageVolumeStatus`.
public struct ImageVolumeStatus: APIValue {
  /// The digest of the image.
  public var imageRef = ""

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("imageRef", &imageRef)
  }
}

/// The user under which a container's first process started.
///
/// Follows `core/v1 ContainerUser`.
public struct ContainerUser: APIValue {
  /// On Linux.
  public var linux: LinuxContainerUser?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("linux", &linux)
  }
}

/// A user and groups of Linux.
///
/// Follows `core/v1 LinuxContainerUser`.
public struct LinuxContainerUser: APIValue {
  /// The user's number.
  public var uid: Int64 = 0
  /// The main group's number.
  public var gid: Int64 = 0
  /// The numbers of further groups.
  public var supplementalGroups: [Int64] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("uid", &uid, .always)
    fields.field("gid", &gid, .always)
    fields.field("supplementalGroups", &supplementalGroups)
  }
}

/// The health of the devices of one resource in a container.
///
/// Follows `core/v1 ResourceStatus`.
public struct ResourceStatus: APIValue {
  /// The resource, such as `claim:gpu/req-0` or `example.com/gpu`.
  public var name = ""
  /// The devices.
  public var resources: [ResourceHealth] = []

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("resources", &resources)
  }
}

/// The health of one device.
///
/// Follows `core/v1 ResourceHealth`.
public struct ResourceHealth: APIValue {
  /// The device.
  public var resourceID = ""
  /// Its health.
  public var health: ResourceHealthStatus = ""
  /// Why, for people.
  public var message: String?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("resourceID", &resourceID, .always)
    fields.field("health", &health)
    fields.field("message", &message)
  }
}

/// The health of a device.
///
/// Follows `core/v1 ResourceHealthStatus`.
public struct ResourceHealthStatus: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let healthy = Self(rawValue: "Healthy")
  public static let unhealthy = Self(rawValue: "Unhealthy")
  public static let unknown = Self(rawValue: "Unknown")
}
