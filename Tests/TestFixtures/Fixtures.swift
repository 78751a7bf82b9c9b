import Foundation
import KubeModel

/// The files that tests read: `Tests/Fixtures`, or the folder that an environment variable names.
public enum Fixtures {
  /// `Tests/Fixtures`.
  public static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  /// The top of the repository.
  public static let repository = folder.deletingLastPathComponent().deletingLastPathComponent()

  /// The text of a file below `Tests/Fixtures`.
  public static func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }
}
