import KubeModel

/// Collects what is wrong with an object, in the order in which it is found.
public struct FieldErrors: Sendable {
  /// What was found.
  public private(set) var all: [FieldError] = []

  /// Nothing wrong.
  public init() {}

  /// True when nothing is wrong.
  public var isEmpty: Bool { all.isEmpty }

  /// Adds errors found elsewhere.
  public mutating func add(_ errors: [FieldError]) {
    if !errors.isEmpty { all += errors }
  }

  /// A field that must be set is not.
  public mutating func required(_ path: FieldPath, _ detail: String = "") {
    all.append(FieldError(.required, path, nil, detail))
  }

  /// A value that may not be.
  public mutating func invalid(
    _ path: FieldPath, _ value: some JSONCodable, _ detail: String
  ) {
    all.append(FieldError(.invalid, path, value.json, detail))
  }

  /// A field that may not be as it is, in an error that does not show the value.
  public mutating func invalid(_ path: FieldPath, _ detail: String) {
    all.append(FieldError(.invalid, path, nil, detail))
  }

  /// A value that may not be, with several texts on why; none if there are none.
  public mutating func invalid(
    _ path: @autoclosure () -> FieldPath, _ value: String, _ details: [String]
  ) {
    // The place is not worked out for a text that is as it should be.
    for detail in details { invalid(path(), value, detail) }
  }

  /// A value that is none of the known ones, which are named in this order.
  public mutating func notSupported(
    _ path: FieldPath, _ value: some JSONCodable, _ known: [String]
  ) {
    let list = known.map { GoText.quoted($0) }.joined(separator: ", ")
    all.append(
      FieldError(.notSupported, path, value.json, known.isEmpty ? "" : "supported values: " + list))
  }

  /// A field that may not be set here.
  public mutating func forbidden(_ path: FieldPath, _ detail: String = "") {
    all.append(FieldError(.forbidden, path, nil, detail))
  }

  /// A value that may be there once only.
  public mutating func duplicate(
    _ path: FieldPath, _ value: some JSONCodable, _ detail: String = ""
  ) {
    all.append(FieldError(.duplicate, path, value.json, detail))
  }

  /// A name of something that is not there.
  public mutating func notFound(_ path: FieldPath, _ value: some JSONCodable) {
    all.append(FieldError(.notFound, path, value.json))
  }

  /// A text or a map of texts that is too long.
  public mutating func tooLong(_ path: FieldPath, limit: Int) {
    all.append(FieldError(.tooLong, path, nil, "may not be more than \(limit) bytes"))
  }

  /// A list that has too many elements.
  public mutating func tooMany(_ path: FieldPath, _ count: Int, limit: Int) {
    let noun = limit == 1 ? "item" : "items"
    all.append(
      FieldError(.tooMany, path, .int(Int64(count)), "must have at most \(limit) \(noun)"))
  }

  /// A number below zero.
  mutating func negative<Number: BinaryInteger & JSONCodable>(
    _ path: @autoclosure () -> FieldPath, _ number: Number
  ) {
    if number < 0 { invalid(path(), number, "must be greater than or equal to 0") }
  }

  /// A value of a list that is to be there already, with a text on what it should be.
  mutating func notFound(_ path: FieldPath, _ value: some JSONCodable, _ detail: String) {
    all.append(FieldError(.notFound, path, value.json, detail))
  }
}
