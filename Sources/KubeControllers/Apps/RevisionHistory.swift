// The templates that a StatefulSet or a DaemonSet has had, kept as ControllerRevisions.
//
// Follows   pkg/controller/history/controller_history.go (v1.36)

import KubeModel
import KubeReconcile

/// What both kinds do with their ControllerRevisions.
enum RevisionHistory {
  /// The label by which a pod knows its revision; of a DaemonSet's revisions it is the label too.
  static let hashLabel = "controller-revision-hash"

  /// The patch that puts a template back: what a revision keeps.
  static func patch(_ template: PodTemplateSpec) -> JSONValue {
    var json = template.json
    json["$patch"] = "replace"
    return ["spec": ["template": json]]
  }

  /// The template that a revision keeps; nil when it keeps something else.
  static func template(of revision: ControllerRevision) -> PodTemplateSpec? {
    guard var json = revision.data?["spec"]?["template"] else { return nil }
    json["$patch"] = nil
    return try? PodTemplateSpec(json: json)
  }

  /// The hash in the name of a StatefulSet's revision: FNV-1 over the patch as Go writes it, and
  /// the digits of the collision count.
  ///
  /// A set `db` that is created the same way has the revision of the same name in a real cluster.
  static func hash(of patch: JSONValue, collisionCount: Int32) -> String {
    var hash: UInt32 = 2_166_136_261
    for byte in (patch.goText + String(collisionCount)).utf8 {
      hash = (hash &* 16_777_619) ^ UInt32(byte)
    }
    return TemplateHash.safeText(String(hash))
  }

  /// As `web-6997bb6bc`; the owner's part is cut after 223 characters.
  static func name(_ owner: String, _ hash: String) -> String { "\(owner.prefix(223))-\(hash)" }

  /// A revision as its owner makes it; it keeps the template, and nothing is written yet.
  static func revision<Owner: APIObject>(
    of owner: Owner, _ template: PodTemplateSpec, _ patch: JSONValue, named name: String,
    number: Int64, labelled label: String, _ hash: String
  ) -> ControllerRevision {
    var revision = ControllerRevision()
    var metadata = ObjectMeta()
    metadata.name = name
    metadata.namespace = owner.metadata.namespace
    metadata.labels = template.metadata.labels
    metadata.labels[label] = hash
    metadata.annotations = owner.metadata.annotations
    metadata.ownerReferences = [OwnerReference(controller: owner)]
    revision.metadata = metadata
    revision.data = patch
    revision.revision = number
    return revision
  }

  /// The number of a template that becomes the present one now.
  static func nextNumber(after revisions: some Sequence<ControllerRevision>) -> Int64 {
    revisions.reduce(0) { max($0, $1.revision) } &+ 1
  }
}

extension ControllerRevision {
  /// The order of a history: by number, then by age, then by name.
  static func precedes(_ one: Self, _ other: Self) -> Bool {
    if one.revision != other.revision { return one.revision < other.revision }
    let (created, otherCreated) = (one.metadata.creationTimestamp, other.metadata.creationTimestamp)
    if let created, let otherCreated, created != otherCreated { return created < otherCreated }
    return one.metadata.name < other.metadata.name
  }
}

extension JSONValue {
  /// The text that Go's encoder writes of a map: keys sorted, and `<`, `>` and `&` escaped.
  fileprivate var goText: String {
    switch self {
    case .object(let members):
      let parts = members.keys.sorted().map { key in
        JSONValue.string(key).goText + ":" + (members[key] ?? .null).goText
      }
      return "{" + parts.joined(separator: ",") + "}"
    case .array(let elements): return "[" + elements.map(\.goText).joined(separator: ",") + "]"
    case .string:
      return text().unicodeScalars.reduce(into: "") { text, scalar in
        switch scalar {
        case "<", ">", "&": text += "\\u00" + String(scalar.value, radix: 16)
        case "\u{2028}", "\u{2029}": text += "\\u" + String(scalar.value, radix: 16)
        default: text.unicodeScalars.append(scalar)
        }
      }
    default: return text()
    }
  }
}
