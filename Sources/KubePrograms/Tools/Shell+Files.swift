import KubeModel

// Tools about files.
extension Shell {
  mutating func fileTool(
    _ name: String, _ arguments: [String], _ machine: inout Machine
  ) -> Int32? {
    let flags = arguments.filter { $0.hasPrefix("-") && $0.count > 1 }.joined()
    let names = arguments.filter { !$0.hasPrefix("-") || $0.count == 1 }
    switch name {
    case "cat": return show(names, &machine)
    case "touch":
      return each(names, name, &machine) { (files, path) throws(FileError) in
        try files.write("", to: path, append: true)
      }
    case "mkdir":
      let operands = flags.contains("m") ? Array(names.dropFirst()) : names
      let parents = flags.contains("p")
      return each(operands, "mkdir: can't create directory", &machine) {
        (files, path) throws(FileError) in try files.makeDirectory(path, parents: parents)
      }
    case "rmdir":
      return each(names, name, &machine) { (files, path) throws(FileError) in
        if try !files.list(path).isEmpty { throw .isNotEmpty }
        try files.remove(path, recursive: true)
      }
    case "rm":
      let isForced = flags.contains("f")
      let all = flags.contains("r") || flags.contains("R")
      return each(names, "rm: can't remove", &machine) { (files, path) throws(FileError) in
        if isForced && !files.exists(path) { return }
        try files.remove(path, recursive: all)
      }
    case "chmod":
      guard let mode = names.first else { return 1 }
      // Any of the three execute bits, or +x.
      let runs =
        mode.contains("x")
        ? mode.contains("+") || mode.contains("=")
        : mode.contains { $0.wholeNumberValue.map { $0 & 1 == 1 } ?? false }
      return each(Array(names.dropFirst()), name, &machine) { (files, path) throws(FileError) in
        try files.setExecutable(path, runs)
      }
    case "ls": return list(names, flags, &machine)
    case "cp", "mv": return copy(name, names, flags, &machine)
    case "find": return find(arguments, &machine)
    case "stat":
      return each(names, "stat: can't stat", &machine) { (files, path) throws(FileError) in
        if !files.exists(path) { throw .missing }
      }
    case "tar": return 0
    default: return nil
    }
  }

  /// Does something to each file; 1, with a message for each, when some could not be done.
  private mutating func each(
    _ names: [String], _ label: String, _ machine: inout Machine,
    _ body: (inout Files, String) throws(FileError) -> Void
  ) -> Int32 {
    if names.isEmpty { return 1 }
    var code: Int32 = 0
    for name in names {
      do throws(FileError) {
        try body(&machine.files, path(name))
      } catch {
        let subject = label.contains(":") ? "\(label) '\(name)'" : "\(label): \(name)"
        complain("\(subject): \(error)", &machine)
        code = 1
      }
    }
    return code
  }

  /// The text of a file, or of the input for `-`.
  mutating func content(
    _ name: String, _ machine: inout Machine
  ) throws(FileError) -> String {
    let text = try content(name, machine)
    machine.fuel -= text.utf8.count >> 10
    return text
  }

  private mutating func content(
    _ name: String, _ machine: Machine
  ) throws(FileError) -> String {
    switch path(name) {
    case _ where name == "-", "/dev/stdin":
      let text = io.input
      io.input = ""
      return text
    case "/dev/null": return ""
    case "/etc/hostname": return machine.hostname + "\n"
    case let path: return try machine.files.read(path)
    }
  }

  private mutating func show(_ names: [String], _ machine: inout Machine) -> Int32 {
    var code: Int32 = 0
    for name in names.isEmpty ? ["-"] : names {
      do throws(FileError) {
        write(try content(name, &machine), &machine)
      } catch {
        let problem = error == .isFolder ? "read error: \(error)" : "can't open '\(name)': \(error)"
        complain("cat: \(problem)", &machine)
        code = 1
      }
    }
    return code
  }

  private mutating func list(
    _ names: [String], _ flags: String, _ machine: inout Machine
  ) -> Int32 {
    var code: Int32 = 0
    for name in names.isEmpty ? ["."] : names {
      let target = path(name)
      guard machine.files.isDirectory(target), !flags.contains("d") else {
        if machine.files.exists(target) {
          write(name + "\n", &machine)
        } else {
          complain("ls: \(name): \(FileError.missing)", &machine)
          code = 1
        }
        continue
      }
      if names.count > 1 { write("\(name):\n", &machine) }
      for entry in (try? machine.files.list(target)) ?? []
      where flags.contains("a") || flags.contains("A") || !entry.hasPrefix(".") {
        write(entry + "\n", &machine)
      }
    }
    return code
  }

  private mutating func copy(
    _ name: String, _ names: [String], _ flags: String, _ machine: inout Machine
  ) -> Int32 {
    guard names.count > 1, let last = names.last else {
      return refuse("\(name): missing file operand", &machine)
    }
    let target = path(last)
    var code: Int32 = 0
    for source in names.dropLast() {
      let from = path(source)
      var to = target
      if machine.files.isDirectory(target) && !source.hasSuffix("/.") {
        to = Files.normal(Toolbox.baseName(source), in: target)
      }
      do throws(FileError) {
        guard machine.files.exists(from) else { throw .missing }
        if to == from || to.hasPrefix(from == "/" ? "/" : from + "/") { throw .exists }
        try copy(from, to, &machine.files)
        if name == "mv" { try machine.files.remove(from, recursive: true) }
      } catch {
        complain("\(name): can't stat '\(source)': \(error)", &machine)
        code = 1
      }
    }
    return code
  }

  private func copy(_ from: String, _ to: String, _ files: inout Files) throws(FileError) {
    guard files.isDirectory(from) else {
      let isExecutable = files.isExecutable(from)
      try files.write(try files.read(from), to: to)
      if isExecutable { try files.setExecutable(to, true) }
      return
    }
    try files.makeDirectory(to, parents: true)
    for entry in try files.list(from) {
      try copy(from + "/" + entry, to + "/" + entry, &files)
    }
  }

  /// `find folder… [-name pattern] [-type f|d]`.
  private mutating func find(_ arguments: [String], _ machine: inout Machine) -> Int32 {
    let roots = Array(arguments.prefix { !$0.hasPrefix("-") })
    func option(_ name: String) -> String? {
      arguments.firstIndex(of: name).flatMap { arguments[safe: $0 + 1] }
    }
    var code: Int32 = 0
    for root in roots.isEmpty ? ["."] : roots {
      guard machine.files.exists(path(root)) else {
        complain("find: \(root): \(FileError.missing)", &machine)
        code = 1
        continue
      }
      var left = [root]
      while let next = left.popLast() {
        let isFolder = machine.files.isDirectory(path(next))
        let isNamed =
          option("-name").map { ShellPattern.matches($0, Toolbox.baseName(next)) } ?? true
        let isOfType = option("-type").map { ($0 == "d") == isFolder } ?? true
        if isNamed && isOfType { write(next + "\n", &machine) }
        guard isFolder else { continue }
        let names = (try? machine.files.list(path(next))) ?? []
        left += names.reversed().map { next == "/" ? "/" + $0 : next + "/" + $0 }
      }
    }
    return code
  }
}
