import KubeModel

/// What is at the paths of a node, as far as hostPath volumes ask for it.
///
/// A node has the usual directories of Linux. The annotation `kubesim.dev/host-paths` on the Node
/// adds others: `/data=Directory,/run/app.sock=Socket`.
///
/// - Upstream: `pkg/volume/hostpath/host_path.go` `checkType` (v1.36).
struct HostPaths {
  static let annotation = "kubesim.dev/host-paths"

  private static let directories = [
    "/", "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/mnt", "/opt", "/proc", "/root", "/run",
    "/srv", "/sys", "/tmp", "/usr", "/var", "/var/lib", "/var/lib/kubelet", "/var/log",
    "/var/log/pods", "/var/run",
  ]

  private let types: StringMap<String>

  init(_ node: Node?) {
    var types = StringMap(Self.directories.map { ($0, HostPathType.directory.rawValue) })
    for entry in (node?.metadata.annotations[Self.annotation] ?? "").split(separator: ",") {
      let parts = entry.split(separator: "=", maxSplits: 1)
      guard let path = parts.first else { continue }
      types[String(path)] = parts.count == 2 ? String(parts[1]) : "Directory"
    }
    self.types = types
  }

  /// Why a path is not what a volume asks for; nil when it is, or can be made.
  func problem(_ source: HostPathVolumeSource) -> String? {
    let path =
      source.path.count > 1 && source.path.hasSuffix("/")
      ? String(source.path.dropLast()) : source.path
    let present = types[path]
    func unless(_ type: HostPathType, _ name: String, isMade: Bool = false) -> String? {
      if present == type.rawValue || isMade && present == nil { return nil }
      return "hostPath type check failed: \(source.path) is not a \(name)"
    }
    switch source.type {
    case .directory: return unless(.directory, "directory")
    case .directoryOrCreate: return unless(.directory, "directory", isMade: true)
    case .file: return unless(.file, "file")
    case .fileOrCreate: return unless(.file, "file", isMade: true)
    case .socket: return unless(.socket, "socket file")
    case .charDevice: return unless(.charDevice, "character device")
    case .blockDevice: return unless(.blockDevice, "block device")
    default: return nil
    }
  }
}
