/// The syntax of label keys and values.
///
/// Each function returns upstream's messages for what is wrong with a text; none if it is valid.
///
/// - Upstream: `apimachinery/pkg/api/validate/content` (`kube.go`, `dns.go`), v1.36.
public enum LabelSyntax {
  /// The messages for a label key: a name of up to 63 bytes, with an optional `domain/` before it.
  public static func keyErrors(_ key: String) -> [String] {
    read(key) { bytes in
      let slash = bytes.firstIndex(of: UInt8(ascii: "/"))
      let name = Bytes(rebasing: bytes[(slash.map { $0 + 1 } ?? 0)...])
      if name.contains(UInt8(ascii: "/")) {
        return [
          "a valid label key " + nameMessage
            + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
        ]
      }
      var errors: [String] = []
      if let slash {
        let prefix = Bytes(rebasing: bytes[..<slash])
        let messages = prefix.isEmpty ? [emptyMessage] : subdomainErrors(prefix)
        for message in messages { errors.append("prefix part " + message) }
      }
      if name.isEmpty { errors.append("name part " + emptyMessage) }
      if name.count > 63 { errors.append("name part " + lengthMessage(63)) }
      if !isName(name) { errors.append("name part " + nameMessage) }
      return errors
    }
  }

  /// The messages for a label value: up to 63 bytes, possibly none.
  public static func valueErrors(_ value: String) -> [String] {
    read(value) { bytes in
      var errors: [String] = []
      if bytes.count > 63 { errors.append(lengthMessage(63)) }
      if !bytes.isEmpty, !isName(bytes) { errors.append(valueMessage) }
      return errors
    }
  }

  /// The messages for a lowercase DNS subdomain (RFC 1123) of up to 253 bytes.
  public static func subdomainErrors(_ value: String) -> [String] {
    read(value, subdomainErrors)
  }

  /// Whether a text is labels between dots, each with a letter or digit at both ends.
  public static func isSubdomain(_ text: String) -> Bool { read(text, isSubdomain) }

  // A walk over bytes where they lie takes a tenth of the steps of one through a text's indices, and
  // the server walks over every name and label that it is given.
  private typealias Bytes = UnsafeBufferPointer<UInt8>

  private static func read<Result>(_ text: String, _ body: (Bytes) -> Result) -> Result {
    var text = text
    return text.withUTF8(body)
  }

  private static func subdomainErrors(_ value: Bytes) -> [String] {
    var errors: [String] = []
    if value.count > 253 { errors.append(lengthMessage(253)) }
    if !isSubdomain(value) { errors.append(subdomainMessage) }
    return errors
  }

  private static func isSubdomain(_ text: Bytes) -> Bool {
    let (dot, hyphen) = (UInt8(ascii: "."), UInt8(ascii: "-"))
    var previous = dot
    for byte in text {
      switch byte {
      case dot: if previous == dot || previous == hyphen { return false }
      case hyphen: if previous == dot { return false }
      default: if !isLowercaseAlphanumeric(byte) { return false }
      }
      previous = byte
    }
    return previous != dot && previous != hyphen
  }

  /// Whether a text has only letters, digits, `-`, `_` and `.`, with a letter or digit at each end.
  private static func isName(_ text: Bytes) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && text.allSatisfy {
        isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
          || $0 == UInt8(ascii: ".")
      }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLowercaseAlphanumeric(byte) || (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z"))
  }

  private static func isLowercaseAlphanumeric(_ byte: UInt8) -> Bool {
    (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"))
      || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
  }

  private static let emptyMessage = "must be non-empty"

  private static func lengthMessage(_ limit: Int) -> String {
    "must be no more than \(limit) bytes"
  }

  private static let nameMessage =
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
    + "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for "
    + "validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"

  private static let valueMessage =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or "
    + "'.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or "
    + "'my_value',  or '12345', regex used for validation is "
    + "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"

  private static let subdomainMessage =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or "
    + "'.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used "
    + "for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
}
