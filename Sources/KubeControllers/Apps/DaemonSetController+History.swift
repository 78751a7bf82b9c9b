// Which revision a DaemonSet's template is, and which old ones are kept.
//
// Follows   constructHistory and cleanupHistory of pkg/controller/daemon/update.go (v1.36)

import KubeModel
import KubeReconcile

extension DaemonSetController {
  typealias Stored = (key: ObjectKey, revision: ControllerRevision)

  /// The history of a set.
  struct History: Sendable {
    /// The hash of the present template, by which pods are known.
    private(set) var hash = ""
    /// What has to be written so that the present template is the last one of the history.
    private(set) var changes: [Errand] = []
    /// True when the name of the new revision belongs to another template. The next look takes
    /// another name.
    private(set) var isTaken = false
    /// The earlier revisions, in the order of the history.
    private var old: [Stored] = []

    init(
      of set: DaemonSet, _ claimed: [(key: ObjectKey, object: ControllerRevision)],
      _ pods: [(key: ObjectKey, pod: Pod)], in snapshot: Snapshot
    ) {
      let patch = RevisionHistory.patch(set.spec.template)
      var current: [Stored] = []
      for (key, revision) in claimed {
        let stored = (key, labelled(key, revision))
        if revision.data == patch { current.append(stored) } else { old.append(stored) }
      }
      old.sort { ControllerRevision.precedes($0.revision, $1.revision) }
      current.sort { ControllerRevision.precedes($0.revision, $1.revision) }
      let number = RevisionHistory.nextNumber(after: old.lazy.map(\.revision))
      guard let kept = current.last else {
        create(for: set, patch, number, in: snapshot)
        return
      }
      hash = kept.revision.metadata.labels[RevisionHistory.hashLabel] ?? ""
      dropDoubles(current.dropLast(), pods)
      if kept.revision.revision < number {
        var raised = kept.revision
        raised.revision = number
        change(
          .update(kept.key, raised), "history: the template is an earlier one again",
          "\(raised.metadata.name) becomes revision \(number)")
      }
    }

    private mutating func change(_ action: Write.Action, _ rule: StaticString, _ detail: String) {
      changes.append(Errand([Write(action, because: rule, detail)]))
    }

    /// A revision without a hash is known by its name.
    private mutating func labelled(
      _ key: ObjectKey, _ revision: ControllerRevision
    ) -> ControllerRevision {
      if revision.metadata.labels[RevisionHistory.hashLabel] != nil { return revision }
      var labelled = revision
      labelled.metadata.labels[RevisionHistory.hashLabel] = revision.metadata.name
      labelled.metadata.resourceVersion = ResourceVersion()
      change(
        .update(key, labelled), "history: the revision lacks its label", revision.metadata.name)
      return labelled
    }

    /// Of several revisions with the same template one stays; the pods get its hash.
    private mutating func dropDoubles(
      _ doubles: ArraySlice<Stored>, _ pods: [(key: ObjectKey, pod: Pod)]
    ) {
      if doubles.isEmpty { return }
      for (key, pod) in pods where pod.metadata.labels[RevisionHistory.hashLabel] != hash {
        var relabelled = pod
        relabelled.metadata.labels[RevisionHistory.hashLabel] = hash
        relabelled.metadata.resourceVersion = ResourceVersion()
        change(
          .update(key, relabelled), "history: the pod's revision is a double", pod.metadata.name)
      }
      for double in doubles {
        change(
          .delete(double.key, DeleteOptions()), "history: the revision is a double",
          double.revision.metadata.name)
      }
    }

    private mutating func create(
      for set: DaemonSet, _ patch: JSONValue, _ number: Int64, in snapshot: Snapshot
    ) {
      hash = TemplateHash.text(
        of: set.spec.template, collisionCount: set.status.collisionCount)
      let name = "\(set.metadata.name)-\(hash)"
      if let taken = snapshot[ControllerRevision.self, set.metadata.namespace, name] {
        if taken.data == patch { return }
        isTaken = true
        var counted = set
        counted.status.collisionCount = (set.status.collisionCount ?? 0) &+ 1
        guard let key = snapshot.store.key(of: set.metadata.uid) else { return }
        change(
          .updateStatus(key, counted), "history: the name of the new revision is taken", name)
        return
      }
      let revision = RevisionHistory.revision(
        of: set, set.spec.template, patch, named: name, number: number,
        labelled: RevisionHistory.hashLabel, hash)
      change(.create(revision), "history: the template is new", "\(name), revision \(number)")
    }

    /// The old revisions beyond the limit, oldest first, without those that a pod still has.
    func surplus(limit: Int32, pods: [Pod]) -> [Stored] {
      let live = Set(pods.map(\.revisionName))
      let idle = old.filter {
        let hash = $0.revision.metadata.labels[RevisionHistory.hashLabel] ?? ""
        return hash.isEmpty || !live.contains(hash)
      }
      return Array(idle.prefix(max(0, old.count - Int(limit))))
    }
  }
}
