import KubeModel

// How a patch becomes a changed object.
//
// Follows   apiserver/pkg/endpoints/handlers/patch.go (v1.36)
// Left out  server-side apply; the search for members that a patch's text has twice

extension Patch {
  /// What becomes of fields that the type does not have.
  public enum FieldValidation: String, Sendable {
    /// They are dropped.
    case ignore = "Ignore"
    /// They are dropped, with a warning.
    case warn = "Warn"
    /// The request is refused.
    case strict = "Strict"
  }

  /// The object with this change and its defaults; it is not validated.
  ///
  /// - Throws: BadRequest for what is no patch, Invalid for a result that is no object of the kind,
  ///   and errors without a reason for what a strategic merge patch cannot do.
  public func applied<Rules: KindRules>(
    to object: Rules.Object, rules: Rules, validation: FieldValidation = .ignore
  ) throws(APIError) -> Rules.Object {
    var warnings: [String] = []
    return try applied(to: object, rules: rules, validation: validation, warnings: &warnings)
  }

  /// The same, and adds to the warnings.
  public func applied<Rules: KindRules>(
    to object: Rules.Object, rules: Rules, validation: FieldValidation,
    warnings: inout [String]
  ) throws(APIError) -> Rules.Object {
    let (result, shown) = try patched(object.manifest, Rules.Object.self, validation)
    var changed: Rules.Object
    do {
      changed = try Rules.Object(manifest: result, strict: validation == .strict)
    } catch {
      var text = error.text
      if case .strategic = self { text = Self.converterText(error) }
      throw refusal(of: shown, text)
    }
    if validation == .warn {
      do { _ = try Rules.Object(manifest: result, strict: true) } catch {
        let text = error.text.replacing("strict decoding error: ", with: "")
        warnings += text.split(separator: ", unknown field ").enumerated().map {
          $0.offset == 0 ? String($0.element) : "unknown field " + $0.element
        }
      }
    }
    rules.setDefaults(&changed)
    return changed
  }

  /// The patched JSON, and what an error about it shows.
  private func patched(
    _ manifest: JSONValue, _ type: any APIObject.Type, _ validation: FieldValidation
  ) throws(APIError) -> (JSONValue, String) {
    do throws(PatchError) {
      switch self {
      case .json(let body):
        let result = try JSONPatch.apply(body, to: manifest)
        return (result, result.text())
      case .merge(let body):
        if validation != .ignore, body.objectValue == nil, !body.isNull {
          throw .malformed(
            "error decoding patch: json: cannot unmarshal \(body.sortName) into Go value of type "
              + "map[string]interface {}")
        }
        let result = try JSONMergePatch.apply(body, to: manifest)
        return (result, result.text())
      case .strategic(let body):
        guard var changes = body.objectValue, let members = manifest.objectValue else {
          throw .malformed(
            "json: cannot unmarshal \(body.sortName) into Go value of type map[string]interface {}")
        }
        let result = try StrategicMergePatch.apply(&changes, to: members, type)
        return (.object(result), GoPrint.text(.object(changes)))
      }
    } catch {
      throw error.asAPIError
    }
  }

  private func refusal(of shown: String, _ text: String) -> APIError {
    let error = FieldError(.invalid, FieldPath("patch"), .string(shown), text)
    return APIError(
      code: 422, reason: .invalid, message: " \"\" is invalid: \(error.description)",
      details: details(error))
  }

  private func details(_ error: FieldError) -> APIError.Details {
    var details = APIError.Details()
    details.causes = [error.cause]
    return details
  }

  /// A strategic merge patch is turned into the type by another reader, which has words of its own.
  private static func converterText(_ failure: DecodingFailure) -> String {
    guard let mismatch = failure.mismatch else { return failure.text }
    let found =
      switch mismatch.found {
      case .object: "map"
      case .array: "slice"
      case .int: "int64"
      case .double: "float64"
      case .string: "string"
      case .bool: "bool"
      case .null: "invalid"
      }
    let wanted = mismatch.wanted
    if wanted.hasPrefix("[]") { return "cannot restore slice from \(found)" }
    if wanted.hasPrefix("map[") { return "cannot restore map from \(found)" }
    // Only a struct is not read from a text.
    if wanted.hasPrefix("v1."), case .string = mismatch.found {
      return "cannot restore struct from: \(found)"
    }
    return "unrecognized type: \(wanted.hasPrefix("v1.") ? "string" : wanted)"
  }
}
