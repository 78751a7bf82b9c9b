// Which revision a StatefulSet has and which it is to have.
//
// Follows   getStatefulSetRevisions and truncateHistory of
//           pkg/controller/statefulset/stateful_set_control.go (v1.36)

import KubeModel
import KubeReconcile

extension StatefulSetController {
  /// The history of a set, and the two revisions that count now.
  struct Revisions: Sendable {
    /// The label that holds the hash of a revision's name.
    static let label = "controller.kubernetes.io/hash"

    /// The revision that the pods below the partition have.
    let current: ControllerRevision
    /// The revision of the set's template.
    let update: ControllerRevision
    let collisionCount: Int32
    /// Takes revisions in that have no owner.
    private(set) var adoptions: [Errand] = []
    /// Makes the template's revision the last one: creates it, or counts an earlier one up.
    private(set) var changes: [Errand] = []
    /// The stored revisions, in the order of the history.
    private let stored: [(key: ObjectKey, revision: ControllerRevision)]

    /// Nil when the set is being deleted and its revisions have been let go already.
    init?(of set: StatefulSet, _ selector: Selector, in snapshot: Snapshot) {
      let rule = ClaimRule(set)
      var stored: [(key: ObjectKey, revision: ControllerRevision)] = []
      let table = snapshot.store[ControllerRevision.self]
      table.forEach(ownedBy: set.metadata.uid) { key, revision in
        if revision.metadata.isControlled(by: set.metadata.uid),
          selector.matches(revision.metadata.labels)
        {
          stored.append((key, revision))
        }
      }
      var adoptions: [Errand] = []
      table.forEach(orphanIn: set.metadata.namespace) { key, revision in
        guard selector.matches(revision.metadata.labels) else { return }
        let adopted = rule.adopting(revision)
        stored.append((key, adopted))
        adoptions.append(
          Errand([
            Write(
              .update(key, adopted), because: "history: a revision of the set has no owner",
              revision.metadata.name)
          ]))
      }
      if set.isBeingDeleted, !adoptions.isEmpty { return nil }
      stored.sort { ControllerRevision.precedes($0.revision, $1.revision) }
      self.stored = stored
      self.adoptions = adoptions
      (update, collisionCount, changes) = Self.choose(for: set, stored, in: snapshot)
      let current = stored.first { $0.revision.metadata.name == set.status.currentRevision }
      self.current = current?.revision ?? update
    }

    /// The revision of the set's template, and what has to be written for it.
    private static func choose(
      for set: StatefulSet, _ stored: [(key: ObjectKey, revision: ControllerRevision)],
      in snapshot: Snapshot
    ) -> (ControllerRevision, Int32, [Errand]) {
      let patch = RevisionHistory.patch(set.spec.template)
      let number = (stored.last?.revision.revision ?? 0) &+ 1
      var count = set.status.collisionCount ?? 0
      if let equal = stored.last(where: { $0.revision.data == patch }) {
        if equal.key == stored.last?.key { return (equal.revision, count, []) }
        var revision = equal.revision
        revision.revision = number
        let write = Write(
          .update(equal.key, revision), because: "history: the template is an earlier one again",
          "\(revision.metadata.name) becomes revision \(number)")
        return (revision, count, [Errand([write])])
      }
      let hash = RevisionHistory.hash(of: patch, collisionCount: count)
      var name = RevisionHistory.name(set.metadata.name, hash)
      // A name that another template has taken makes the count go up, and the next hash differ.
      while let taken = snapshot[ControllerRevision.self, set.metadata.namespace, name] {
        if taken.data == patch { return (taken, count, []) }
        count &+= 1
        name = RevisionHistory.name(
          set.metadata.name, RevisionHistory.hash(of: patch, collisionCount: count))
      }
      let revision = RevisionHistory.revision(
        of: set, set.spec.template, patch, named: name, number: number, labelled: label, hash)
      let write = Write(
        .create(revision), because: "history: the template is new", "\(name), revision \(number)")
      return (revision, count, [Errand([write])])
    }

    /// The revisions that no pod has and nobody needs, beyond the limit, oldest first.
    ///
    /// With a limit of 10 and 12 such revisions the 2 of the lowest numbers go.
    func surplus(
      limit: Int32, pods: [Pod]
    ) -> [(key: ObjectKey, revision: ControllerRevision)] {
      if limit < 0 { return [] }
      var live: Set = [current.metadata.name, update.metadata.name]
      for pod in pods { live.insert(pod.revisionName) }
      let old = stored.filter { !live.contains($0.revision.metadata.name) }
      return Array(old.prefix(max(0, old.count - Int(limit))))
    }
  }
}

extension Pod {
  /// The revision that the pod's label names.
  var revisionName: String { metadata.labels[RevisionHistory.hashLabel] ?? "" }
}
