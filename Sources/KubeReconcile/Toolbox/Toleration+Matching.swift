import KubeModel

extension Toleration {
  /// Whether a pod with this toleration bears a taint.
  ///
  /// An empty key bears all keys, an empty effect all effects.
  ///
  /// - Upstream: `api/core/v1/toleration.go` `ToleratesTaint`, v1.36, without the operators `Lt` and
  ///   `Gt` (gate TaintTolerationComparisonOperators, off): they bear nothing.
  public func tolerates(_ taint: Taint) -> Bool {
    if !effect.isEmpty && effect != taint.effect { return false }
    if !key.isEmpty && key != taint.key { return false }
    switch `operator` {
    case "", .equal: return value == taint.value
    case .exists: return true
    default: return false
    }
  }
}

extension Taint {
  /// True for effects that keep new pods away: `NoSchedule` and `NoExecute`.
  public var keepsNewPodsAway: Bool { effect == .noSchedule || effect == .noExecute }

  /// `key=value:effect`, or without what is empty, as kubectl writes it.
  ///
  /// - Upstream: `Taint.ToString`.
  public var text: String {
    switch (value.isEmpty, effect.isEmpty) {
    case (true, true): key
    case (true, false): "\(key):\(effect)"
    case (false, true): "\(key)=\(value):"
    case (false, false): "\(key)=\(value):\(effect)"
    }
  }
}

extension [Toleration] {
  /// Whether at least one of them bears a taint.
  public func tolerate(_ taint: Taint) -> Bool { contains { $0.tolerates(taint) } }

  /// The first taint that keeps a pod with these tolerations off a node, if any.
  ///
  /// - Upstream: `FindMatchingUntoleratedTaint` over `NoSchedule` and `NoExecute`.
  public func firstUntolerated(of taints: [Taint]) -> Taint? {
    taints.first { $0.keepsNewPodsAway && !tolerate($0) }
  }

  /// How long a pod with these tolerations stays on a node with these taints.
  ///
  /// With tolerations of 30 s and 300 s, each for one of two `NoExecute` taints, it stays 30 s.
  ///
  /// - Upstream: `pkg/controller/tainteviction` `GetMatchingTolerations` and
  ///   `getMinTolerationTime`, v1.36.
  public func stay(under taints: [Taint]) -> TaintedStay {
    var shortest: Int64?
    for taint in taints where taint.effect == .noExecute {
      guard let toleration = first(where: { $0.tolerates(taint) }) else { return .notTolerated }
      guard let seconds = toleration.tolerationSeconds else { continue }
      shortest = Swift.min(shortest ?? .max, Swift.max(0, seconds))
    }
    return shortest.map { .limited(seconds: $0) } ?? .unlimited
  }
}

/// How long a pod stays on a node with `NoExecute` taints.
public enum TaintedStay: Hashable, Sendable {
  /// At least one taint is not borne: it goes now.
  case notTolerated
  /// All are borne, for so many seconds; 0 is now.
  case limited(seconds: Int64)
  /// All are borne for ever.
  case unlimited
}
