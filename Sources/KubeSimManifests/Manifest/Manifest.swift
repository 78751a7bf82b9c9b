import Foundation
import KubeSim

/// One object of a manifest file, with the place where it stands.
public struct Manifest: Sendable {
  /// The object as JSON.
  public var json: JSONValue
  /// Where it stands, as `web.yaml, document 2 (line 14)`; without a file `document 2 (line 14)`.
  public var source: String
  /// What a strict reader of the text objects to: keys that come twice.
  public var objections: [String]

  /// `apps/v1`; empty when the manifest does not say.
  public var apiVersion: String { json["apiVersion"]?.stringValue ?? "" }
  /// `Deployment`; empty when the manifest does not say.
  public var kind: String { json["kind"]?.stringValue ?? "" }
  /// The object's name; empty when the manifest does not say.
  public var name: String { json["metadata"]?["name"]?.stringValue ?? "" }

  /// Reads a YAML text of one or more documents, or a JSON text; a `List` gives its items.
  ///
  /// - Throws: BadRequest with document and line for what is neither.
  public static func all(inText text: String, file: String = "") throws(APIError) -> [Manifest] {
    let documents: [YAMLDocument]
    do throws(YAMLFailure) {
      documents = try YAMLDocument.all(in: text)
    } catch {
      var refusal = APIError.badRequest(
        "error converting YAML to JSON: yaml: line \(error.line): \(error.reason)")
      refusal.source = place(file, error.document)
      throw refusal
    }
    return documents.enumerated().flatMap { index, document in
      items(
        Manifest(
          json: document.json,
          source: place(file, index + 1) + (document.line > 1 ? " (line \(document.line))" : ""),
          objections: document.objections))
    }
  }

  /// Reads a file, or the files of a folder that end in `.yaml`, `.yml` or `.json`, by name.
  ///
  /// - Throws: NotFound for a path that is not there, BadRequest for what is neither YAML nor JSON.
  public static func all(inFile path: String) throws(APIError) -> [Manifest] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw APIError(
        code: 404, reason: .notFound, message: "the path \"\(path)\" does not exist")
    }
    guard isFolder.boolValue else { return try all(inText: try text(of: path), file: path) }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    var manifests: [Manifest] = []
    for name in names.sorted()
    where ["yaml", "yml", "json"].contains(name.split(separator: ".").last) {
      let file = path.hasSuffix("/") ? path + name : path + "/" + name
      manifests += try all(inText: try text(of: file), file: file)
    }
    return manifests
  }

  private static func text(of path: String) throws(APIError) -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .badRequest("the path \"\(path)\" cannot be read")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw .badRequest("the path \"\(path)\" is no text in UTF-8")
    }
    return text
  }

  private static func place(_ file: String, _ document: Int) -> String {
    (file.isEmpty ? "" : file + ", ") + "document \(document)"
  }

  /// The items of a list (`kind: List` or `PodList`), else the manifest itself.
  private static func items(_ manifest: Manifest) -> [Manifest] {
    guard manifest.kind.hasSuffix("List"), let items = manifest.json["items"]?.arrayValue else {
      return [manifest]
    }
    return items.enumerated().flatMap { index, item in
      Self.items(
        Manifest(
          json: item, source: "\(manifest.source), item \(index + 1)",
          objections: manifest.objections))
    }
  }
}
