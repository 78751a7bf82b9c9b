import KubeModel
import KubePrograms

/// Says which containers behave how: by the pod's annotation, then by image, then the default.
///
/// One pointer: it is handed to each turn of a pod.
public struct BehaviorCatalog: Sendable {
  /// The annotation of a pod that says how its containers behave.
  public static let annotation = "kubesim.dev/behavior"

  private struct Content: Sendable {
    var annotations: [String: PodBehavior] = [:]  // Looked up, never walked.
    var images: [String: ContainerBehavior] = [:]  // Likewise.
    var programs: [String: any Program] = [:]  // Likewise.
  }
  @Indirect private var content = Content()

  /// Says nothing: every container behaves as the default.
  public init() {}

  /// Registers what a text of the annotation means.
  ///
  /// The annotation is YAML; who reads YAML registers the result under the very text. A text that
  /// is not registered is tried as JSON.
  public mutating func register(_ behavior: PodBehavior, forAnnotation text: String) {
    content.annotations[text] = behavior
  }

  /// Says how containers of an image behave where the pod's annotation says nothing about them.
  public mutating func register(_ behavior: ContainerBehavior, forImage image: String) {
    content.images[image] = behavior
  }

  /// Lets containers of an image run a program written in Swift; each starts with a copy of it.
  ///
  /// A pod's annotation and a script for the image go before it; `command` and `args` become its
  /// arguments.
  public mutating func register(_ program: some Program, forImage image: String) {
    content.programs[image] = program
  }

  /// The program of the user's own for an image.
  func ownProgram(forImage image: String) -> (any Program)? {
    content.programs.isEmpty ? nil : content.programs[image]
  }

  /// True when containers of an image are scripted.
  func hasScript(forImage image: String) -> Bool { content.images.keys.contains(image) }

  /// The behaviour that a pod's annotation gives; nil when it has none that can be read.
  func behavior(of metadata: ObjectMeta) -> PodBehavior? {
    guard !metadata.annotations.isEmpty, let text = metadata.annotations[Self.annotation] else {
      return nil
    }
    if let behavior = content.annotations[text] { return behavior }
    guard let json = try? JSONValue(parsing: text) else { return nil }
    return try? PodBehavior(json: json)
  }

  /// The program of a container of a pod with this behaviour.
  func program(of container: String, image: String, in pod: PodBehavior?) -> ContainerBehavior {
    if let behavior = pod?[container] { return behavior }
    if let behavior = content.images[image] { return behavior }
    return ContainerBehavior()
  }
}
