import KubeSim

/// One document of a YAML or JSON text, as JSON.
struct YAMLDocument {
  /// The value.
  var json: JSONValue
  /// The line of the text at which the document begins, from 1.
  var line: Int
  /// What a strict reader objects to, in upstream's words: keys that come twice.
  var objections: [String] = []
}

/// Why a text is no YAML.
struct YAMLFailure: Error {
  /// What was found.
  var reason: String
  /// Which document of the text, from 1; empty ones are not counted.
  var document: Int
  /// The line of the text, from 1.
  var line: Int
}

extension YAMLDocument {
  /// Reads all documents of a text; empty ones are left out.
  ///
  /// The text is cut at lines that begin with `---`, as kubectl does it, so that lines in
  /// upstream's texts count from the document's own beginning.
  static func all(in text: String) throws(YAMLFailure) -> [YAMLDocument] {
    if let json = wholeJSON(text) { return [YAMLDocument(json: json, line: 1)] }
    var documents: [YAMLDocument] = []
    for part in parts(of: text) {
      do throws(YAMLProblem) {
        guard let found = try YAMLReader.read(part.text), !found.json.isNull else { continue }
        documents.append(
          YAMLDocument(json: found.json, line: part.line, objections: found.objections))
      } catch {
        throw YAMLFailure(
          reason: error.reason, document: documents.count + 1, line: part.line + error.line - 1)
      }
    }
    return documents
  }

  /// A text that is one JSON value. Others may still be YAML in JSON's manner.
  private static func wholeJSON(_ text: String) -> JSONValue? {
    guard let first = text.first(where: { !$0.isWhitespace }), first == "{" || first == "[" else {
      return nil
    }
    return try? JSONValue(parsing: text)
  }

  private static func parts(of text: String) -> [(text: String, line: Int)] {
    var parts: [(text: String, line: Int)] = []
    var lines: [Substring] = []
    var start = 1
    func close() {
      let body = lines.joined(separator: "\n")
      // The first line that says something, for messages.
      let blank = lines.prefix { $0.allSatisfy(\.isWhitespace) || $0.hasPrefix("#") }.count
      if blank < lines.count { parts.append((body, start)) }
    }
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      if line.hasPrefix("---") {
        close()
        lines = []
        start = index + 2
      } else {
        lines.append(line)
      }
    }
    close()
    return parts
  }
}
