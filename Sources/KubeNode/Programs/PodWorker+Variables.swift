import KubeModel
import KubePrograms
import SimulationKernel

// What a container finds in its environment, its command line and its files.
//
// Follows   `makeEnvironmentVariables` of pkg/kubelet/kubelet_pods.go, pkg/fieldpath and
//           third_party/forked/golang/expansion (v1.36)
// Left out  fileKeyRef.
extension PodWorker {
  /// The name of the pod's host.
  var hostname: String {
    if pod.spec.hostNetwork { return node.name }
    return pod.spec.hostname.isEmpty ? String(pod.metadata.name.prefix(63)) : pod.spec.hostname
  }

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
    return nil
  }

  /// A field of the pod as text; for all labels or annotations a line `key="value"` each.
  func value(ofField path: String) -> String? {
    let metadata = pod.metadata
    let address = pod.spec.hostNetwork ? node.address : runtime.addressText
    switch path {
    case "metadata.name": return metadata.name
    case "metadata.namespace": return metadata.namespace
    case "metadata.uid": return metadata.uid.description
    case "metadata.labels": return lines(metadata.labels)
    case "metadata.annotations": return lines(metadata.annotations)
    case "spec.nodeName": return pod.spec.nodeName
    case "spec.serviceAccountName":
      return pod.spec.serviceAccountName.isEmpty ? "default" : pod.spec.serviceAccountName
    case "status.hostIP", "status.hostIPs": return node.address
    case "status.podIP", "status.podIPs": return address
    default: break
    }
    guard let open = path.range(of: "['"), path.hasSuffix("']") else { return nil }
    let key = String(path[open.upper...].dropLast(2))
    switch path[..<open.lower] {
    case "metadata.labels": return metadata.labels[key] ?? ""
    case "metadata.annotations": return metadata.annotations[key] ?? ""
    default: return nil
    }
  }

  private func lines(_ map: StringMap<String>) -> String {
    map.map { "\($0.key)=\(GoText.quoted($0.value))" }.joined(separator: "\n")
  }

  /// A limit or request of a container in units of the divisor, rounded up; without a limit that of
  /// the node.
  func value(of field: ResourceFieldSelector, _ container: Container) -> String {
    var named = container
    if !field.containerName.isEmpty {
      named =
        (pod.spec.containers + pod.spec.initContainers).first { $0.name == field.containerName }
        ?? container
    }
    let parts = field.resource.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return "" }
    let list = parts[0] == "limits" ? named.resources.limits : named.resources.requests
    let fallback =
      parts[0] == "limits"
      ? snapshot[Node.self, node.key]?.status.allocatable[parts[1]] : nil
    guard let amount = list[parts[1]] ?? fallback else { return "0" }
    let isProcessor = parts[1] == "cpu"
    let divisor = field.divisor.isZero ? 1 : field.divisor.milliValue ?? 1000
    let unit = field.divisor.isZero ? 1000 : divisor
    if isProcessor { return String(((amount.milliValue ?? 0) + unit - 1) / unit) }
    let step = max(1, unit / 1000)
    return String(((amount.value ?? 0) + step - 1) / step)
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

extension String {
  /// Where a text occurs first.
  fileprivate func range(of text: String) -> (lower: Index, upper: Index)? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return (start, index(start, offsetBy: text.count)) }
      start = index(after: start)
    }
    return nil
  }
}
