import KubeModel
import KubeReconcile

/// The files that a volume of a pod brings along: those of a ConfigMap, a Secret, the pod's own
/// fields, or several of them.
///
/// A pure function of pod and snapshot: it is what the kubelet would write at this instant. Volumes
/// of other sorts bring none.
///
/// ```swift
/// let contents = VolumeContents(of: pod.spec.volumes[0], for: pod, in: snapshot)
/// contents.files["app.conf"]?.text   // "mode=fast"
/// contents.problem                   // nil, or: configmap "settings" not found
/// ```
///
/// - Upstream: `pkg/volume/{configmap,secret,downwardapi,projected}` (v1.36). Owners of files are left
///   out, as are trust bundles and certificates; a token is a text that names the ServiceAccount.
///   Bytes that are no UTF-8 are read as far as they are.
public struct VolumeContents: Hashable, Sendable {
  /// A file: its text, and its permission bits as in `chmod`.
  public struct File: Hashable, Sendable {
    /// What is in it.
    public var text: String
    /// Its permission bits; 0644 unless the volume or the item says otherwise.
    public var mode: Int32
  }

  /// The files by path within the volume.
  public private(set) var files: StringMap<File> = [:]
  /// Why the volume cannot be mounted; nil when it can.
  public private(set) var problem: String?

  /// Reads the sources of a volume.
  ///
  /// - Complexity: O(files).
  public init(of volume: Volume, for pod: Pod, in snapshot: Snapshot) {
    var reader = VolumeReader(pod, snapshot)
    problem = reader.read(volume)
    files = reader.files
  }
}

/// Reads the sources of volumes.
private struct VolumeReader {
  let pod: Pod
  let snapshot: Snapshot
  var files: StringMap<VolumeContents.File> = [:]
  private var defaultMode: Int32 = 0o644

  init(_ pod: Pod, _ snapshot: Snapshot) {
    self.pod = pod
    self.snapshot = snapshot
  }

  /// Adds the files of a volume, or says what is missing.
  mutating func read(_ volume: Volume) -> String? {
    let mode =
      volume.configMap?.defaultMode ?? volume.secret?.defaultMode
      ?? volume.downwardAPI?.defaultMode ?? volume.projected?.defaultMode
    defaultMode = mode ?? 0o644
    if let source = volume.configMap {
      return add(configMap: source.name, source.items, source.optional)
    }
    if let source = volume.secret {
      return add(secret: source.secretName, source.items, source.optional)
    }
    if let source = volume.downwardAPI { return add(fields: source.items) }
    guard let projected = volume.projected else { return nil }
    var problems: [String] = []
    for source in projected.sources {
      if let problem = add(source) { problems.append(problem) }
    }
    return Self.joined(problems)
  }

  /// Several errors as Go's aggregate writes them.
  private static func joined(_ problems: [String]) -> String? {
    var distinct: [String] = []
    for problem in problems where !distinct.contains(problem) { distinct.append(problem) }
    if distinct.count < 2 { return distinct.first }
    return "[" + distinct.joined(separator: ", ") + "]"
  }

  private mutating func add(_ source: VolumeProjection) -> String? {
    if let map = source.configMap {
      return add(configMap: map.name, map.items, map.optional)
    }
    if let secret = source.secret { return add(secret: secret.name, secret.items, secret.optional) }
    if let fields = source.downwardAPI { return add(fields: fields.items) }
    if let token = source.serviceAccountToken {
      let account = pod.spec.serviceAccountName
      put("token of \(pod.metadata.namespace)/\(account)", at: token.path, nil)
    }
    return nil
  }

  private mutating func add(
    configMap name: String, _ items: [KeyToPath], _ optional: Bool?
  ) -> String? {
    guard let map = find(ConfigMap.self, name) else {
      return optional == true ? nil : Missing.configMap(name)
    }
    var data = map.data
    for (key, bytes) in map.binaryData { data[key] = Base64.decodedText(bytes) ?? "" }
    return add(data, items, optional) { "configmap references non-existent config key: \($0)" }
  }

  private mutating func add(
    secret name: String, _ items: [KeyToPath], _ optional: Bool?
  ) -> String? {
    guard let secret = find(Secret.self, name) else {
      return optional == true ? nil : Missing.secret(name)
    }
    let data = secret.data.mapValues { Base64.decodedText($0) ?? "" }
    return add(data, items, optional) { "references non-existent secret key: \($0)" }
  }

  /// All keys, or those that are named, under the paths that they are to have.
  private mutating func add(
    _ data: StringMap<String>, _ items: [KeyToPath], _ optional: Bool?,
    missing: (String) -> String
  ) -> String? {
    if items.isEmpty {
      for (key, text) in data { put(text, at: key, nil) }
      return nil
    }
    for item in items {
      if let text = data[item.key] {
        put(text, at: item.path, item.mode)
      } else if optional != true {
        return missing(item.key)
      }
    }
    return nil
  }

  private mutating func add(fields items: [DownwardAPIVolumeFile]) -> String? {
    var problems: [String] = []
    let fields = DownwardFields(of: pod, in: snapshot)
    for item in items {
      if let reference = item.fieldRef {
        put(fields.text(at: reference.fieldPath) ?? "", at: item.path, item.mode)
      } else if let reference = item.resourceFieldRef {
        if let text = fields.amount(reference) {
          put(text, at: item.path, item.mode)
        } else {
          problems.append("container \(reference.containerName) not found")
        }
      }
    }
    return Self.joined(problems)
  }

  private mutating func put(_ text: String, at path: String, _ mode: Int32?) {
    files[path] = VolumeContents.File(text: text, mode: mode ?? defaultMode)
  }

  private func find<Object: APIObject>(_ kind: Object.Type, _ name: String) -> Object? {
    snapshot[kind, pod.metadata.namespace, name]
  }
}
