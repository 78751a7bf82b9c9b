import KubeModel
import KubePrograms
import SimulationKernel

// What a container finds in its environment, its command line and its files.
//
// Follows   `makeEnvironmentVariables` of pkg/kubelet/kubelet_pods.go, pkg/fieldpath and
//           third_party/forked/golang/expansion (v1.36)
// Left out  what follows when the file of a fileKeyRef or its key is missing: the variable is not set.
extension PodWorker {
  /// What `hostname` prints in the pod; on the host's network it is the node's name.
  var hostname: String { pod.spec.hostNetwork ? node.name : Hostname.printed(in: pod) }

  func directory(of container: Container, _ image: KnownImage?) -> String {
    container.workingDir.isEmpty ? image?.directory ?? "/" : container.workingDir
  }

  /// The environment, in which later sources go before earlier ones.
  func variables(of container: Container, _ image: KnownImage? = nil) -> StringMap<String> {
    var all = image?.environment ?? [:]
    all["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    all["HOME"] = "/root"
    all["HOSTNAME"] = hostname
    if pod.spec.enableServiceLinks != false { addServices(to: &all) }
    all["KUBERNETES_SERVICE_HOST"] = "10.96.0.1"
    all["KUBERNETES_SERVICE_PORT"] = "443"
    var own: StringMap<String> = [:]
    for source in container.envFrom {
      if let reference = source.configMapRef, let map = find(ConfigMap.self, reference.name) {
        for (key, value) in map.data { own[source.prefix + key] = value }
      }
      if let reference = source.secretRef, let secret = find(Secret.self, reference.name) {
        for (key, value) in secret.data {
          own[source.prefix + key] = Base64.decodedText(value) ?? ""
        }
      }
    }
    for variable in container.env {
      if let source = variable.valueFrom {
        own[variable.name] = value(of: source, container)
      } else {
        own[variable.name] = expand(variable.value, own, all)
      }
    }
    all.merge(own)
    return all
  }

  private func addServices(to all: inout StringMap<String>) {
    let table = snapshot.store[Service.self]
    for key in table.keys {
      guard let service = table[key], service.metadata.namespace == pod.metadata.namespace,
        !service.spec.clusterIP.isEmpty, service.spec.clusterIP != "None"
      else { continue }
      let name = String(
        service.metadata.name.uppercased().map { $0 == "-" || $0 == "." ? "_" : $0 })
      all["\(name)_SERVICE_HOST"] = service.spec.clusterIP
      if let port = service.spec.ports.first { all["\(name)_SERVICE_PORT"] = String(port.port) }
    }
  }

  /// The value of a variable that is taken from elsewhere; nil when it is not there.
  private func value(of source: EnvVarSource, _ container: Container) -> String? {
    if let field = source.fieldRef { return value(ofField: field.fieldPath) }
    if let resource = source.resourceFieldRef { return value(of: resource, container) }
    if let reference = source.configMapKeyRef {
      return find(ConfigMap.self, reference.name)?.data[reference.key]
    }
    if let reference = source.secretKeyRef {
      return find(Secret.self, reference.name)?.data[reference.key].flatMap(Base64.decodedText)
    }
    return source.fileKeyRef.flatMap { value(in: $0) }
  }

  /// The value of a variable in a file of a volume, of lines `NAME='value'`.
  private func value(in file: FileKeySelector) -> String? {
    guard case .file(let text, _)? = runtime.volumes[file.volumeName]?[file.path] else {
      return nil
    }
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0] == file.key else { continue }
      let value = parts[1]
      let isQuoted = value.count > 1 && value.hasPrefix("'") && value.hasSuffix("'")
      return String(isQuoted ? value.dropFirst().dropLast() : value)
    }
    return nil
  }

  /// A field of the pod as text. Addresses are known here before the status tells them.
  private func value(ofField path: String) -> String? {
    switch path {
    case "spec.serviceAccountName" where pod.spec.serviceAccountName.isEmpty: "default"
    case "status.hostIP", "status.hostIPs": node.address
    case "status.podIP", "status.podIPs": pod.spec.hostNetwork ? node.address : runtime.addressText
    default: DownwardFields(of: pod, in: snapshot).text(at: path)
    }
  }

  /// A limit or request of a container, of this one unless another is named.
  private func value(of field: ResourceFieldSelector, _ container: Container) -> String {
    var field = field
    if field.containerName.isEmpty { field.containerName = container.name }
    return DownwardFields(of: pod, in: snapshot).amount(field) ?? "0"
  }

  // MARK: $(NAME)

  func expand(_ words: [String], _ variables: StringMap<String>) -> [String] {
    words.map { expand($0, variables, [:]) }
  }

  /// `$(NAME)` becomes the variable's value, `$$` becomes `$`, and what is not known stays.
  private func expand(
    _ text: String, _ variables: StringMap<String>, _ more: StringMap<String>
  ) -> String {
    guard text.contains("$") else { return text }
    var result = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      guard character == "$" else {
        result.append(character)
        continue
      }
      if rest.first == "$" {
        result.append("$")
        rest.removeFirst()
      } else if rest.first == "(", let end = rest.firstIndex(of: ")") {
        let name = String(rest[rest.index(after: rest.startIndex)..<end])
        result += variables[name] ?? more[name] ?? "$(\(name))"
        rest = rest[rest.index(after: end)...]
      } else {
        result.append(character)
      }
    }
    return result
  }
}
