import KubeModel
import KubeReconcile
import Testing

@Suite struct TemplateHashTests {
  private func template(_ image: String) -> PodTemplateSpec {
    var template = PodTemplateSpec()
    template.spec.containers = [Container(name: "app", image: image)]
    return template
  }

  @Test func isTheSameForEqualTemplatesOnly() {
    #expect(TemplateHash.text(of: template("a")) == TemplateHash.text(of: template("a")))
    #expect(TemplateHash.text(of: template("a")) != TemplateHash.text(of: template("b")))
  }

  @Test func isAnotherForEachCollision() {
    let texts = [nil, 0, 1, 2].map { TemplateHash.text(of: template("a"), collisionCount: $0) }
    #expect(Set(texts).count == 4)
  }

  @Test func isTheSameInEveryProcess() {
    #expect(TemplateHash.text(of: "web") == TemplateHash.safeText("3570482473"))
  }

  @Test func lettersStandForBytes() {
    #expect(TemplateHash.safeText("0123456789") == "456789bcdf")
  }
}

@Suite struct StatusConditionTests {
  private func condition(
    _ type: DeploymentConditionType, _ status: ConditionStatus, _ reason: String, at time: Int64
  ) -> DeploymentCondition {
    var condition = DeploymentCondition()
    condition.type = type
    condition.status = status
    condition.reason = reason
    condition.lastTransitionTime = Timestamp(unixSeconds: time)
    return condition
  }

  private let first: Int64 = 1
  private let later: Int64 = 2

  @Test func withTheSameReasonTheOldOneStays() {
    var list = [condition(.available, .true, "A", at: first)]
    list.set(condition(.available, .true, "A", at: later), .onNewReason)
    #expect(list == [condition(.available, .true, "A", at: first)])
  }

  @Test func withANewReasonItComesLastAndKeepsItsTime() {
    var list = [
      condition(.available, .true, "A", at: first), condition(.progressing, .true, "P", at: first),
    ]
    list.set(condition(.available, .true, "B", at: later), .onNewReason)
    #expect(list.map(\.type) == [.progressing, .available])
    #expect(list[.available] == condition(.available, .true, "B", at: first))
  }

  @Test func withANewStatusItsTimeIsNew() {
    for update in [ConditionUpdate.onNewReason, .inPlace] {
      var list = [condition(.available, .true, "A", at: first)]
      list.set(condition(.available, .false, "A", at: later), update)
      #expect(list[.available]?.lastTransitionTime == Timestamp(unixSeconds: later))
    }
  }

  @Test func inPlaceItStaysWhereItIs() {
    var list = [
      condition(.available, .true, "A", at: first), condition(.progressing, .true, "P", at: first),
    ]
    list.set(condition(.available, .true, "B", at: later), .inPlace)
    #expect(list.map(\.reason) == ["B", "P"])
    #expect(list[.available]?.lastTransitionTime == Timestamp(unixSeconds: first))
    list.remove(.available)
    #expect(list.map(\.type) == [.progressing])
  }
}
