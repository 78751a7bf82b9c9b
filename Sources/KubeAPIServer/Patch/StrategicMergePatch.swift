import KubeModel

/// A patch that knows the types: lists of named things are merged by name, and directives in the
/// patch say what else is to happen.
///
/// | directive | meaning |
/// |---|---|
/// | `$patch: replace` or `delete` | the object, or the whole list, is replaced; the object goes |
/// | `$retainKeys: [...]` | members that are not named go |
/// | `$setElementOrder/list: [...]` | the order of the whole list |
/// | `$deleteFromPrimitiveList/list: [...]` | plain values go from the list |
///
/// Follows `apimachinery/pkg/util/strategicpatch/patch.go` (v1.36).
struct StrategicMergePatch {
  static let retainKeys = "$retainKeys"
  static let setElementOrder = "$setElementOrder/"
  static let deleteFromList = "$deleteFromPrimitiveList/"
  static let directive = "$patch"

  /// Applies a patch, from which the directives are taken that were carried out.
  static func apply(
    _ patch: inout JSONObject, to object: JSONObject, _ type: (any APIValue.Type)?
  ) throws(PatchError) -> JSONObject {
    try mergeObject(object, &patch, type)
  }

  static func mergeObject(
    _ original: JSONObject, _ patch: inout JSONObject, _ type: (any APIValue.Type)?
  ) throws(PatchError) -> JSONObject {
    if let directive = patch[directive] {
      switch directive {
      case "replace":
        patch.removeValue(forKey: Self.directive)
        return patch
      case "delete": return JSONObject()
      default:
        throw .plain(
          "unknown patch type: \(GoPrint.text(directive)) in map: \(GoPrint.text(.object(patch)))")
      }
    }
    let schema = type.map { Schema(of: $0) }
    var result = original
    try keepRetained(&result, &patch)
    try mergeOrdered(&result, &patch, schema)
    for key in patch.keys.sorted() {
      guard var change = patch[key] else { continue }
      try merge(&result, key, &change, schema)
      // Errors show the patch without the directives that were carried out.
      patch[key] = change
    }
    return result
  }

  private static func merge(
    _ result: inout JSONObject, _ key: String, _ change: inout JSONValue, _ schema: Schema?
  ) throws(PatchError) {
    let isDeletion = key.hasPrefix(deleteFromList)
    let field = isDeletion ? String(key.dropFirst(deleteFromList.count)) : key
    if change.isNull {
      result.removeValue(forKey: field)
      return
    }
    guard let old = result[field], old.sortName == change.sortName else {
      // New, or of another sort than before: the patch's value as it is.
      if !isDeletion { result[field] = removingDirectives(change) }
      return
    }
    switch (old, change) {
    case (.object(let members), .object(var changes)):
      result[field] = .object(try mergeObject(members, &changes, schema?[field]?.element))
      change = .object(changes)
    case (.array(let elements), .array(var changes)):
      let rule = schema?[field]?.merge ?? .replace
      let element = schema?[field]?.element
      result[field] = .array(
        try mergeList(elements, &changes, rule, element, isDeletion: isDeletion))
      change = .array(changes)
    default: result[field] = change
    }
  }

  /// Takes away what a list of names to keep does not name.
  private static func keepRetained(
    _ result: inout JSONObject, _ patch: inout JSONObject
  ) throws(PatchError) {
    guard let names = patch.removeValue(forKey: retainKeys) else { return }
    guard let kept = names.arrayValue?.map({ $0.stringValue ?? "" }) else {
      throw .plain("invalid patch format of retainKeys")
    }
    for (key, value) in patch where !value.isNull && !key.hasPrefix("$") {
      if !kept.contains(key) { throw .plain("invalid patch format of retainKeys") }
    }
    for key in result.keys where !kept.contains(key) { result.removeValue(forKey: key) }
  }

  /// What a patch adds: without nulls, and without what bears a directive. Nil when nothing is
  /// left.
  static func removingDirectives(_ value: JSONValue) -> JSONValue? {
    switch value {
    case .object(let members):
      if members[directive] != nil { return nil }
      var kept = JSONObject()
      for (key, inner) in members where !inner.isNull {
        if let inner = removingDirectives(inner) { kept[key] = inner }
      }
      return .object(kept)
    case .array(let elements): return .array(elements.compactMap(removingDirectives))
    default: return value
    }
  }
}
