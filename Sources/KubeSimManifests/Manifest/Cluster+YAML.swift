import KubeSim

extension Cluster {
  /// Applies all manifests of a file, or of a folder's files, as `kubectl apply -f` does: all or
  /// none of them.
  ///
  /// Returns what was left out because KubeSim does not model its kind.
  ///
  /// ```swift
  /// try cluster.apply(yaml: "web.yaml")
  /// ```
  ///
  /// - Throws: what the API server answers to the first manifest that it refuses; `source` says
  ///   where that stands. Nothing is applied then.
  /// - Time: none passes.
  @discardableResult public mutating func apply(
    yaml path: String
  ) throws(APIError) -> [LeftOut] {
    try apply(try Manifest.all(inFile: path))
  }

  /// Applies all manifests of a YAML or JSON text: all or none of them.
  ///
  /// - Throws: as `apply(yaml:)`.
  @discardableResult public mutating func apply(
    yamlText text: String
  ) throws(APIError) -> [LeftOut] {
    try apply(try Manifest.all(inText: text))
  }

  /// Applies manifests: all or none of them.
  ///
  /// - Throws: as `apply(yaml:)`.
  @discardableResult public mutating func apply(
    _ manifests: [Manifest]
  ) throws(APIError) -> [LeftOut] {
    let before = self
    do throws(APIError) {
      var objects: [(object: any APIObject, source: String)] = []
      var leftOut: [LeftOut] = []
      for manifest in manifests {
        if let unmodelled = manifest.leftOut(of: self) {
          leftOut.append(unmodelled)
        } else {
          objects.append((try read(manifest), manifest.source))
        }
      }
      for (object, source) in objects {
        try placing(source) { cluster throws(APIError) in _ = try cluster.apply(object) }
      }
      return leftOut
    } catch {
      self = before
      throw error
    }
  }

  private mutating func read(_ manifest: Manifest) throws(APIError) -> any APIObject {
    try placing(manifest.source) { cluster throws(APIError) in
      let object = try cluster.decode(manifest: manifest.json, objections: manifest.objections)
      try cluster.registerBehaviors(in: manifest.json)
      return object
    }
  }

  /// Adds to an error where the manifest stands.
  private mutating func placing<Result>(
    _ source: String, _ body: (inout Cluster) throws(APIError) -> Result
  ) throws(APIError) -> Result {
    do throws(APIError) {
      return try body(&self)
    } catch {
      var error = error
      error.source = source
      throw error
    }
  }
}

extension Manifest {
  /// What to say when this is of a kind that a real cluster may know and KubeSim does not model.
  func leftOut(of cluster: borrowing Cluster) -> LeftOut? {
    guard cluster.kind(apiVersion, kind) == nil, UnmodelledKinds.contains(apiVersion, kind) else {
      return nil
    }
    return LeftOut(source: source, apiVersion: apiVersion, kind: kind, name: name)
  }
}
