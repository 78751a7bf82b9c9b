import KubeModel
import SimulationKernel

// Brings the image of a container to the node.
//
// Follows pkg/kubelet/images/image_manager.go (v1.36)
// Left out  pull secrets; images are never removed from a node.
extension PodWorker {
  private static let size = 10_000_000

  /// Goes on with the container at once when its image is there, later when it is pulled.
  mutating func ensureImage(_ index: Int) {
    let image = image(index)
    let tagged = runtime.traits.containers[index].taggedImage
    let isPresent = node.images[tagged] != nil
    if !isPresent, let problem = ImageName.problem(of: image) {
      let text = "couldn't parse image name \(GoText.quoted(image)): \(problem)"
      let message = "Failed to apply default image tag \(GoText.quoted(image)): \(text)"
      event(.warning, "InspectFailed", message, container: index)
      failImage(index, "InvalidImageName", message)
      return
    }
    let policy = runtime.traits.containers[index].pullPolicy
    if policy == .never && !isPresent {
      let message = "Container image \"\(image)\" is not present with pull policy of Never"
      event(.warning, "ErrImageNeverPull", message, container: index)
      failImage(index, "ErrImageNeverPull", message)
      return
    }
    if isPresent && policy != .always {
      let message = runtime.traits.containers[index].isPresentText
      event(.normal, "Pulled", message, container: index)
      runtime.work.append(.create(index))
      return
    }
    if let entry = runtime.pullBackoffs[tagged], entry.end(now: now) != nil {
      let message = "Back-off pulling image \"\(image)\""
      event(.normal, "BackOff", message, container: index)
      failImage(index, "ImagePullBackOff", "\(message): ErrImagePull: \(entry.message)")
      return
    }
    event(.normal, "Pulling", "Pulling image \"\(image)\"", container: index)
    // A node pulls one image at a time.
    let took = program(index).imagePull.duration
    let begin = max(now, node.pullsDoneAt)
    node.pullsDoneAt = begin + took
    runtime.busyUntil = node.pullsDoneAt
    runtime.work.append(.pulled(index, since: now, took: took))
  }

  mutating func pulled(_ index: Int, since: Instant, took: Duration) {
    let image = image(index)
    let tagged = runtime.traits.containers[index].taggedImage
    if program(index).imagePull.fails {
      let problem = "the registry answers with an error"
      event(
        .warning, "Failed", "Failed to pull image \"\(image)\": \(problem)", container: index)
      BackoffEntry.extend(&runtime.pullBackoffs[tagged], event: now, now: now)
      runtime.pullBackoffs[tagged]?.message = problem
      failImage(index, "ErrImagePull", problem)
      return
    }
    node.images[tagged] = true
    let alone = GoDuration.text(took)
    let whole = GoDuration.text(now - since)
    event(
      .normal, "Pulled",
      "Successfully pulled image \"\(image)\" in \(alone) (\(whole) including waiting). "
        + "Image size: \(Self.size) bytes.",
      container: index)
    runtime.work.append(.create(index))
  }

  private mutating func failImage(_ index: Int, _ reason: String, _ message: String) {
    event(.warning, "Failed", "Error: \(reason)", container: index)
    fail(index, reason, message)
  }
}

/// The form of an image's name: `[host[:port]/]path[:tag][@digest]`.
enum ImageName {
  /// The name with its tag: `app` is `app:latest`, `host:5000/app@sha256:…` stays.
  static func tagged(_ image: String) -> String {
    let last = image.split(separator: "/").last ?? ""
    return image.contains("@") || last.contains(":") ? image : image + ":latest"
  }

  /// What is wrong with a name, in the words of upstream's parser; nil when it is well formed.
  static func problem(of image: String) -> String? {
    let invalid = "invalid reference format"
    let parts = image.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 && !isDigest(parts[1]) { return invalid }
    var path = parts[0]
    let slash = path.lastIndex(of: "/")
    if let colon = path.lastIndex(of: ":"), slash.map({ $0 < colon }) ?? true {
      if !isTag(path[path.index(after: colon)...]) { return invalid }
      path = path[..<colon]
    }
    var components = path.split(separator: "/", omittingEmptySubsequences: false)
    if let first = components.first, components.count > 1,
      first.contains(where: { $0 == "." || $0 == ":" }) || first == "localhost"
    {
      if first.isEmpty || !first.utf8.allSatisfy({ isWord($0) || $0 == 46 || $0 == 58 || $0 == 45 })
      {
        return invalid
      }
      components.removeFirst()
    }
    if components.contains(where: \.isEmpty) { return invalid }
    if components.allSatisfy(isComponent) { return nil }
    let lowered = components.map { $0.lowercased()[...] }
    return lowered.allSatisfy(isComponent)
      ? "\(invalid): repository name (\(path)) must be lowercase" : invalid
  }

  /// Lower-case words, joined by one `.`, one or two `_`, or any number of `-`.
  private static func isComponent(_ text: Substring) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last, isLower(first), isLower(last) else {
      return false
    }
    var joint = ""
    for byte in bytes {
      if isLower(byte) {
        if !joint.isEmpty && joint != "." && joint != "_" && joint != "__"
          && joint.contains(where: { $0 != "-" })
        {
          return false
        }
        joint = ""
      } else {
        joint.append(Character(Unicode.Scalar(byte)))
      }
    }
    return true
  }

  private static func isTag(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, isWord(first), text.utf8.count <= 128 else { return false }
    return text.utf8.allSatisfy { isWord($0) || $0 == 46 || $0 == 45 }
  }

  private static func isDigest(_ text: Substring) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let kind = parts[0].utf8.first, isWord(kind) else { return false }
    return parts[1].utf8.count >= 32
      && parts[1].utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  private static func isLower(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...122).contains(byte)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    isLower(byte) || (65...90).contains(byte) || byte == 95
  }
}
