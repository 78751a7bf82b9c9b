import KubeModel

/// Says which containers behave how: by the pod's annotation, then by image, then the default.
public struct BehaviorCatalog: Sendable {
  /// The annotation of a pod that says how its containers behave.
  public static let annotation = "kubesim.dev/behavior"

  private var annotations: [String: PodBehavior] = [:]  // Looked up, never walked.
  private var images: [String: ContainerBehavior] = [:]  // Likewise.

  /// Says nothing: every container behaves as the default.
  public init() {}

  /// Registers what a text of the annotation means.
  ///
  /// The annotation is YAML; who reads YAML registers the result under the very text. A text that
  /// is not registered is tried as JSON.
  public mutating func register(_ behavior: PodBehavior, forAnnotation text: String) {
    annotations[text] = behavior
  }

  /// Says how containers of an image behave where the pod's annotation says nothing about them.
  public mutating func register(_ behavior: ContainerBehavior, forImage image: String) {
    images[image] = behavior
  }

  /// The behaviour that a pod's annotation gives; nil when it has none that can be read.
  func behavior(of metadata: ObjectMeta) -> PodBehavior? {
    guard !metadata.annotations.isEmpty, let text = metadata.annotations[Self.annotation] else {
      return nil
    }
    if let behavior = annotations[text] { return behavior }
    guard let json = try? JSONValue(parsing: text) else { return nil }
    return try? PodBehavior(json: json)
  }

  /// The program of a container of a pod with this behaviour.
  func program(of container: String, image: String, in pod: PodBehavior?) -> ContainerBehavior {
    if let behavior = pod?[container] { return behavior }
    if !images.isEmpty, let behavior = images[image] { return behavior }
    return ContainerBehavior()
  }
}
