/// An IPv4 or IPv6 address.
struct IPAddress: Hashable, Sendable {
  /// Four bytes, or sixteen.
  let bytes: [UInt8]

  var isIPv6: Bool { bytes.count == 16 }

  /// Reads `10.9.8.7` or `2001:db8::ffff`; leading zeros are taken, as upstream does for old data.
  init?(_ text: String) {
    if text.utf8.contains(UInt8(ascii: ":")) {
      guard let bytes = Self.sixteenBytes(text) else { return nil }
      self.bytes = bytes
    } else {
      guard let bytes = Self.fourBytes(text) else { return nil }
      self.bytes = bytes
    }
  }

  private static func fourBytes(_ text: String) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let bytes = parts.compactMap { part in
      part.utf8.allSatisfy(NameFormat.isDigit) && part.utf8.count <= 3 ? UInt8(part) : nil
    }
    return parts.count == 4 && bytes.count == 4 ? bytes : nil
  }

  private static func sixteenBytes(_ text: String) -> [UInt8]? {
    var head: [UInt8] = []
    var tail: [UInt8] = []
    var sawGap = false
    var groups = text.split(separator: ":", omittingEmptySubsequences: false)[...]
    if text.hasPrefix("::") { groups = groups.dropFirst() }
    if text.hasSuffix("::") { groups = groups.dropLast() }
    for (index, group) in groups.enumerated() {
      if group.isEmpty {
        if sawGap { return nil }
        sawGap = true
        continue
      }
      var bytes: [UInt8]
      if group.utf8.contains(UInt8(ascii: ".")) {
        guard index == groups.count - 1, let four = fourBytes(String(group)) else { return nil }
        bytes = four
      } else {
        guard group.utf8.count <= 4, let number = UInt16(group, radix: 16), group.first != "+"
        else { return nil }
        bytes = [UInt8(number >> 8), UInt8(number & 255)]
      }
      if sawGap { tail += bytes } else { head += bytes }
    }
    let missing = 16 - head.count - tail.count
    guard sawGap ? missing >= 2 : missing == 0 else { return nil }
    return head + Array(repeating: 0, count: missing) + tail
  }

  /// What is wrong with a text that should be an address.
  static func messages(_ text: String) -> [String] {
    IPAddress(text) == nil
      ? ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"] : []
  }

  /// What is wrong with a text that should be a range of addresses.
  static func rangeMessages(_ text: String) -> [String] {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 2, let address = IPAddress(String(parts[0])), let length = Int(parts[1]),
      (0...address.bytes.count * 8).contains(length)
    {
      return []
    }
    return ["must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"]
  }

  /// Why an address that others are to reach may not be this one; nothing if it may.
  static func specialMessages(_ text: String) -> [String] {
    guard let address = IPAddress(text) else { return ["must be a valid IP address"] }
    let bytes = address.bytes
    var messages: [String] = []
    if bytes.allSatisfy({ $0 == 0 }) { messages.append("may not be unspecified (\(text))") }
    let isLoopback =
      address.isIPv6 ? bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1 : bytes[0] == 127
    if isLoopback { messages.append("may not be in the loopback range (127.0.0.0/8, ::1/128)") }
    let isLinkLocal =
      address.isIPv6
      ? bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80 : bytes[0] == 169 && bytes[1] == 254
    if isLinkLocal {
      messages.append("may not be in the link-local range (169.254.0.0/16, fe80::/10)")
    }
    let isMulticast =
      address.isIPv6
      ? bytes[0] == 0xFF && bytes[1] & 0x0F == 2 : bytes.prefix(3) == [224, 0, 0]
    if isMulticast {
      messages.append("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)")
    }
    return messages
  }
}
