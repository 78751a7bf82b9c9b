// A Deployment goes back to an earlier template because an annotation says so.
//
// Follows   pkg/controller/deployment/rollback.go (v1.36)

import KubeModel
import KubeReconcile

extension DeploymentController.Sync {
  /// The revision that the annotation names; 0 for the last but one. Nil without a number there.
  var rollbackTarget: Int64? {
    deployment.metadata.annotations[Annotation.rollbackTo].flatMap { Int64($0) }
  }

  /// Takes over the template of a revision, and takes the annotation away in every case.
  mutating func rollBack(to target: Int64) {
    let revisions = allSets.map { Annotation.revision(of: $0.set.metadata) }
    let target = target == 0 ? Self.secondHighest(revisions) : target
    if target == 0 {
      plan.event(
        draft(.warning, "DeploymentRollbackRevisionNotFound", "Unable to find last revision."))
    } else if let index = revisions.firstIndex(of: target) {
      takeOver(allSets[index].set, target)
    } else {
      plan.event(
        draft(
          .warning, "DeploymentRollbackRevisionNotFound",
          "Unable to find the revision to rollback to."))
    }
    deployment.metadata.annotations[Annotation.rollbackTo] = nil
    plan.update(key, deployment, because: "rollback: as the annotation asks", "revision \(target)")
  }

  private mutating func takeOver(_ set: ReplicaSet, _ revision: Int64) {
    let name = deployment.metadata.name
    if set.spec.template.equalsIgnoringHash(deployment.spec.template) {
      let text =
        "The rollback revision contains the same template as current deployment \"\(name)\""
      plan.event(draft(.warning, "DeploymentRollbackTemplateUnchanged", text))
      return
    }
    deployment.spec.template = set.spec.template.withoutHash
    deployment.metadata.annotations = Annotation.restored(
      of: deployment.metadata, from: set.metadata)
    let text = "Rolled back deployment \"\(name)\" to revision \(revision)"
    plan.event(draft(.normal, "DeploymentRollback", text))
  }

  private static func secondHighest(_ revisions: [Int64?]) -> Int64 {
    var (highest, second): (Int64, Int64) = (0, 0)
    for revision in revisions.compactMap(\.self) {
      if revision >= highest {
        (highest, second) = (revision, highest)
      } else {
        second = max(second, revision)
      }
    }
    return second
  }
}
