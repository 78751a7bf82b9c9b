/// Where a field stands in an object: `spec.containers[0].name`, `metadata.labels[app]`.
///
/// Steps are kept as links and written out only when an error needs the text, so that checking a
/// valid object builds no strings.
public struct FieldPath: Sendable, CustomStringConvertible {
  private indirect enum Step: Sendable {
    case root(String)
    case member(Step, String)
    case index(Step, Int)
    case key(Step, String)
  }

  private let step: Step

  private init(_ step: Step) { self.step = step }

  /// A field at the top of an object.
  public init(_ name: String) { step = .root(name) }

  /// A field of this one.
  public func child(_ name: String) -> FieldPath { FieldPath(.member(step, name)) }

  /// A field of a field of this one.
  public func child(_ first: String, _ second: String) -> FieldPath {
    child(first).child(second)
  }

  /// An element of this list.
  public func index(_ index: Int) -> FieldPath { FieldPath(.index(step, index)) }

  /// A value of this map.
  public func key(_ key: String) -> FieldPath { FieldPath(.key(step, key)) }

  /// The text, as in `spec.containers[0].name`.
  public var description: String { Self.text(step) }

  private static func text(_ step: Step) -> String {
    switch step {
    case .root(let name): name
    case .member(let outer, let name): text(outer) + (name.isEmpty ? "" : "." + name)
    case .index(let outer, let index): text(outer) + "[\(index)]"
    case .key(let outer, let key): text(outer) + "[\(key)]"
    }
  }
}
