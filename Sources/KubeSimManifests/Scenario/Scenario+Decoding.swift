import KubeSim

extension Scenario {
  /// True for a manifest that says it is a scenario.
  public static func isScenario(_ manifest: Manifest) -> Bool {
    manifest.kind == "Scenario" && manifest.apiVersion.hasPrefix("kubesim.dev/")
  }

  /// Reads a scenario.
  ///
  /// - Throws: BadRequest that names the field for what is missing, unknown or of the wrong sort.
  public init(_ manifest: Manifest) throws(APIError) {
    do throws(APIError) {
      guard manifest.apiVersion == Self.apiVersion else {
        throw .noMatch(manifest.kind, manifest.apiVersion)
      }
      let document = FieldReader(json: manifest.json, path: "")
      if let doubled = manifest.objections.first { throw document.refusal("yaml: " + doubled) }
      self = try Self.read(document)
    } catch {
      var error = error
      error.source = manifest.source
      throw error
    }
  }

  private static func read(_ document: FieldReader) throws(APIError) -> Scenario {
    try document.allow(["apiVersion", "kind", "metadata", "spec"])
    let spec = try document.required("spec")
    try spec.allow(["description", "duration", "nodes", "steps"])
    var scenario = Scenario(
      name: try document["metadata"]?.string("name") ?? "scenario",
      duration: try spec.required("duration").duration(), nodes: [])
    scenario.description = try spec.string("description") ?? ""
    scenario.nodes = try nodes(spec)
    for (number, field) in (try spec["steps"]?.elements() ?? []).enumerated() {
      scenario.steps.append(try ScenarioStep(field, number: number))
    }
    // Steps of one time keep the order of the file.
    scenario.steps.sort { ($0.at, $0.number) < ($1.at, $1.number) }
    return scenario
  }

  private static func nodes(_ spec: FieldReader) throws(APIError) -> [NodeTemplate] {
    var nodes: [NodeTemplate] = []
    var counts: StringMap<Int> = [:]
    for field in try spec["nodes"]?.elements() ?? [] {
      try field.allow(["name", "count", "namePrefix", "labels", "taints", "allocatable"])
      var template = try NodeTemplate(field, name: "")
      if let name = try field.string("name") {
        template.name = name
        nodes.append(template)
        continue
      }
      let prefix = try field.string("namePrefix") ?? "node-"
      let count = try field["count"]?.int() ?? 1
      guard (0...100_000).contains(count) else {
        throw field.refusal("count: Invalid value: \(count): must be between 0 and 100000")
      }
      for _ in 0..<count {
        counts[prefix, default: 0] += 1
        template.name = prefix + String(counts[prefix, default: 0])
        nodes.append(template)
      }
    }
    return nodes
  }
}

extension NodeTemplate {
  init(_ field: FieldReader, name: String) throws(APIError) {
    self.init(
      name: name, labels: try field["labels"]?.value(StringMap<String>.self) ?? [:],
      taints: try field["taints"]?.value([Taint].self) ?? [],
      allocatable: try field["allocatable"]?.value(ResourceList.self) ?? [:])
  }
}
