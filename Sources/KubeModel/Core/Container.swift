/// One container of a pod: an image, its command, resources, mounts, probes.
///
/// Follows `core/v1 Container`.
public struct Container: APIValue {
  /// Unique in the pod.
  public var name = ""
  /// The image, with registry and tag or digest.
  public var image = ""
  /// Replaces the image's entry point.
  public var command: [String] = []
  /// Replaces the image's arguments.
  public var args: [String] = []
  /// The directory in which the command starts.
  public var workingDir = ""
  /// Ports that the container listens on.
  public var ports: [ContainerPort] = []
  /// Environment variables taken from all keys of ConfigMaps and Secrets.
  public var envFrom: [EnvFromSource] = []
  /// Environment variables.
  public var env: [EnvVar] = []
  /// What the container asks for and may use at most.
  public var resources = ResourceRequirements()
  /// Which resources can change only with a restart.
  public var resizePolicy: [ContainerResizePolicy] = []
  /// Overrides the pod's policy; `Always` makes an init container a sidecar.
  public var restartPolicy: ContainerRestartPolicy?
  /// Looked at in order when the container exits; the first that fits decides.
  public var restartPolicyRules: [ContainerRestartRule] = []
  /// Volumes mounted as directories or files.
  public var volumeMounts: [VolumeMount] = []
  /// Volumes handed in as block devices.
  public var volumeDevices: [VolumeDevice] = []
  /// When it fails, the container is restarted.
  @Boxed public var livenessProbe: Probe?
  /// While it fails, the container is not ready.
  @Boxed public var readinessProbe: Probe?
  /// Until it succeeds, the other two wait.
  @Boxed public var startupProbe: Probe?
  /// What to do after the start and before the stop.
  @Boxed public var lifecycle: Lifecycle?
  /// Where the container leaves its last words; `/dev/termination-log` unless set.
  public var terminationMessagePath = ""
  /// What counts as last words; `File` unless set.
  public var terminationMessagePolicy: TerminationMessagePolicy = ""
  /// When the image is pulled; `Always` for the tag `latest`, else `IfNotPresent`.
  public var imagePullPolicy: PullPolicy = ""
  /// User, privileges and kernel settings; wins over the pod's.
  @Boxed public var securityContext: SecurityContext?
  /// True to keep standard input open.
  public var stdin = false
  /// True to close standard input after the first client has gone.
  public var stdinOnce = false
  /// True to give the container a terminal.
  public var tty = false

  /// Nothing set.
  public init() {}

  /// A container of an image, with nothing else set.
  public init(name: String, image: String) {
    self.name = name
    self.image = image
  }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("name", &name, .always)
    fields.field("image", &image)
    fields.field("command", &command)
    fields.field("args", &args)
    fields.field("workingDir", &workingDir)
    fields.field("ports", &ports, merge: .byKey("containerPort"))
    fields.field("envFrom", &envFrom)
    fields.field("env", &env, merge: .byKey("name"))
    fields.field("resources", &resources, .always)
    fields.field("resizePolicy", &resizePolicy)
    fields.field("restartPolicy", &restartPolicy)
    fields.field("restartPolicyRules", &restartPolicyRules)
    fields.field("volumeMounts", &volumeMounts, merge: .byKey("mountPath"))
    fields.field("volumeDevices", &volumeDevices, merge: .byKey("devicePath"))
    fields.field("livenessProbe", &livenessProbe)
    fields.field("readinessProbe", &readinessProbe)
    fields.field("startupProbe", &startupProbe)
    fields.field("lifecycle", &lifecycle)
    fields.field("terminationMessagePath", &terminationMessagePath)
    fields.field("terminationMessagePolicy", &terminationMessagePolicy)
    fields.field("imagePullPolicy", &imagePullPolicy)
    fields.field("securityContext", &securityContext)
    fields.field("stdin", &stdin)
    fields.field("stdinOnce", &stdinOnce)
    fields.field("tty", &tty)
  }
}

/// When an image is pulled.
///
/// Follows `core/v1 PullPolicy`.
public struct PullPolicy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let always = Self(rawValue: "Always")
  public static let ifNotPresent = Self(rawValue: "IfNotPresent")
  public static let never = Self(rawValue: "Never")
}

/// From where a container's last words are taken.
///
/// Follows `core/v1 TerminationMessagePolicy`.
public struct TerminationMessagePolicy: APIStringEnum {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let file = Self(rawValue: "File")
  public static let fallbackToLogsOnError = Self(rawValue: "FallbackToLogsOnError")
}
