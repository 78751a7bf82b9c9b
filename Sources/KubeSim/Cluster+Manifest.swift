import KubeAPIServer
import KubeModel
import SimulationKernel

// The verbs by manifest and by the name of a kind, on top of the typed ones.

extension Cluster {
  /// Reads the object of a manifest, strictly: what does not fit or is unknown is refused.
  ///
  /// `objections` are what a strict reader of the text found before (keys that come twice), in the
  /// server's words.
  ///
  /// - Throws: NotFound for a kind that there is none of, BadRequest for all else.
  /// - Upstream: `apiserver/pkg/endpoints/handlers/create.go` (v1.36).
  public func decode(
    manifest: JSONValue, objections: [String] = []
  ) throws(APIError) -> any APIObject {
    guard case .object = manifest else {
      throw .badRequest(
        "json: cannot unmarshal \(manifest.sortName) into Go value of type runtime.Object")
    }
    let apiVersion = manifest["apiVersion"]?.stringValue ?? ""
    let name = manifest["kind"]?.stringValue ?? ""
    if name.isEmpty { throw .badRequest("Object 'Kind' is missing in '\(manifest.text())'") }
    if apiVersion.isEmpty {
      throw .badRequest("Object 'apiVersion' is missing in '\(manifest.text())'")
    }
    guard let kind = kind(apiVersion, name) else { throw .noMatch(name, apiVersion) }
    if AutoscalerV1.names(apiVersion, name) {
      return try decode(AutoscalerV1.converted(manifest), as: kind, objections)
    }
    return try decode(manifest, as: kind, objections)
  }

  private func decode<Object: APIObject>(
    _ manifest: JSONValue, as kind: Object.Type, _ objections: [String]
  ) throws(APIError) -> any APIObject {
    let strict = "strict decoding error: "
    var found = objections.isEmpty ? [] : ["yaml: unmarshal errors:"]
    found = [(found + objections.map { "  " + $0 }).joined(separator: "\n")].filter { !$0.isEmpty }
    do {
      let object = try Object(manifest: manifest)
      if found.isEmpty { return object }
    } catch {
      guard error.text.hasPrefix(strict) else { throw .undecodable(kind.resource, error.text) }
      found.append(String(error.text.dropFirst(strict.count)))
    }
    throw .undecodable(kind.resource, strict + found.joined(separator: ", "))
  }

  /// Creates the object of a manifest, or, when it is there, replaces its spec and merges its
  /// labels and annotations. Returns it as stored.
  ///
  /// - Throws: what `decode(manifest:)` and `apply` throw.
  @discardableResult public mutating func apply(
    manifest: JSONValue
  ) throws(APIError) -> any APIObject {
    try apply(try decode(manifest: manifest))
  }

  /// An object by the word for its kind, as kubectl takes it: `pod`, `deploy`, `Deployment`.
  ///
  /// - Throws: NotFound for a kind or an object that is not there.
  public func get(
    kind word: String, name: String, namespace: String = "default"
  ) throws(APIError) -> any APIObject {
    try server.get(try knownKind(word), namespace, name)
  }

  /// The objects of a kind by the word for it, of one namespace or of all, sorted by namespace and
  /// name.
  ///
  /// - Throws: NotFound for a kind that is not there, BadRequest for a field that the kind cannot
  ///   be selected by.
  public func list(
    kind word: String, namespace: String? = nil, labels: Selector = .everything,
    fields: FieldSelector = .everything
  ) throws(APIError) -> [any APIObject] {
    try server.list(
      try knownKind(word), namespace: namespace, labels: labels, fields: fields)
  }

  /// Deletes an object, or begins to, by the word for its kind.
  ///
  /// - Throws: NotFound, Conflict, Forbidden.
  public mutating func delete(
    kind word: String, name: String, namespace: String = "default", _ options: DeleteOptions? = nil
  ) throws(APIError) {
    try delete(try knownKind(word), name, namespace: namespace, options)
  }

  /// Changes an object by a patch, by the word for its kind, and returns it as stored.
  ///
  /// - Throws: NotFound, Invalid, BadRequest for what is no patch.
  @discardableResult public mutating func patch(
    kind word: String, name: String, namespace: String = "default", _ patch: Patch
  ) throws(APIError) -> any APIObject {
    try self.patch(try knownKind(word), name, namespace: namespace, patch)
  }

  /// The kind that a word means.
  ///
  /// - Throws: NotFound when there is no such kind.
  public func knownKind(_ word: String) throws(APIError) -> any APIObject.Type {
    if let kind = kind(named: word) { return kind }
    throw APIError(
      code: 404, reason: .notFound, message: "the server doesn't have a resource type \"\(word)\"")
  }
}

extension APIError {
  /// 404: `no matches for kind "Foo" in version "x/v1"`.
  public static func noMatch(_ kind: String, _ apiVersion: String) -> APIError {
    APIError(
      code: 404, reason: .notFound,
      message: "no matches for kind \"\(kind)\" in version \"\(apiVersion)\"")
  }

  /// 400: `Pod in version "v1" cannot be handled as a Pod: …`.
  static func undecodable(_ resource: APIResource, _ why: String) -> APIError {
    let kind = resource.kind
    return .badRequest(
      "\(kind) in version \"\(resource.version)\" cannot be handled as a \(kind): \(why)")
  }

  /// 501: a verb whose subject KubeSim does not have yet.
  public static func notSupportedYet(_ what: String) -> APIError {
    APIError(
      code: 501, reason: .notSupportedYet, message: "\(what): not supported yet")
  }
}

extension APIError.Reason {
  /// A verb that KubeSim does not have yet; no reason of the real API.
  public static let notSupportedYet = Self(rawValue: "NotSupportedYet")
}
