import KubeModel

/// The syntax of names and of the small texts that stand in specs.
///
/// Each function returns upstream's messages for what is wrong with a text; none if it is valid.
///
/// Follows `apimachinery/pkg/util/validation/validation.go`,
/// `apimachinery/pkg/api/validate/content` and `apimachinery/pkg/api/validation/{generic,name}.go`
/// (v1.36).
enum NameFormat {
  /// Says what is wrong with a text.
  typealias Check = @Sendable (String) -> [String]

  /// A label of RFC 1123: up to 63 of `[a-z0-9-]`, with a letter or digit at each end.
  static func label(_ text: String) -> [String] {
    var messages: [String] = []
    if text.utf8.count > 63 { messages.append(tooLong(63)) }
    let isSubdomain = LabelSyntax.isSubdomain(text)
    if isSubdomain, !text.utf8.contains(dot) { return messages }
    return messages + [isSubdomain ? "must not contain dots" : labelMessage]
  }

  /// A lowercase DNS subdomain (RFC 1123): up to 253 bytes, labels joined by dots.
  static func subdomain(_ text: String) -> [String] {
    var messages: [String] = []
    if text.utf8.count > 253 { messages.append(tooLong(253)) }
    if !LabelSyntax.isSubdomain(text) { messages.append(subdomainMessage) }
    return messages
  }

  /// A subdomain whose labels may also begin with an underscore and hold some.
  static func subdomainWithUnderscore(_ text: String) -> [String] {
    var messages: [String] = []
    if text.utf8.count > 253 { messages.append(tooLong(253)) }
    let isValid = text.utf8.split(separator: dot, omittingEmptySubsequences: false).allSatisfy {
      isLabel($0.first == UInt8(ascii: "_") ? $0.dropFirst() : $0, middle: "_-")
    }
    if !isValid { messages.append(underscoreMessage) }
    return messages
  }

  /// A name that is one segment of a path.
  static func pathSegment(_ text: String) -> [String] {
    if text == "." { return ["may not be '.'"] }
    if text == ".." { return ["may not be '..'"] }
    return ["/", "%"].filter { text.utf8.contains($0.utf8.first ?? 0) }
      .map { "may not contain '\($0)'" }
  }

  /// A key with an optional domain before it, as of labels, annotations and finalizers.
  static func qualifiedName(_ text: String) -> [String] {
    LabelSyntax.keyErrors(text)
  }

  /// A port's name: up to 15 of `[a-z0-9-]`, at least one a letter.
  static func portName(_ text: String) -> [String] {
    var messages: [String] = []
    let bytes = Array(text.utf8)
    if bytes.count > 15 { messages.append(tooLong(15)) }
    if bytes.isEmpty || !bytes.allSatisfy({ isLowercase($0) || isDigit($0) || $0 == hyphen }) {
      messages.append("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
    }
    if !bytes.contains(where: isLowercase) {
      messages.append("must contain at least one letter (a-z)")
    }
    if zip(bytes, bytes.dropFirst()).contains(where: { $0 == hyphen && $1 == hyphen }) {
      messages.append("must not contain consecutive hyphens")
    }
    if bytes.first == hyphen || bytes.last == hyphen {
      messages.append("must not begin or end with a hyphen")
    }
    return messages
  }

  /// A port's number.
  static func portNumber(_ number: Int) -> [String] { range(number, 1, 65535) }

  /// A user's or a group's number.
  static func userID(_ number: Int64) -> [String] { range(Int(number), 0, Int(Int32.max)) }

  /// A number between two others, both included.
  static func range(_ number: Int, _ low: Int, _ high: Int) -> [String] {
    (low...high).contains(number) ? [] : ["must be between \(low) and \(high), inclusive"]
  }

  /// A key of a ConfigMap or Secret.
  static func configKey(_ text: String) -> [String] {
    var messages: [String] = []
    if text.utf8.count > 253 { messages.append(tooLong(253)) }
    if text.isEmpty || !text.utf8.allSatisfy({ isAlphanumeric($0) || "-._".utf8.contains($0) }) {
      messages.append(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. "
          + "'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is "
          + "'[-._a-zA-Z0-9]+')")
    }
    switch text {
    case ".": messages.append("must not be '.'")
    case "..": messages.append("must not be '..'")
    case _ where text.hasPrefix(".."): messages.append("must not start with '..'")
    default: break
    }
    return messages
  }

  /// The name of an environment variable: printable ASCII without `=`.
  static func environmentVariable(_ text: String) -> [String] {
    let isValid = text.utf8.allSatisfy { $0 >= 0x20 && $0 <= 0x7E && $0 != UInt8(ascii: "=") }
    return !text.isEmpty && isValid
      ? []
      : [
        "a valid environment variable name must consist only of printable ASCII characters other "
          + "than '='"
      ]
  }

  /// The name of an HTTP header.
  static func httpHeader(_ text: String) -> [String] {
    !text.isEmpty && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == hyphen }
      ? []
      : [
        "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. "
          + "'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')"
      ]
  }

  /// A percentage: digits and `%`.
  static func percent(_ text: String) -> [String] {
    let digits = text.utf8.dropLast()
    return text.utf8.last == UInt8(ascii: "%") && !digits.isEmpty && digits.allSatisfy(isDigit)
      ? []
      : [
        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  "
          + "or '93%', regex used for validation is '[0-9]+%')"
      ]
  }

  /// The name of a kernel parameter.
  static func isSysctl(_ text: String) -> Bool {
    text.utf8.count <= 253
      && text.utf8.split(omittingEmptySubsequences: false) { $0 == dot || $0 == slash }
        .allSatisfy { isLabel($0, middle: "_-") }
  }

  /// A name to which something will be appended: a hyphen at its end does no harm.
  static func masked(_ prefix: String) -> String {
    guard prefix.utf8.count > 1, prefix.utf8.last == hyphen else { return prefix }
    var bytes = Array(prefix.utf8)
    bytes[bytes.count - 1] = UInt8(ascii: "a")
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension NameFormat {
  private static let dot = UInt8(ascii: ".")
  private static let slash = UInt8(ascii: "/")
  private static let hyphen = UInt8(ascii: "-")

  private static func tooLong(_ limit: Int) -> String { "must be no more than \(limit) characters" }

  /// Letters and digits at both ends, these and `middle` between.
  private static func isLabel(
    _ text: some BidirectionalCollection<UInt8>, middle: String = "-"
  ) -> Bool {
    guard let head = text.first, let tail = text.last else { return false }
    func isPlain(_ byte: UInt8) -> Bool { isLowercase(byte) || isDigit(byte) }
    return isPlain(head) && isPlain(tail)
      && text.allSatisfy { isPlain($0) || middle.utf8.contains($0) }
  }

  static func isLowercase(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  static func isAlphanumeric(_ byte: UInt8) -> Bool { isLowercase(byte | 0x20) || isDigit(byte) }

  private static let labelMessage =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and "
    + "must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex "
    + "used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"

  private static let subdomainMessage =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or "
    + "'.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used "
    + "for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"

  private static let underscoreMessage =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' "
    + "or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex "
    + "used for validation is "
    + "'_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')"
}
