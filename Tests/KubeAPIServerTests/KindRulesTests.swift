import KubeModel
import Testing

@testable import KubeAPIServer

private struct Widget: SpecStatusObject {
  static let resource = APIResource("example.com/v1", "Widget", "widgets")
  struct Spec: APIValue {
    var size: Int32 = 0
    mutating func visit(_ fields: inout some Fields) { fields.field("size", &size) }
  }
  struct Status: APIValue {
    var seen: Int32 = 0
    mutating func visit(_ fields: inout some Fields) { fields.field("seen", &seen) }
  }
  var metadata = ObjectMeta()
  var spec = Spec()
  var status = Status()
  mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec)
    fields.field("status", &status)
  }
}

@Suite struct KindRulesTests {
  private func widget(size: Int32, seen: Int32) -> Widget {
    var widget = Widget()
    widget.metadata = ObjectMeta(name: "w", namespace: "default")
    widget.spec.size = size
    widget.status.seen = seen
    return widget
  }

  @Test func aCustomResourceStartsWithAnEmptyStatusAndGenerationOne() {
    var widget = widget(size: 1, seen: 7)
    RulesRegistry().rules(for: Widget.self).prepareForCreate(&widget)
    #expect(widget.status.seen == 0)
    #expect(widget.metadata.generation == 1)
  }

  @Test func anUpdateKeepsTheStatusAndCountsTheGenerationOnlyWhenTheSpecChanged() {
    let rules = RulesRegistry().rules(for: Widget.self)
    var old = widget(size: 1, seen: 7)
    old.metadata.generation = 3
    var changed = widget(size: 2, seen: 0)
    rules.prepareForUpdate(&changed, from: old)
    #expect(changed.status.seen == 7)
    #expect(changed.metadata.generation == 4)
    var labelled = widget(size: 1, seen: 0)
    labelled.metadata.labels = ["a": "b"]
    rules.prepareForUpdate(&labelled, from: old)
    #expect(labelled.metadata.generation == 3)
  }

  @Test func aStatusUpdateKeepsTheSpec() {
    let old = widget(size: 1, seen: 7)
    var new = widget(size: 5, seen: 8)
    RulesRegistry().rules(for: Widget.self).prepareForStatusUpdate(&new, from: old)
    #expect(new.spec.size == 1)
    #expect(new.status.seen == 8)
  }

  @Test func registeredRulesReplaceThoseOfBefore() {
    struct Strict: KindRules {
      typealias Object = Widget
      func validate(_ object: Widget) -> [FieldError] {
        [FieldError(.forbidden, FieldPath("spec"), nil, "no")]
      }
    }
    var registry = RulesRegistry()
    registry.register(Strict())
    let errors = registry.rules(for: Widget.self).validate(widget(size: 1, seen: 0))
    #expect(errors.map(\.description) == ["spec: Forbidden: no"])
  }

  @Test func jobsAndReplicationControllersKeepTheirPodsWhenDeleted() {
    #expect(JobRules().defaultPropagation == .orphan)
    #expect(ReplicationControllerRules().defaultPropagation == .orphan)
    #expect(DeploymentRules().defaultPropagation == .background)
  }

  @Test func annotationsOfADeploymentCountForItsGeneration() {
    var old = Deployment()
    old.metadata.generation = 1
    var new = old
    new.metadata.annotations = ["note": "x"]
    DeploymentRules().prepareForUpdate(&new, from: old)
    #expect(new.metadata.generation == 2)
  }

  @Test func aNewTemplateCountsTheTemplateGenerationOfADaemonSet() {
    let key = "deprecated.daemonset.template.generation"
    var old = DaemonSet()
    DaemonSetRules().prepareForCreate(&old)
    #expect(old.metadata.annotations[key] == "1")
    var new = old
    new.spec.template.spec.containers = [Container(name: "a", image: "b")]
    DaemonSetRules().prepareForUpdate(&new, from: old)
    #expect(new.metadata.annotations[key] == "2")
    #expect(new.metadata.generation == 2)
  }

  @Test func namesOfRolesMayHaveColons() {
    var role = ClusterRole()
    role.metadata.name = "system:node"
    #expect(RulesRegistry().rules(for: ClusterRole.self).validate(role).isEmpty)
    role.metadata.name = "a/b"
    #expect(
      RulesRegistry().rules(for: ClusterRole.self).validate(role).map(\.description)
        == ["metadata.name: Invalid value: \"a/b\": may not contain '/'"])
  }
}
