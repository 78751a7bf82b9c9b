/// Where a decoder stands in a document, and what it found wrong so far.
public struct DecodingContext: Sendable {
  /// One step from the root to a value.
  enum Step: Hashable, Comparable, Sendable {
    /// A field, and the struct it is of.
    case member(String, of: String)
    case key(String)
    case index(Int)
  }

  private var path: [Step] = []
  private var mismatches: [String] = []
  private var firstMismatch: DecodingFailure.Mismatch?
  private var unknownFields: [[Step]] = []
  var structName = ""

  /// At the root, with nothing wrong.
  public init() {}

  mutating func push(_ step: Step) { path.append(step) }
  mutating func pop() { path.removeLast() }

  /// Records that a value is of the wrong sort, in the words of Go's decoder.
  public mutating func mismatch(_ json: JSONValue, wanted: String) {
    // Go names the fields on the way without list positions and map keys, but with the structs that
    // it embeds.
    let fields = path.flatMap { step -> [String] in
      guard case .member(let name, let owner) = step else { return [] }
      return [EmbeddedStructs.name(of: name, in: owner), name].compactMap(\.self)
    }
    let place =
      fields.isEmpty
      ? "value" : "struct field \(structName).\(fields.joined(separator: "."))"
    // Of a number that is not whole, or too large, Go shows the digits.
    let isBadNumber = wanted.hasPrefix("int") && json.doubleValue != nil
    let sort = isBadNumber ? "number " + json.text() : json.sortName
    if mismatches.isEmpty { firstMismatch = .init(found: json, wanted: wanted) }
    mismatches.append("json: cannot unmarshal \(sort) into Go \(place) of type \(wanted)")
  }

  /// Records a text as the failure of this value (a quantity that cannot be parsed, say).
  public mutating func fail(_ text: String) { mismatches.append(text) }

  mutating func unknown(_ name: String) {
    unknownFields.append(path + [.member(name, of: structName)])
  }

  /// `spec.containers[0].img`.
  private static func text(_ path: [Step]) -> String {
    path.reduce(into: "") { text, step in
      switch step {
      case .member(let name, _), .key(let name): text += text.isEmpty ? name : "." + name
      case .index(let index): text += "[\(index)]"
      }
    }
  }

  /// What was wrong; unknown fields count only when `strict`.
  public func failure(strict: Bool) -> DecodingFailure? {
    if let first = mismatches.first {
      return DecodingFailure(text: first, mismatch: firstMismatch)
    }
    guard strict, !unknownFields.isEmpty else { return nil }
    // Upstream meets them in the order of the document, whose members every client sorts.
    let sorted = unknownFields.sorted { $0.lexicographicallyPrecedes($1) }
    let list = sorted.map { "unknown field \"\(Self.text($0))\"" }.joined(separator: ", ")
    return DecodingFailure(text: "strict decoding error: " + list)
  }
}

/// Why JSON could not be read as a type, in upstream's words.
public struct DecodingFailure: Error, Hashable, CustomStringConvertible {
  /// The text, as `json: cannot unmarshal string into Go struct field …`.
  public let text: String

  /// A value of the wrong sort, if that is why.
  public let mismatch: Mismatch?

  /// A value and the type that was to be read from it, in Go's words.
  public struct Mismatch: Hashable, Sendable {
    public let found: JSONValue
    public let wanted: String
  }

  /// A failure with this text.
  public init(text: String, mismatch: Mismatch? = nil) {
    self.text = text
    self.mismatch = mismatch
  }

  /// The text.
  public var description: String { text }
}
