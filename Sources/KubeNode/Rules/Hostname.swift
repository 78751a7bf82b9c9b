import KubeModel

/// The name that the containers of a pod see as that of their machine.
///
/// Follows `GeneratePodHostNameAndDomain` of pkg/kubelet/kubelet_pods.go and `GetNodenameForKernel` of
/// pkg/kubelet/util/util.go (v1.36).
public struct Hostname: Hashable, Sendable {
  /// The domain of every cluster.
  public static let clusterDomain = "cluster.local"
  private static let longest = 63
  private static let longestForKernel = 64

  /// The short name: `hostnameOverride`, else `hostname`, else the pod's name without what is too
  /// long for a label.
  public let name: String
  /// `<subdomain>.<namespace>.svc.cluster.local`; empty without a subdomain.
  public let domain: String

  /// The name of a pod.
  public init(of pod: Pod) {
    let spec = pod.spec
    if let override = spec.hostnameOverride {
      name = override
      domain = ""
      return
    }
    name = spec.hostname.isEmpty ? Self.cut(pod.metadata.name) : spec.hostname
    domain =
      spec.subdomain.isEmpty
      ? "" : "\(spec.subdomain).\(pod.metadata.namespace).svc.\(Self.clusterDomain)"
  }

  /// The name under which the pod is found: with its domain, if it has one.
  public var full: String { domain.isEmpty ? name : "\(name).\(domain)" }

  /// What `hostname` prints in the pod: the full name where `setHostnameAsFQDN` asks for it.
  public static func printed(in pod: Pod) -> String {
    let hostname = Hostname(of: pod)
    return pod.spec.setHostnameAsFQDN == true ? hostname.full : hostname.name
  }

  /// Why a sandbox of this name cannot be made; nil when it can.
  static func problem(of pod: Pod) -> String? {
    guard pod.spec.setHostnameAsFQDN == true, !pod.spec.subdomain.isEmpty else { return nil }
    let full = Hostname(of: pod).full
    let length = full.utf8.count
    if length <= longestForKernel { return nil }
    return
      "failed to construct FQDN from pod hostname and cluster domain, FQDN \(full) is too long "
      + "(\(longestForKernel) characters is the max, \(length) characters requested)"
  }

  private static func cut(_ name: String) -> String {
    if name.utf8.count <= longest { return name }
    var cut = name.prefix(longest)
    while let last = cut.last, last == "-" || last == "." { cut.removeLast() }
    return String(cut)
  }
}
