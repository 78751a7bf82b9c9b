/// What a pod stamped from a template gets: labels, annotations and a spec.
///
/// Follows `core/v1 PodTemplateSpec`.
public struct PodTemplateSpec: APIValue {
  /// Labels and annotations of the pods; the names are ignored.
  public var metadata = ObjectMeta()
  /// The spec of the pods, shared by all that are stamped from it until they change it.
  @Indirect public var spec = PodSpec()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("spec", &spec, .always)
  }
}

/// A template of pods stored as an object of its own.
///
/// Follows `core/v1 PodTemplate`.
public struct PodTemplate: APIObject {
  public static let resource = APIResource("v1", "PodTemplate", "podtemplates")

  public var metadata = ObjectMeta()
  /// The template.
  public var template = PodTemplateSpec()

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("template", &template, .always)
  }
}
