// Who a pod of a StatefulSet is: its number, its name, its labels, its volumes.
//
// Follows   pkg/controller/statefulset/stateful_set_utils.go (v1.36)

import KubeModel
import KubeReconcile

extension ObjectMeta {
  /// The two parts of a name such as `web-3`; nil for a name without a number at its end. The number
  /// is nil when it is too large.
  var statefulName: (parent: String, ordinal: Int?)? {
    guard let dash = name.utf8.lastIndex(of: UInt8(ascii: "-")) else { return nil }
    let digits = name[name.index(after: dash)...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
    else { return nil }
    return (String(name[..<dash]), Int32(digits).map(Int.init))
  }
}

extension StatefulSet {
  static let nameLabel = "statefulset.kubernetes.io/pod-name"
  static let indexLabel = "apps.kubernetes.io/pod-index"

  var firstOrdinal: Int { Int(spec.ordinals?.start ?? 0) }
  var wantedReplicas: Int { Int(spec.replicas ?? 1) }
  /// The numbers that the pods are to have: 5, 6 and 7 for 3 pods that start at 5.
  var ordinals: Range<Int> { firstOrdinal..<firstOrdinal + max(0, wantedReplicas) }
  var isOrdered: Bool { spec.podManagementPolicy != .parallel }

  /// The number from which on pods get the new template, counted from the first one.
  var partition: Int { Int(spec.updateStrategy.rollingUpdate?.partition ?? 0) }

  func podName(_ ordinal: Int) -> String { "\(metadata.name)-\(ordinal)" }

  func claimName(_ template: PersistentVolumeClaim, _ ordinal: Int) -> String {
    "\(template.metadata.name)-\(metadata.name)-\(ordinal)"
  }

  /// The pod of a number, made of a template of this or an earlier time.
  func pod(_ ordinal: Int, template: PodTemplateSpec, revision: String) -> Pod {
    var pod = Pod(template: template, owner: self)
    pod.metadata.name = podName(ordinal)
    pod.metadata.labels[RevisionHistory.hashLabel] = revision
    pod.spec.hostname = pod.metadata.name
    pod.spec.subdomain = spec.serviceName
    identify(&pod, ordinal)
    store(&pod, ordinal)
    return pod
  }

  /// Whether a pod bears the labels of its number.
  func hasIdentity(_ pod: Pod, _ ordinal: Int) -> Bool {
    let labels = pod.metadata.labels
    return pod.metadata.name == podName(ordinal) && labels[Self.nameLabel] == pod.metadata.name
      && labels[Self.indexLabel] == String(ordinal)
  }

  func identify(_ pod: inout Pod, _ ordinal: Int) {
    pod.metadata.labels[Self.nameLabel] = podName(ordinal)
    pod.metadata.labels[Self.indexLabel] = String(ordinal)
  }

  /// Whether a pod has a volume for each claim of its number.
  func hasStorage(_ pod: Pod, _ ordinal: Int) -> Bool {
    spec.volumeClaimTemplates.allSatisfy { template in
      let volume = pod.spec.volumes.first { $0.name == template.metadata.name }
      return volume?.persistentVolumeClaim?.claimName == claimName(template, ordinal)
    }
  }

  /// Puts the claims first; they take the place of volumes of the same name.
  func store(_ pod: inout Pod, _ ordinal: Int) {
    if spec.volumeClaimTemplates.isEmpty { return }
    let names = spec.volumeClaimTemplates.map(\.metadata.name)
    let claims = spec.volumeClaimTemplates.map { template in
      var volume = Volume()
      volume.name = template.metadata.name
      volume.persistentVolumeClaim = PersistentVolumeClaimVolumeSource()
      volume.persistentVolumeClaim?.claimName = claimName(template, ordinal)
      return volume
    }
    pod.spec.volumes = claims + pod.spec.volumes.filter { !names.contains($0.name) }
  }

  /// The claim of a template for a number: its labels are the template's and the selector's.
  func claim(_ template: PersistentVolumeClaim, _ ordinal: Int) -> PersistentVolumeClaim {
    var claim = template
    claim.metadata.name = claimName(template, ordinal)
    claim.metadata.namespace = metadata.namespace
    claim.metadata.labels.merge(spec.selector?.matchLabels ?? [:])
    return claim
  }
}
