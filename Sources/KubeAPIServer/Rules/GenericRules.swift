import KubeModel

/// The rules of a kind without any of its own: only the metadata are looked at.
public struct GenericRules<Object: APIObject>: KindRules {
  public init() {}
}

/// The rules of a kind of which the server knows that it has a spec and a status: the two are kept
/// apart and the spec's generations counted.
public struct SpecStatusRules<Object: SpecStatusObject>: KindRules {
  public init() {}
}

extension KindRules where Object: SpecStatusObject {
  public func prepareForCreate(_ object: inout Object) { object.start() }

  public func prepareForUpdate(_ new: inout Object, from old: Object) {
    new.keepStatus(of: old)
    new.countGeneration(from: old, changed: new.spec != old.spec)
  }

  public func prepareForStatusUpdate(_ new: inout Object, from old: Object) {
    new.keepAllButStatus(of: old)
  }
}

extension SpecStatusObject {
  /// Makes the object the first of its generations, of which nothing has been seen.
  mutating func start() {
    status = Status()
    metadata.generation = 1
  }

  /// Takes over the stored status.
  mutating func keepStatus(of old: Self) { status = old.status }

  /// Counts one generation more when what is wanted changed.
  mutating func countGeneration(from old: Self, changed: Bool) {
    setGeneration(old.metadata.generation + (changed ? 1 : 0))
  }

  /// Takes over the stored object, labels and annotations of the new one excepted where upstream
  /// lets them through with a status: only the status is new.
  mutating func keepAllButStatus(of old: Self) {
    spec = old.spec
    setGeneration(old.metadata.generation)
  }

  /// A write would part metadata from the stored ones, whose storage they may share.
  private mutating func setGeneration(_ generation: Int64) {
    if metadata.generation != generation { metadata.generation = generation }
  }
}
