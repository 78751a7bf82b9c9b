import KubeModel

/// Files and folders below one root, as a value: the content of a volume, or of a container.
public struct FileTree: Hashable, Sendable {
  /// A file or a folder.
  public enum Node: Hashable, Sendable {
    case folder
    case file(String, isExecutable: Bool = false)
  }

  /// By path from the root, without a slash in front: `a/b`.
  private(set) var nodes: StringMap<Node> = [:]

  /// An empty folder.
  public init() {}

  /// Files with these contents, by path.
  public init(_ files: StringMap<String>) {
    for (path, text) in files { put(text, at: path) }
  }

  /// What is at a path; the empty path is the root.
  public subscript(path: String) -> Node? { path.isEmpty ? .folder : nodes[path] }

  /// The names in a folder, sorted.
  public func names(in folder: String) -> [String] {
    let start = folder.isEmpty ? "" : folder + "/"
    return nodes.keys.compactMap { path in
      guard path.hasPrefix(start) else { return nil }
      let rest = path.dropFirst(start.count)
      return rest.isEmpty || rest.contains("/") ? nil : String(rest)
    }
  }

  /// Puts a file at a path, with the folders that lead to it.
  public mutating func put(_ text: String, at path: String, isExecutable: Bool = false) {
    makeFolders(to: path)
    nodes[path] = .file(text, isExecutable: isExecutable)
  }

  /// Makes a folder and those that lead to it.
  public mutating func makeFolder(_ path: String) {
    if path.isEmpty { return }
    makeFolders(to: path)
    if nodes[path] == nil { nodes[path] = .folder }
  }

  /// Takes out what is at a path and all below it.
  public mutating func remove(_ path: String) {
    nodes = nodes.filter { $0.key != path && !$0.key.hasPrefix(path + "/") }
  }

  private mutating func makeFolders(to path: String) {
    var prefix = ""
    for part in path.split(separator: "/").dropLast() {
      prefix += prefix.isEmpty ? String(part) : "/" + part
      if nodes[prefix] == nil { nodes[prefix] = .folder }
    }
  }
}
