import KubeModel

/// One field that is wrong, in the words of the API server.
///
/// Follows `apimachinery/pkg/util/validation/field/errors.go` (v1.36).
public struct FieldError: Hashable, Sendable {
  /// What sort of mistake it is; the raw value stands in the causes of a `Status`.
  public enum Kind: String, Sendable {
    case required = "FieldValueRequired"
    case invalid = "FieldValueInvalid"
    case notSupported = "FieldValueNotSupported"
    case forbidden = "FieldValueForbidden"
    case duplicate = "FieldValueDuplicate"
    case notFound = "FieldValueNotFound"
    case tooLong = "FieldValueTooLong"
    case tooMany = "FieldValueTooMany"
    case tooFew = "FieldValueTooFew"
    case typeInvalid = "FieldValueTypeInvalid"
    case internalError = "InternalError"

    /// How a text begins.
    var words: String {
      switch self {
      case .required: "Required value"
      case .invalid, .typeInvalid: "Invalid value"
      case .notSupported: "Unsupported value"
      case .forbidden: "Forbidden"
      case .duplicate: "Duplicate value"
      case .notFound: "Not found"
      case .tooLong: "Too long"
      case .tooMany: "Too many"
      case .tooFew: "Too few"
      case .internalError: "Internal error"
      }
    }

    /// True when the text shows the value.
    var showsValue: Bool {
      switch self {
      case .required, .forbidden, .tooLong, .internalError: false
      default: true
      }
    }
  }

  /// The sort of mistake.
  public var kind: Kind
  /// As `spec.containers[0].name`.
  public var field: String
  /// The value that is wrong; nil where the text shows none.
  public var value: JSONValue?
  /// What is wrong with it; may be empty.
  public var detail: String

  /// An error with these words.
  public init(_ kind: Kind, _ field: FieldPath, _ value: JSONValue? = nil, _ detail: String = "") {
    self.kind = kind
    self.field = field.description
    self.value = kind.showsValue ? value : nil
    self.detail = detail
  }

  /// The text without the field: `Invalid value: "x": must be an integer`.
  public var body: String {
    var text = kind.words
    if let value { text += ": " + Self.text(of: value) }
    if !detail.isEmpty { text += ": " + detail }
    return text
  }

  /// The whole text: `spec.replicas: Invalid value: -1: must be greater than or equal to 0`.
  public var description: String { field.isEmpty ? body : "\(field): \(body)" }

  /// The same as a cause of an ``APIError``.
  public var cause: APIError.Cause {
    APIError.Cause(type: kind.rawValue, message: body, field: field)
  }

  private static func text(of value: JSONValue) -> String {
    if case .string(let text) = value { return GoText.quoted(text) }
    // Go escapes in JSON what is special in HTML.
    return value.text().reduce(into: "") { text, character in
      switch character {
      case "<": text += "\\u003c"
      case ">": text += "\\u003e"
      case "&": text += "\\u0026"
      default: text.append(character)
      }
    }
  }
}

extension FieldError: CustomStringConvertible {}

extension APIError {
  /// 422 with one cause for each field: `Deployment.apps "web" is invalid: …`.
  public static func invalid(
    _ resource: APIResource, _ name: String, _ errors: [FieldError]
  ) -> APIError {
    invalid(resource, name, errors.map(\.cause))
  }
}
