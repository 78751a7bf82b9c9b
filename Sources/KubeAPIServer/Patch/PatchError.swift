import KubeModel

/// Why a patch cannot be applied.
enum PatchError: Error {
  /// A text that the server answers as it is.
  case plain(String)
  /// The patch is not what its type says.
  case malformed(String)
  /// An operation that does not fit the object.
  case rejected

  /// What the client gets.
  var asAPIError: APIError {
    switch self {
    // Upstream gives these no reason, and the server answers with code 500.
    case .plain(let text): APIError(code: 500, reason: APIError.Reason(rawValue: ""), message: text)
    case .malformed(let text): .badRequest(text)
    case .rejected:
      APIError(
        code: 422, reason: .invalid,
        message: "the server rejected our request due to an error in our request")
    }
  }
}
