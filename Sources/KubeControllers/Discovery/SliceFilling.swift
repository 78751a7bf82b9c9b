// Follows   staging/src/k8s.io/endpointslice/reconciler.go: reconcileByPortMapping (v1.36)

import KubeModel

/// Puts endpoints that have the same ports into slices of at most 100, with few writes: an endpoint
/// stays in its slice, and a new one goes where something is written anyway.
///
/// 250 endpoints and no slice: 100, 100 and 50. Slices of 62 and 61 of which one endpoint changed
/// each, and four new ones: 66 and 61, fullest first.
struct SliceFilling {
  static let limit = 100

  private struct Part {
    var held: EndpointSync.Held
    var isChanged: Bool
    var count: Int { held.slice.endpoints.count }
  }

  let labels: StringMap<String>
  private var parts: [Part] = []
  private(set) var deletes: [EndpointSync.Held] = []
  /// The endpoints of each slice to be made.
  private(set) var additions: [[Endpoint]] = []

  init(labels: StringMap<String>) { self.labels = labels }

  /// The slices to be written, in the order in which they lie.
  var updates: [EndpointSync.Held] { parts.filter(\.isChanged).map(\.held) }

  /// - Complexity: O(endpoints wanted and there, n log n in those that are new).
  mutating func run(_ wanted: [Endpoint], into slices: [EndpointSync.Held]) {
    var left = keep(wanted, in: slices)
    let changed = parts.indices.filter { parts[$0].isChanged }
    for index in changed.sorted(by: { (-parts[$0].count, $0) < (-parts[$1].count, $1) }) {
      fill(index, from: &left)
    }
    while !left.isEmpty {
      if left.count < Self.limit, let index = closestToFull(with: left.count) {
        fill(index, from: &left)
      } else {
        additions.append(Array(left.prefix(Self.limit)))
        left = left.dropFirst(Self.limit)
      }
    }
  }

  /// Leaves in each slice what is still wanted; returns the endpoints that are in none, by name.
  private mutating func keep(
    _ wanted: [Endpoint], in slices: [EndpointSync.Held]
  ) -> ArraySlice<Endpoint> {
    var numbers: [UID: Int] = [:]  // Looked up, never walked.
    numbers.reserveCapacity(wanted.count)
    for (number, endpoint) in wanted.enumerated() {
      if let uid = endpoint.targetRef?.uid { numbers[uid] = number }
    }
    var isPlaced = [Bool](repeating: false, count: wanted.count)
    for held in slices {
      var slice = held.slice
      slice.endpoints = held.slice.endpoints.compactMap { old in
        guard let uid = old.targetRef?.uid, let number = numbers[uid], !isPlaced[number],
          wanted[number].isSamePlace(as: old)
        else { return nil }
        isPlaced[number] = true
        return wanted[number]
      }
      slice.metadata.labels = labels
      if slice.endpoints.isEmpty && !held.slice.endpoints.isEmpty {
        deletes.append(held)
      } else {
        let isChanged =
          slice.endpoints != held.slice.endpoints || labels != held.slice.metadata.labels
        parts.append(Part(held: (held.key, slice), isChanged: isChanged))
      }
    }
    let left = wanted.indices.filter { !isPlaced[$0] }.map { wanted[$0] }
    return left.sorted { ($0.targetRef?.name ?? "") < ($1.targetRef?.name ?? "") }[...]
  }

  private mutating func fill(_ index: Int, from left: inout ArraySlice<Endpoint>) {
    let room = max(0, Self.limit - parts[index].count)
    if room == 0 || left.isEmpty { return }
    parts[index].held.slice.endpoints += left.prefix(room)
    parts[index].isChanged = true
    left = left.dropFirst(room)
  }

  /// The slice not yet written to that has the least room left once this many more are in it.
  private func closestToFull(with more: Int) -> Int? {
    parts.indices.filter { !parts[$0].isChanged && parts[$0].count + more <= Self.limit }
      .max { (parts[$0].count, -$0) < (parts[$1].count, -$1) }
  }
}

extension Endpoint {
  /// True when both have the same addresses and host name, so that one may take the other's place.
  fileprivate func isSamePlace(as other: Endpoint) -> Bool {
    addresses == other.addresses && hostname == other.hostname
  }
}
