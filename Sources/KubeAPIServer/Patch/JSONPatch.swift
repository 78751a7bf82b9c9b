import KubeModel

/// A patch of the form of RFC 6902: a list of operations on places in the object.
///
/// Follows evanphx/json-patch v4 as upstream uses it, which departs from the standard: a missing
/// member can be replaced (and so is added) or copied (as null), whatever stands before the first
/// slash of a place is ignored, and negative positions count from the end.
enum JSONPatch {
  static func apply(_ patch: JSONValue, to value: JSONValue) throws(PatchError) -> JSONValue {
    guard case .array(let operations) = patch else {
      throw .malformed(
        "error decoding patch: json: cannot unmarshal \(patch.sortName) into Go value of type "
          + "[]handlers.jsonPatchOp")
    }
    var result = value
    for operation in operations { try apply(operation, to: &result) }
    return result
  }

  private static func apply(
    _ operation: JSONValue, to value: inout JSONValue
  ) throws(PatchError) {
    guard let place = operation["path"]?.stringValue else { throw .rejected }
    let given = operation.objectValue?["value"]
    switch operation["op"]?.stringValue {
    case "add":
      guard let given else { throw .rejected }
      try change(&value, at: place) { (parent, key) throws(PatchError) in
        try add(given, to: &parent, key)
      }
    case "remove":
      try change(&value, at: place) { (parent, key) throws(PatchError) in
        try remove(from: &parent, key)
      }
    case "replace":
      guard let given else { throw .rejected }
      try change(&value, at: place) { (parent, key) throws(PatchError) in
        try replace(given, in: &parent, key)
      }
    case "test":
      let found = try find(value, at: place)
      guard (found ?? .null) == (given ?? .null) else { throw .rejected }
    case "move":
      guard let source = operation["from"]?.stringValue else { throw .rejected }
      let moved = try find(value, at: source) ?? .null
      try change(&value, at: source) { (parent, key) throws(PatchError) in
        try remove(from: &parent, key)
      }
      try change(&value, at: place) { (parent, key) throws(PatchError) in
        try add(moved, to: &parent, key)
      }
    case "copy":
      guard let source = operation["from"]?.stringValue else { throw .rejected }
      let copied = try find(value, at: source) ?? .null
      try change(&value, at: place) { (parent, key) throws(PatchError) in
        try add(copied, to: &parent, key)
      }
    default: throw .rejected
    }
  }

  // MARK: - Places

  /// The steps of a place, without what stands before the first slash.
  private static func steps(_ place: String) throws(PatchError) -> [String] {
    let parts = place.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard !parts.isEmpty else { throw .rejected }
    return parts.map { String($0.replacing("~1", with: "/").replacing("~0", with: "~")) }
  }

  /// The value at a place; nil for a missing member of an object that is there.
  private static func find(
    _ value: JSONValue, at place: String
  ) throws(PatchError) -> JSONValue? {
    var steps = try steps(place)
    let last = steps.removeLast()
    var parent = value
    for step in steps {
      guard let inner = try member(parent, step), !inner.isNull else { throw .rejected }
      parent = inner
    }
    return try member(parent, last)
  }

  private static func member(
    _ value: JSONValue, _ key: String
  ) throws(PatchError) -> JSONValue? {
    switch value {
    case .object(let members): return members[key]
    case .array(let elements): return elements[try index(key, count: elements.count)]
    default: throw .rejected
    }
  }

  /// Changes what holds a place; objects on the way come out sorted by key.
  private static func change(
    _ value: inout JSONValue, at place: String,
    _ body: (inout JSONValue, String) throws(PatchError) -> Void
  ) throws(PatchError) {
    try change(&value, try steps(place)[...], body)
  }

  private static func change(
    _ value: inout JSONValue, _ steps: ArraySlice<String>,
    _ body: (inout JSONValue, String) throws(PatchError) -> Void
  ) throws(PatchError) {
    guard let step = steps.first else { throw .rejected }
    if steps.count == 1 {
      try body(&value, step)
    } else {
      guard var inner = try member(value, step), !inner.isNull else { throw .rejected }
      try change(&inner, steps.dropFirst(), body)
      switch value {
      case .object(var members):
        members[step] = inner
        value = .object(members)
      case .array(var elements):
        elements[try index(step, count: elements.count)] = inner
        value = .array(elements)
      default: throw .rejected
      }
    }
    if case .object(let members) = value { value = .object(members.sortedByKey) }
  }

  private static func index(_ key: String, count: Int) throws(PatchError) -> Int {
    guard var index = Int(key) else { throw .rejected }
    if index < 0 { index += count }
    guard (0..<count).contains(index) else { throw .rejected }
    return index
  }

  // MARK: - Operations

  private static func add(
    _ given: JSONValue, to parent: inout JSONValue, _ key: String
  ) throws(PatchError) {
    switch parent {
    case .object(var members):
      members[key] = given
      parent = .object(members)
    case .array(var elements):
      let position = key == "-" ? elements.count : try index(key, count: elements.count + 1)
      elements.insert(given, at: position)
      parent = .array(elements)
    default: throw .rejected
    }
  }

  private static func replace(
    _ given: JSONValue, in parent: inout JSONValue, _ key: String
  ) throws(PatchError) {
    switch parent {
    case .object: try add(given, to: &parent, key)
    case .array(var elements):
      elements[try index(key, count: elements.count)] = given
      parent = .array(elements)
    default: throw .rejected
    }
  }

  private static func remove(
    from parent: inout JSONValue, _ key: String
  ) throws(PatchError) {
    switch parent {
    case .object(var members):
      guard members.removeValue(forKey: key) != nil else { throw .rejected }
      parent = .object(members)
    case .array(var elements):
      elements.remove(at: try index(key, count: elements.count))
      parent = .array(elements)
    default: throw .rejected
    }
  }
}
