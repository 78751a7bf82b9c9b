import KubeModel

// Follows   kubectl/pkg/describe (v1.36): ConfigMaps and Secrets

extension ConfigMap: Describable {
  public func describe(in views: Views, _ text: inout Description) {
    text.nameAndNamespace(self)
    text.labelsAndAnnotations(self)
    text.line(0, "")
    text.line(0, "Data")
    text.line(0, "====")
    for (key, value) in data {
      text.line(0, key + ":")
      text.line(0, "----")
      text.line(0, value)
      text.line(0, "")
    }
    text.line(0, "")
    text.line(0, "BinaryData")
    text.line(0, "====")
    for (key, value) in binaryData {
      text.line(0, "\(key): \(Secret.decodedCount(of: value)) bytes")
    }
    text.line(0, "")
  }
}

extension Secret: Describable {
  public static var showsEvents: Bool { false }

  public func describe(in views: Views, _ text: inout Description) {
    text.nameAndNamespace(self)
    text.labelsAndAnnotations(self)
    text.line(0, "")
    text.line(0, "Type:", type.rawValue)
    text.line(0, "")
    text.line(0, "Data")
    text.line(0, "====")
    for (key, value) in data { text.line(0, key + ":", "\(Self.decodedCount(of: value)) bytes") }
  }

  /// How many bytes a base64 text stands for: three for four letters, less one for each `=`.
  static func decodedCount(of base64: String) -> Int {
    base64.utf8.count / 4 * 3 - base64.utf8.reversed().prefix { $0 == UInt8(ascii: "=") }.count
  }
}
