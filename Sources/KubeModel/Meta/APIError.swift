/// The API server's refusal, as the `Status` object it would send.
///
/// ```swift
/// do { try cluster.create(deployment) } catch {
///   error.code     // 422
///   error.reason   // .invalid
///   error.message  // Deployment.apps "web" is invalid: spec.replicas: Invalid value: -1: …
/// }
/// ```
///
/// Follows `apimachinery/pkg/api/errors` (v1.36).
public struct APIError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The HTTP code.
  public var code: Int
  /// The machine-readable reason.
  public var reason: Reason
  /// The text.
  public var message: String
  /// What it is about and which fields are wrong.
  public var details: Details
  /// Where the request stands, as `web.yaml, document 2`; empty for one that was made in code.
  public var source = ""

  /// Why a request was refused.
  public struct Reason: APIStringEnum {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let notFound = Self(rawValue: "NotFound")
    public static let alreadyExists = Self(rawValue: "AlreadyExists")
    public static let conflict = Self(rawValue: "Conflict")
    public static let forbidden = Self(rawValue: "Forbidden")
    public static let invalid = Self(rawValue: "Invalid")
    public static let badRequest = Self(rawValue: "BadRequest")
    public static let expired = Self(rawValue: "Expired")
    public static let tooManyRequests = Self(rawValue: "TooManyRequests")
    public static let internalError = Self(rawValue: "InternalError")
    public static let methodNotAllowed = Self(rawValue: "MethodNotAllowed")
    public static let timeout = Self(rawValue: "Timeout")
  }

  /// What an error is about.
  public struct Details: Hashable, Sendable {
    /// The name of the object.
    public var name = ""
    /// The group of the kind.
    public var group = ""
    /// The kind, or the plural resource, as upstream has it.
    public var kind = ""
    /// The fields that are wrong.
    public var causes: [Cause] = []
    /// When to try again.
    public var retryAfterSeconds: Int32 = 0

    /// Nothing said.
    public init() {}
  }

  /// One thing that is wrong.
  public struct Cause: Hashable, Sendable {
    /// As `FieldValueInvalid`.
    public var type: String
    /// The text without the field.
    public var message: String
    /// As `spec.replicas`.
    public var field: String

    /// A cause.
    public init(type: String, message: String, field: String) {
      self.type = type
      self.message = message
      self.field = field
    }
  }

  /// An error with these words.
  public init(code: Int, reason: Reason, message: String, details: Details = Details()) {
    self.code = code
    self.reason = reason
    self.message = message
    self.details = details
  }

  /// The text, and before it where the request stands.
  public var description: String { source.isEmpty ? message : "\(source): \(message)" }

  /// The `Status` object as the API sends it.
  public var status: JSONValue {
    var body: JSONValue = [
      "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure",
      "message": .string(message), "reason": .string(reason.rawValue), "code": .int(Int64(code)),
    ]
    var shown = JSONObject()
    if !details.name.isEmpty { shown["name"] = .string(details.name) }
    if !details.group.isEmpty { shown["group"] = .string(details.group) }
    if !details.kind.isEmpty { shown["kind"] = .string(details.kind) }
    if !details.causes.isEmpty {
      shown["causes"] = .array(
        details.causes.map {
          ["reason": .string($0.type), "message": .string($0.message), "field": .string($0.field)]
        })
    }
    if details.retryAfterSeconds > 0 {
      shown["retryAfterSeconds"] = .int(Int64(details.retryAfterSeconds))
    }
    if !shown.isEmpty { body["details"] = .object(shown) }
    return body
  }
}

extension APIError {
  private static func about(_ resource: APIResource, _ name: String) -> Details {
    var details = Details()
    details.name = name
    details.group = resource.group
    details.kind = resource.plural
    return details
  }

  /// 404: `pods "web-0" not found`.
  public static func notFound(_ resource: APIResource, _ name: String) -> APIError {
    APIError(
      code: 404, reason: .notFound, message: "\(resource.qualifiedName) \"\(name)\" not found",
      details: about(resource, name))
  }

  /// 409: `pods "web-0" already exists`.
  public static func alreadyExists(_ resource: APIResource, _ name: String) -> APIError {
    APIError(
      code: 409, reason: .alreadyExists,
      message: "\(resource.qualifiedName) \"\(name)\" already exists",
      details: about(resource, name))
  }

  /// 409: `Operation cannot be fulfilled on pods "web-0": …`.
  public static func conflict(
    _ resource: APIResource, _ name: String, _ cause: String
  ) -> APIError {
    APIError(
      code: 409, reason: .conflict,
      message: "Operation cannot be fulfilled on \(resource.qualifiedName) \"\(name)\": \(cause)",
      details: about(resource, name))
  }

  /// 403: `pods "web-0" is forbidden: …`; without a name `pods is forbidden: …`.
  public static func forbidden(
    _ resource: APIResource, _ name: String, _ cause: String
  ) -> APIError {
    let subject = name.isEmpty ? resource.qualifiedName : "\(resource.qualifiedName) \"\(name)\""
    return APIError(
      code: 403, reason: .forbidden, message: "\(subject) is forbidden: \(cause)",
      details: about(resource, name))
  }

  /// 400 with this text.
  public static func badRequest(_ message: String) -> APIError {
    APIError(code: 400, reason: .badRequest, message: message)
  }

  /// 422: `Deployment.apps "web" is invalid: …`, one cause a field.
  public static func invalid(
    _ resource: APIResource, _ name: String, _ causes: [Cause]
  ) -> APIError {
    var details = about(resource, name)
    details.kind = resource.kind
    details.causes = causes
    // Upstream names each distinct error once.
    var texts: [String] = []
    for cause in causes {
      let text = cause.field.isEmpty ? cause.message : "\(cause.field): \(cause.message)"
      if !texts.contains(text) { texts.append(text) }
    }
    let list = texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
    return APIError(
      code: 422, reason: .invalid,
      message: "\(resource.qualifiedKind) \"\(name)\" is invalid: \(list)", details: details)
  }
}
