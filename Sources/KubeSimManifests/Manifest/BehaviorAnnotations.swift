import KubeSim

extension Patch {
  /// What stands in the patch, whatever its form.
  var body: JSONValue {
    switch self {
    case .merge(let body), .strategic(let body), .json(let body): body
    }
  }
}

extension Cluster {
  /// Makes the kubelet know every behaviour that stands in an annotation of a manifest or of a
  /// template in it.
  ///
  /// - Throws: BadRequest with the field for a text that is no behaviour.
  mutating func registerBehaviors(in json: JSONValue) throws(APIError) {
    for (field, text) in Self.annotations(in: json, at: "") {
      behaviors.register(try Self.behavior(of: text, at: field), forAnnotation: text)
    }
  }

  private static func behavior(of text: String, at field: String) throws(APIError) -> PodBehavior {
    let problem: String
    do {
      let found = try YAMLReader.read(text)
      guard let doubled = found?.objections.first else {
        return try PodBehavior(json: found?.json ?? [:])
      }
      problem = doubled
    } catch let error as YAMLProblem {
      problem = "line \(error.line): \(error.reason)"
    } catch {
      problem = "\(error)"
    }
    throw .badRequest("\(field): Invalid value: \(problem)")
  }

  private static func annotations(
    in json: JSONValue, at path: String
  ) -> [(field: String, text: String)] {
    switch json {
    case .object(let members):
      return members.flatMap { key, value in
        if key == BehaviorCatalog.annotation, let text = value.stringValue {
          return [("\(path)[\(key)]", text)]
        }
        return annotations(in: value, at: path.isEmpty ? key : "\(path).\(key)")
      }
    case .array(let elements):
      return elements.enumerated().flatMap { annotations(in: $1, at: "\(path)[\($0)]") }
    default: return []
    }
  }
}
