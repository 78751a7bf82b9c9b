import KubeModel

/// A patch of the form of RFC 7386: members replace members, null takes them away, lists are
/// replaced as a whole.
///
/// Follows evanphx/json-patch v4 as upstream uses it. Objects that were looked into come out sorted
/// by key, as there; errors show the patched object.
enum JSONMergePatch {
  static func apply(_ patch: JSONValue, to value: JSONValue) throws(PatchError) -> JSONValue {
    guard case .object = patch else { throw .malformed("Invalid JSON Patch") }
    return merge(value, patch)
  }

  private static func merge(_ value: JSONValue, _ patch: JSONValue) -> JSONValue {
    guard case .object(var members) = value, case .object(let changes) = patch else {
      return withoutNulls(patch)
    }
    for (key, change) in changes {
      if change.isNull {
        members.removeValue(forKey: key)
      } else if let old = members[key], !old.isNull {
        members[key] = merge(old, change)
      } else {
        members[key] = withoutNulls(change)
      }
    }
    return .object(members.sortedByKey)
  }

  /// Null members of new objects mean nothing.
  static func withoutNulls(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let members):
      return .object(
        JSONObject(
          members.filter { !$0.value.isNull }.map { ($0.key, withoutNulls($0.value)) }
        ).sortedByKey)
    case .array(let elements): return .array(elements.map(withoutNulls))
    default: return value
    }
  }
}

extension JSONObject {
  /// The same members in the order of their keys.
  var sortedByKey: JSONObject { JSONObject(sorted { $0.key < $1.key }.map { ($0.key, $0.value) }) }
}
