import KubeModel

/// A value as Go prints the internal form of a struct in an error: `{"Type":"Blue",...}`.
///
/// Internal structs have no JSON names: fields stand capitalised, all of them, and what is empty is
/// null. Structs of the meta group (selectors, metadata) keep their JSON form.
struct GoDump: JSONCodable {
  let json: JSONValue

  init(_ value: some APIValue) {
    json = Self.fields(of: value)
  }

  static func decode(_ json: JSONValue, _ context: inout DecodingContext) -> GoDump? { nil }
  var isEmptyInGo: Bool { json.isNull }
  static var goType: String { "" }

  private static func fields(of value: some APIValue) -> JSONValue {
    if value is LabelSelector || value is ObjectMeta { return value.json }
    if let spec = value as? PodSpec { return PodSpecDump.json(of: spec) }
    var visitor = DumpingFields()
    var copy = value
    copy.visit(&visitor)
    if value is Volume { return PodSpecDump.volume(visitor.members) }
    return .object(visitor.members)
  }

  /// How two values differ, line by line, as refusals of updates show it.
  static func difference(from old: some APIValue, to new: some APIValue) -> String {
    UnifiedDiff.text(
      from: GoDump(old).json.text(indent: 1), to: GoDump(new).json.text(indent: 1))
  }

  static func any(_ value: some JSONCodable) -> JSONValue {
    if let structure = value as? any APIValue { return fields(of: structure) }
    let json = value.json
    switch json {
    case .array(let elements):
      if elements.isEmpty { return .null }
      guard let structures = value as? [any APIValue] else { return json }
      return .array(structures.map { fields(of: $0) })
    case .object(let members): return members.isEmpty ? .null : json
    default: return json
    }
  }

  /// The name of the Go field with this JSON name.
  static func goName(_ name: String) -> String {
    if let known = names[name] { return known }
    guard let first = name.first else { return name }
    return first.uppercased() + name.dropFirst()
  }

  private static let names: StringMap<String> = [
    "httpGet": "HTTPGet", "httpHeaders": "HTTPHeaders", "tcpSocket": "TCPSocket", "grpc": "GRPC",
    "uid": "UID", "os": "OS", "tty": "TTY", "nfs": "NFS", "iscsi": "ISCSI", "rbd": "RBD",
    "fc": "FC", "csi": "CSI", "cephfs": "CephFS", "gcePersistentDisk": "GCEPersistentDisk",
    "awsElasticBlockStore": "AWSElasticBlockStore", "dnsPolicy": "DNSPolicy",
    "dnsConfig": "DNSConfig", "storageos": "StorageOS", "apiVersion": "APIVersion",
    "seLinuxOptions": "SELinuxOptions", "seLinuxChangePolicy": "SELinuxChangePolicy", "ip": "IP",
    "fsGroup": "FSGroup", "fsGroupChangePolicy": "FSGroupChangePolicy",
    "gmsaCredentialSpecName": "GMSACredentialSpecName",
    "gmsaCredentialSpec": "GMSACredentialSpec", "apiGroup": "APIGroup", "pdName": "PDName",
    "fsType": "FSType", "downwardAPI": "DownwardAPI",
  ]
}

/// Collects the fields of a struct under their Go names.
struct DumpingFields: Fields {
  var members = JSONObject()

  mutating func field<Value: JSONCodable>(
    _ name: String, _ value: inout Value, _ presence: FieldPresence, merge: MergeRule
  ) {
    let dump = GoDump.any(value)
    // An embedded ObjectMeta has its fields in the struct around it.
    if name == "metadata", let inner = dump.objectValue {
      for (key, value) in inner { members[key] = value }
    } else {
      members[GoDump.goName(name)] = dump
    }
  }
}
