import KubeModel
import KubeSim
import SimulationKernel

/// A kind that has a description of its own. A user's own kind may conform too; others are shown
/// field by field.
public protocol Describable: APIObject {
  /// Writes the description, all but the Events.
  func describe(in views: Views, _ text: inout Description)

  /// Whether Events about the object follow.
  static var showsEvents: Bool { get }
}

extension Describable {
  public static var showsEvents: Bool { true }
}

extension Views {
  /// What `kubectl describe` prints.
  ///
  /// - Throws: NotFound for a name or kind that there is not.
  public func describe(
    _ kinds: String, _ names: [String] = [], namespace: String? = "default",
    selector: Selector = .everything
  ) throws(APIError) -> String {
    let kinds = try self.kinds(named: kinds)
    var texts: [String] = []
    for kind in kinds {
      // Without such a name, kubectl describes what begins with it.
      var objects = (try? self.objects(kind, names, namespace, selector)) ?? []
      if objects.isEmpty {
        objects = try self.objects(kind, [], namespace, selector).filter { object in
          names.isEmpty || names.contains { object.metadata.name.hasPrefix($0) }
        }
        if objects.isEmpty, let name = names.first { throw .notFound(kind.resource, name) }
      }
      texts += objects.map(describe)
    }
    guard !texts.isEmpty else { return nothingFound(kinds, namespace) }
    return texts.joined(separator: "\n\n")
  }

  /// What `kubectl describe` prints of an object.
  public func describe(_ object: any APIObject) -> String {
    var text = Description(at: now)
    if let object = object as? any Describable {
      object.describe(in: self, &text)
      if type(of: object).showsEvents { text.events(events(about: object)) }
    } else {
      text.fields(of: object)
      text.events(events(about: object))
    }
    return text.text
  }

  /// The Events about an object, in the order of `describe`: by last time, those without first.
  func events(about object: any APIObject) -> [Event] {
    let metadata = object.metadata
    let isNode = object is Node
    let events = objects(Event.self, isNode ? nil : metadata.namespace).filter {
      let about = $0.involvedObject
      guard about.kind == type(of: object).resource.kind, about.name == metadata.name else {
        return false
      }
      // The kubelet gives its node's name for the uid.
      return about.uid == metadata.uid || isNode && about.uid.description == metadata.name
    }
    return events.enumerated().sorted {
      let (one, other) = ($0.element.lastTimestamp, $1.element.lastTimestamp)
      if one == other { return $0.offset < $1.offset }
      guard let one else { return true }
      return other.map { one < $0 } ?? false
    }.map(\.element)
  }

  /// How many pods of a controller are in which phase: `3 Running / 1 Waiting / …`.
  func podCounts(of owner: some APIObject) -> String {
    let pods = store[Pod.self].owned(by: owner.metadata.uid).map(\.object).filter {
      $0.metadata.controllerRef?.uid == owner.metadata.uid
    }
    func count(_ phase: PodPhase) -> Int { pods.count { $0.status.phase == phase } }
    return "\(count(.running)) Running / \(count(.pending)) Waiting / "
      + "\(count(.succeeded)) Succeeded / \(count(.failed)) Failed"
  }
}
