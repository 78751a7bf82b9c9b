// The pod that an owner makes of its template.
//
// Follows   GetPodFromTemplate of pkg/controller/controller_utils.go (v1.36)

import KubeModel

extension Pod {
  /// A pod of a template, owned by a controller; the server makes up its name from that of the
  /// owner.
  ///
  /// Labels, annotations and finalizers are the template's; the spec is shared with the template
  /// until somebody changes it.
  @inlinable public init<Owner: APIObject>(template: PodTemplateSpec, owner: Owner) {
    var metadata = ObjectMeta(
      name: "", namespace: owner.metadata.namespace, labels: template.metadata.labels,
      annotations: template.metadata.annotations)
    metadata.generateName = Self.namePrefix(owner.metadata.name)
    metadata.finalizers = template.metadata.finalizers
    metadata.ownerReferences = [OwnerReference(controller: owner)]
    self.init(metadata: metadata, spec: template.$spec)
  }

  /// The owner's name with a dash, which is left out when that makes the name too long.
  @usableFromInline static func namePrefix(_ owner: String) -> String {
    owner.utf8.count < 253 ? owner + "-" : owner
  }
}
