import KubeModel

/// What went wrong with a file, in the words of the C library.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text.
  public let description: String

  static let missing = FileError(description: "No such file or directory")
  static let isFolder = FileError(description: "Is a directory")
  static let isNoFolder = FileError(description: "Not a directory")
  static let exists = FileError(description: "File exists")
  static let isReadOnly = FileError(description: "Read-only file system")
  static let isFull = FileError(description: "No space left on device")
  static let isNotEmpty = FileError(description: "Directory not empty")
}

/// The files that a container sees: its own, and those of the volumes mounted in it.
public struct Files: Sendable {
  /// A volume in a container's tree.
  public struct Mount: Hashable, Sendable {
    /// Where it is mounted.
    public var path: String
    /// Which volume.
    public var volume: String
    /// The part of the volume that is mounted; empty for all of it.
    public var subPath: String
    /// True when nothing can be written.
    public var isReadOnly: Bool
    /// The volume as it was when it was mounted, where later changes do not show; nil where they do.
    public var copy: FileTree?

    /// A mount.
    public init(
      path: String, volume: String, subPath: String = "", isReadOnly: Bool = false,
      copy: FileTree? = nil
    ) {
      self.copy = copy
      self.path = Files.normal(path, in: "/")
      self.volume = volume
      self.subPath = subPath.split(separator: "/").joined(separator: "/")
      self.isReadOnly = isReadOnly
    }
  }

  /// The container's own files; new with each start.
  public var root = FileTree()
  /// What is mounted where.
  public private(set) var mounts: [Mount] = []
  /// The volumes, by name; shared by the containers of a pod.
  public var volumes: StringMap<FileTree> = [:]
  /// True when nothing can be written outside volumes.
  public var isReadOnly = false
  /// How often something was written.
  public private(set) var changes = 0

  /// No files but the folders that every image has.
  public init() { root = Self.skeleton }

  /// How large a file may grow, in bytes.
  private static let largestFile = 4 << 20

  private static let skeleton: FileTree = {
    var tree = FileTree()
    for folder in ["bin", "dev", "etc", "home", "proc", "root", "tmp", "usr", "var"] {
      tree.makeFolder(folder)
    }
    return tree
  }()

  /// Mounts a volume; a mount below another one covers it.
  public mutating func mount(_ mount: Mount) {
    mounts.append(mount)
    mounts.sort { $0.path.count > $1.path.count }
  }

  // MARK: Reading

  /// True when there is a file or a folder.
  public func exists(_ path: String) -> Bool { node(path) != nil }

  /// True when there is a folder.
  public func isDirectory(_ path: String) -> Bool { node(path) == .folder }

  /// True when a file can be run.
  public func isExecutable(_ path: String) -> Bool {
    if case .file(_, let executable) = node(path) { executable } else { false }
  }

  /// The content of a file.
  ///
  /// - Throws: ``FileError`` for what is missing or a folder.
  public func read(_ path: String) throws(FileError) -> String {
    switch node(path) {
    case .file(let text, _): return text
    case .folder: throw .isFolder
    case nil: throw .missing
    }
  }

  /// The names in a folder, sorted.
  ///
  /// - Throws: ``FileError`` for what is missing or no folder.
  public func list(_ path: String) throws(FileError) -> [String] {
    guard let node = node(path) else { throw .missing }
    guard node == .folder else { throw .isNoFolder }
    let place = place(path)
    var names = tree(place).names(in: place.path)
    let start = place.whole == "/" ? "/" : place.whole + "/"
    for mount in mounts where mount.path.hasPrefix(start) {
      let rest = mount.path.dropFirst(start.count)
      guard let name = rest.split(separator: "/").first.map(String.init), !names.contains(name)
      else { continue }
      names.append(name)
    }
    return names.sorted()
  }

  // MARK: Writing

  /// Writes a file, or adds to it.
  ///
  /// - Throws: ``FileError``, when its folder is missing or nothing can be written there.
  public mutating func write(
    _ text: String, to path: String, append: Bool = false
  ) throws(FileError) {
    if node(path) == .folder { throw .isFolder }
    let place = try writable(path)
    guard isDirectory(Self.parent(place.whole)) else { throw .missing }
    var whole = text
    var executable = false
    if case .file(let old, let isExecutable) = node(path) {
      if append { whole = old + text }
      executable = isExecutable
    }
    if whole.utf8.count > Self.largestFile { throw .isFull }
    change(place) { $0.put(whole, at: place.path, isExecutable: executable) }
  }

  /// Makes a folder; with `parents` also those that lead to it.
  ///
  /// - Throws: ``FileError``, when it is there already or its parent is missing.
  public mutating func makeDirectory(_ path: String, parents: Bool = false) throws(FileError) {
    if let node = node(path) {
      if parents && node == .folder { return }
      throw .exists
    }
    let place = try writable(path)
    if !parents && !isDirectory(Self.parent(place.whole)) { throw .missing }
    change(place) { $0.makeFolder(place.path) }
  }

  /// Removes a file, or a folder with all that is in it.
  ///
  /// - Throws: ``FileError`` for what is missing, or a folder without `recursive`.
  public mutating func remove(_ path: String, recursive: Bool = false) throws(FileError) {
    guard let node = node(path) else { throw .missing }
    if node == .folder && !recursive { throw .isFolder }
    let place = try writable(path)
    change(place) { $0.remove(place.path) }
  }

  /// Says whether a file can be run.
  ///
  /// - Throws: ``FileError`` for what is missing or cannot be written.
  public mutating func setExecutable(_ path: String, _ flag: Bool) throws(FileError) {
    guard let node = node(path) else { throw .missing }
    guard case .file(let text, _) = node else { return }
    let place = try writable(path)
    change(place) { $0.put(text, at: place.path, isExecutable: flag) }
  }

  // MARK: Paths

  /// A path without `.`, `..` and double slashes, from the root.
  public static func normal(_ path: String, in directory: String) -> String {
    let whole = path.hasPrefix("/") ? path : directory + "/" + path
    var parts: [Substring] = []
    for part in whole.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  private static func parent(_ path: String) -> String {
    normal("..", in: path)
  }

  private struct Place {
    var whole: String
    var mount: Mount?
    var path: String
  }

  private func place(_ path: String) -> Place {
    let whole = Self.normal(path, in: "/")
    for mount in mounts {
      guard whole == mount.path || whole.hasPrefix(mount.path == "/" ? "/" : mount.path + "/")
      else { continue }
      let rest = whole.dropFirst(mount.path.count).drop { $0 == "/" }
      let inner = [mount.subPath, String(rest)].filter { !$0.isEmpty }.joined(separator: "/")
      return Place(whole: whole, mount: mount, path: inner)
    }
    return Place(whole: whole, mount: nil, path: String(whole.dropFirst()))
  }

  private func tree(_ place: Place) -> FileTree {
    place.mount.map { $0.copy ?? volumes[$0.volume] ?? FileTree() } ?? root
  }

  private func node(_ path: String) -> FileTree.Node? {
    let place = place(path)
    if let node = tree(place)[place.path] { return node }
    // A mount point and what leads to it are folders.
    let start = place.whole == "/" ? "/" : place.whole + "/"
    let isMountPoint = place.mount.map { $0.path == place.whole } ?? false
    return isMountPoint || mounts.contains { $0.path.hasPrefix(start) } ? .folder : nil
  }

  private func writable(_ path: String) throws(FileError) -> Place {
    let place = place(path)
    if place.mount.map(\.isReadOnly) ?? isReadOnly { throw .isReadOnly }
    return place
  }

  private mutating func change(_ place: Place, _ edit: (inout FileTree) -> Void) {
    changes += 1
    if let mount = place.mount {
      edit(&volumes[mount.volume, default: FileTree()])
    } else {
      edit(&root)
    }
  }
}
