import Foundation
import KubeSim
import Yams

private typealias YAMLNode = Yams.Node

/// Why a document is no YAML, and at which of its lines, from 1.
struct YAMLProblem: Error {
  var reason: String
  var line: Int
}

/// Turns one YAML document into JSON as the API server does.
///
/// Follows sigs.k8s.io/yaml `yaml.go` `YAMLToJSONStrict`: anchors and merge keys are resolved, keys
/// become strings, a key that comes twice is an objection (the first one stays).
struct YAMLReader {
  /// How many values may still come. A text has fewer values than bytes; only aliases make more,
  /// and aliases of aliases make a bomb of a few lines.
  private var budget: Int

  /// The value of a document; nil for an empty one.
  static func read(
    _ text: String
  ) throws(YAMLProblem) -> (json: JSONValue, objections: [String])? {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var objections: [String] = []
    while true {
      do {
        guard let root = try compose(yaml: lines.joined(separator: "\n")) else { return nil }
        var reader = YAMLReader(budget: text.utf8.count + 100_000)
        return (try reader.json(root), objections)
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        // The parser stops at such a mapping, so the second key is renamed and it reads again.
        guard objections.count < 100,
          let found = Duplicate(of: keys[0], after: context.mark, in: lines)
        else {
          throw YAMLProblem(
            reason: "key \(GoText.quoted(keys[0])) already set in map", line: context.mark.line)
        }
        objections.append(
          "line \(found.valueLine): key \(GoText.quoted(keys[0])) already set in map")
        lines = found.renamed
      } catch let problem as YAMLProblem {
        throw problem
      } catch {
        throw problem(of: error)
      }
    }
  }

  private static func problem(of error: any Error) -> YAMLProblem {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      YAMLProblem(reason: problem, line: mark.line)
    case .reader(let problem, let offset, _, let text):
      YAMLProblem(
        reason: problem, line: 1 + text.prefix(offset ?? 0).count { $0.isNewline })
    default: YAMLProblem(reason: "\(error)", line: 1)
    }
  }

  private mutating func json(_ node: YAMLNode) throws(YAMLProblem) -> JSONValue {
    budget -= 1
    if budget < 0 { throw problem("document contains excessive aliasing", node) }
    switch node {
    case .scalar(let scalar): return try value(of: scalar)
    case .sequence(let sequence):
      var elements: [JSONValue] = []
      for element in sequence { elements.append(try json(element)) }
      return .array(elements)
    case .mapping(let mapping): return .object(try members(mapping))
    case .alias: throw problem("unknown anchor", node)
    }
  }

  private mutating func members(_ mapping: YAMLNode.Mapping) throws(YAMLProblem) -> JSONObject {
    var members = JSONObject()
    var merged: [YAMLNode] = []
    for (key, value) in mapping {
      if let scalar = key.scalar, scalar.style == .plain, scalar.string == "<<" {
        merged.append(value)
        continue
      }
      let name = try name(key)
      if !name.hasPrefix(Duplicate.mark) { members[name] = try json(value) }
    }
    for value in merged { try merge(value, into: &members) }
    return members
  }

  /// Puts in what a merge key brings; what is there stays.
  private mutating func merge(_ node: YAMLNode, into members: inout JSONObject) throws(YAMLProblem)
  {
    switch node {
    case .mapping(let mapping):
      for (key, value) in try self.members(mapping) where members[key] == nil {
        members[key] = value
      }
    case .sequence(let sequence):
      for element in sequence { try merge(element, into: &members) }
    default: throw problem("map merge requires map or sequence of maps as the value", node)
    }
  }

  private func name(_ key: YAMLNode) throws(YAMLProblem) -> String {
    guard let scalar = key.scalar else { throw problem("invalid map key", key) }
    switch try value(of: scalar) {
    case .string(let text): return text
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let number): return String(number)
    case .double(let number): return JSONValue.double(number).text()
    default: throw problem("invalid map key: \(GoText.quoted(scalar.string))", key)
    }
  }

  private func value(of scalar: YAMLNode.Scalar) throws(YAMLProblem) -> JSONValue {
    let text = scalar.string
    let isPlain = scalar.style == .plain || scalar.style == .any
    let tag = scalar.tag.description.replacing("tag:yaml.org,2002:", with: "!!")
    let value = YAMLScalar.resolve(text)
    switch (tag, value) {
    case ("!!int", .int), ("!!float", .double), ("!!bool", .bool), ("!!null", .null): return value
    case ("!!float", .int(let number)): return .double(Double(number))
    case ("!!binary", _):
      guard let bytes = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else {
        throw problem("!!binary value contains invalid base64 data", .scalar(scalar))
      }
      return .string(String(decoding: bytes, as: UTF8.self))
    case ("!!int", _), ("!!float", _), ("!!bool", _), ("!!null", _):
      throw problem("cannot decode `\(text)` as a \(tag)", .scalar(scalar))
    case ("!!str", _): return .string(text)
    default: return isPlain && !tag.hasPrefix("!") ? value : .string(text)
    }
  }

  private func problem(_ reason: String, _ node: YAMLNode) -> YAMLProblem {
    YAMLProblem(reason: reason, line: node.mark?.line ?? 1)
  }
}

/// A key that comes a second time in a mapping: where, and the text without it.
private struct Duplicate {
  let valueLine: Int
  let renamed: [Substring]

  /// Looks for the key at the column of its first place. Nil when it is not found there, as in a
  /// mapping that is written on one line.
  init?(of key: String, after first: Mark, in lines: [Substring]) {
    for index in lines.indices.dropFirst(first.line) {
      let line = lines[index]
      let indent = line.prefix { $0 == " " }
      guard indent.count == first.column - 1 else { continue }
      let rest = line.dropFirst(indent.count)
      let name = rest.prefix { $0 != ":" }
      guard name.trimmingCharacters(in: CharacterSet(charactersIn: "\"' ")) == key else { continue }
      let value = rest.dropFirst(name.count + 1).drop { $0.isWhitespace }
      var place = index
      if value.isEmpty || value.hasPrefix("#") {
        let next = lines[(index + 1)...].firstIndex { line in
          let text = line.drop { $0.isWhitespace }
          return !text.isEmpty && !text.hasPrefix("#")
        }
        place = next ?? index
      }
      valueLine = place + 1
      var renamed = lines
      renamed[index] = "\(indent)\"\(Self.mark)\(index)\":\(rest.dropFirst(name.count + 1))"
      self.renamed = renamed
      return
    }
    return nil
  }

  /// How a renamed key begins, which is dropped when it is read; no API field begins so.
  static let mark = "<duplicate of line "
}
