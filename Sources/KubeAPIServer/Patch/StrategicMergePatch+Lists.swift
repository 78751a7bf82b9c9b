import KubeModel

extension StrategicMergePatch {
  /// Merges a list by the rule of its field.
  static func mergeList(
    _ original: [JSONValue], _ patch: inout [JSONValue], _ rule: MergeRule,
    _ element: (any APIValue.Type)?, isDeletion: Bool
  ) throws(PatchError) -> [JSONValue] {
    if rule == .replace, !isDeletion { return patch }
    if original.isEmpty, patch.isEmpty { return [] }
    let isOfObjects = try checkSorts(original, patch)
    guard isOfObjects else {
      if isDeletion { return original.filter { !patch.contains($0) } }
      var merged = original
      for value in patch where !merged.contains(value) { merged.append(value) }
      return order(merged, patch: patch, server: original, key: nil)
    }
    guard case .byKey(let key) = rule else {
      throw .plain("cannot merge lists without merge key for \(element?.goName ?? "")")
    }
    let (kept, additions) = try applySpecial(original, patch, key)
    var merged = kept
    for (position, addition) in additions {
      guard var changes = addition.objectValue else { continue }
      let name = try keyValue(addition, key)
      if let index = merged.firstIndex(where: { $0[key] == name }),
        let members = merged[index].objectValue
      {
        merged[index] = .object(try mergeObject(members, &changes, element))
        patch[position] = .object(changes)
      } else if let addition = removingDirectives(addition) {
        merged.append(addition)
      }
    }
    return order(merged, patch: additions.map(\.element), server: kept, key: key)
  }

  /// True when both lists are of objects; plain values and objects do not go together.
  private static func checkSorts(
    _ original: [JSONValue], _ patch: [JSONValue]
  ) throws(PatchError) -> Bool {
    let all = original + patch
    guard let first = all.first else { return false }
    if all.contains(where: { $0.arrayValue != nil }) {
      throw .plain("lists of lists are not supported")
    }
    if all.contains(where: { $0.sortName != first.sortName }) {
      throw .plain(
        "list element types are not identical: "
          + GoPrint.text(.array([.array(original), .array(patch)])))
    }
    return first.objectValue != nil
  }

  private static func keyValue(_ element: JSONValue, _ key: String) throws(PatchError) -> JSONValue
  {
    guard let value = element[key] else {
      throw .plain(
        "map: \(GoPrint.text(element)) does not contain declared merge key: \(key)")
    }
    return value
  }

  /// Carries out the directives among the elements of a list.
  private static func applySpecial(
    _ original: [JSONValue], _ patch: [JSONValue], _ key: String
  ) throws(PatchError) -> (
    kept: [JSONValue], additions: [(position: Int, element: JSONValue)]
  ) {
    var kept = original
    var additions: [(position: Int, element: JSONValue)] = []
    var replaces = false
    for (position, element) in patch.enumerated() {
      switch element[directive] {
      case nil: additions.append((position, element))
      case "delete"?:
        let name = try keyValue(element, key)
        kept.removeAll { $0[key] == name }
      case "replace"?: replaces = true
      case "merge"?:
        throw .plain("merging lists cannot yet be specified in the patch")
      case let other?:
        throw .plain(
          "unknown patch type: \(GoPrint.text(other)) in map: \(GoPrint.text(element))")
      }
    }
    return replaces ? (additions.map(\.element), []) : (kept, additions)
  }

  // MARK: - Order

  /// Orders a merged list: what the patch names in the patch's order, what only the server has in
  /// the server's, the one before the other where the server had it so.
  ///
  /// Server `[a, b, c]`, patch `[c, x]`: of `a` and `b` both stood before `c`, so `[a, b, c, x]`.
  private static func order(
    _ merged: [JSONValue], patch: [JSONValue], server: [JSONValue], key: String?
  ) -> [JSONValue] {
    func position(_ element: JSONValue, in list: [JSONValue]) -> Int? {
      guard let key else { return list.firstIndex(of: element) }
      return list.firstIndex { $0[key] == element[key] }
    }
    func sorted(_ elements: [JSONValue], by list: [JSONValue]) -> [JSONValue] {
      let placed = elements.enumerated().map {
        (at: position($0.element, in: list) ?? Int.max, offset: $0.offset, element: $0.element)
      }
      return placed.sorted { ($0.at, $0.offset) < ($1.at, $1.offset) }.map(\.element)
    }
    var named = sorted(merged.filter { position($0, in: patch) != nil }, by: patch)[...]
    var others = sorted(merged.filter { position($0, in: patch) == nil }, by: server)[...]
    var result: [JSONValue] = []
    while let own = others.first, let next = named.first {
      if let left = position(own, in: server), let right = position(next, in: server),
        left < right
      {
        result.append(others.removeFirst())
      } else {
        result.append(named.removeFirst())
      }
    }
    return result + named + others
  }

  /// Merges each list whose order the patch sets, and takes both from the patch.
  static func mergeOrdered(
    _ result: inout JSONObject, _ patch: inout JSONObject, _ schema: Schema?
  ) throws(PatchError) {
    for directive in patch.keys.sorted() where directive.hasPrefix(setElementOrder) {
      let name = String(directive.dropFirst(setElementOrder.count))
      guard let wanted = patch.removeValue(forKey: directive)?.arrayValue else {
        throw .plain("invalid patch format of setElementOrder list")
      }
      let field = schema?[name]
      let rule = field?.merge ?? .replace
      var key: String?
      if case .byKey(let name) = rule { key = name }
      let old = result[name]?.arrayValue
      let changes = patch.removeValue(forKey: name)?.arrayValue
      try checkOrder(changes ?? [], wanted, key)
      let merged: [JSONValue]
      switch (old, changes) {
      case (let old?, nil): merged = old
      case (nil, let changes?): merged = changes.compactMap(removingDirectives)
      case (let old?, var changes?):
        merged = try mergeList(old, &changes, rule, field?.element, isDeletion: false)
      case (nil, nil): continue
      }
      result[name] = .array(order(merged, patch: wanted, server: old ?? [], key: key))
    }
  }

  /// The elements of a patch must come in the order that it sets.
  private static func checkOrder(
    _ patch: [JSONValue], _ wanted: [JSONValue], _ key: String?
  ) throws(PatchError) {
    guard !patch.isEmpty, !wanted.isEmpty else { return }
    var rest = patch.filter { $0[directive] != "delete" }[...]
    for element in wanted {
      guard let next = rest.first else { return }
      let isSame: Bool
      if let key {
        isSame = try keyValue(next, key) == keyValue(element, key)
      } else {
        isSame = next == element
      }
      if isSame { rest = rest.dropFirst() }
    }
    guard rest.isEmpty else {
      throw .plain(
        "The order in patch list:\n\(GoPrint.text(.array(patch)))\n doesn't match "
          + "$setElementOrder list:\n\(GoPrint.text(.array(wanted)))\n")
    }
  }
}
