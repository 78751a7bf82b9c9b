/// A group of containers that run together on one node.
///
/// Follows `core/v1 Pod`.
public struct Pod: APIObject {
  public static let resource = APIResource("v1", "Pod", "pods", short: ["po"])

  public var metadata = ObjectMeta()
  /// What is to run, and where.
  @Indirect public var spec: PodSpec
  /// What was last seen of it.
  @Indirect public var status: PodStatus

  /// Nothing set.
  public init() { self.init(metadata: ObjectMeta(), spec: Indirect(wrappedValue: PodSpec())) }

  /// A new pod, which shares its spec with others until somebody changes it.
  public init(metadata: ObjectMeta, spec: Indirect<PodSpec>) {
    self.metadata = metadata
    _spec = spec
    _status = Indirect(wrappedValue: PodStatus())
  }

  /// The node on which the pod stands.
  public var placement: String { spec.nodeName }
  public static var indexes: TableIndexes { [.owners, .orphans, .placement, .labels] }

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
    fields.field("status", &status, .always)
  }
}

extension Pod {
  /// True when all of both is equal.
  ///
  /// Two versions of a pod differ mostly in phase or conditions, which are asked first and where they
  /// lie: a whole status is copied to be compared.
  public static func == (left: Pod, right: Pod) -> Bool {
    let mayBeEqual =
      left.$status.sharesStorage(with: right.$status)
      || left.status.phase == right.status.phase
        && left.status.conditions == right.status.conditions
    return mayBeEqual && left.metadata == right.metadata && left.$spec == right.$spec
      && left.$status == right.$status
  }

  /// True when the pod's containers are over for good: it succeeded or failed.
  @inlinable public var isTerminal: Bool { status.phase == .succeeded || status.phase == .failed }

  /// True when the pod's condition `Ready` is true.
  @inlinable public var isReady: Bool { status.conditions.status(of: .ready) == .true }
}
