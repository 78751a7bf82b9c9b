import KubeModel

/// A change of an object, in one of the API's forms.
public enum Patch: Hashable, Sendable {
  /// A JSON merge patch (RFC 7386): objects are merged, null deletes, lists are replaced.
  case merge(JSONValue)
  /// A strategic merge patch: as a merge patch, but lists with a merge key are merged by it.
  case strategic(JSONValue)
  /// A JSON patch (RFC 6902): a list of operations.
  case json(JSONValue)
}

extension APIServer {
  /// Changes an object by a patch and returns it as stored.
  ///
  /// A resourceVersion in the patch is a precondition, as in an update.
  ///
  /// - Throws: NotFound, Conflict, Invalid, BadRequest for what is no patch.
  /// - Upstream: `apiserver/pkg/endpoints/handlers/patch.go` (v1.36).
  @discardableResult public mutating func patch<Object: APIObject>(
    _ kind: Object.Type, _ key: ObjectKey, _ patch: Patch, part: Part = .main, at now: Timestamp,
    sink: inout some ChangeSink
  ) throws(APIError) -> Object {
    guard let old = store[kind, key] else { throw .notFound(kind.resource, "") }
    let new = try Self.applied(patch, to: old, rules.rules(for: kind))
    return try update(key, with: new, part: part, at: now, sink: &sink)
  }
}

extension APIServer {
  // Opens the box around the rules.
  private static func applied<Rules: KindRules>(
    _ patch: Patch, to old: Rules.Object, _ rules: Rules
  ) throws(APIError) -> Rules.Object {
    try patch.applied(to: old, rules: rules)
  }
}
