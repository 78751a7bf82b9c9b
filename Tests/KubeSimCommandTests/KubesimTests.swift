import Foundation
import KubeSim
import KubeSimManifests
import TestFixtures
import Testing

/// The built `kubesim`, which lies beside the test bundle.
enum Tool {
  struct Result {
    let code: Int32
    let output: String
    let errors: String
  }

  private final class Here {}

  static var path: URL {
    let bundle = Bundle(for: Here.self).bundleURL
    let folder =
      bundle.pathExtension == "xctest" ? bundle.deletingLastPathComponent() : bundle
    return folder.appending(path: "kubesim")
  }

  /// Runs it to its end.
  static func run(_ arguments: String...) throws -> Result {
    let process = Process()
    process.executableURL = path
    process.arguments = arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    // What it writes on standard error is short; standard output is read while it runs.
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let problems = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Result(code: process.terminationStatus, output: text, errors: problems)
  }

  /// Writes a file of this text, which is there as long as `body` runs.
  static func withFile<Value>(_ text: String, _ body: (String) throws -> Value) throws -> Value {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).yaml")
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try body(file.path)
  }
}

@Suite("The command kubesim") struct KubesimTests {
  static let scenarios: [String] = {
    let folder = Fixtures.folder.appending(path: "fidelity/scenarios")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  @Test("alone it plays a scenario and says what to try next") func demo() throws {
    let result = try Tool.run()
    #expect(result.code == 0)
    #expect(result.errors.isEmpty)
    #expect(result.output.contains("What to try next"))
    #expect(result.output.contains("deployment.apps/web"))
  }

  @Test("two processes run a scenario alike", arguments: scenarios)
  func repeatable(_ name: String) throws {
    let path = Fixtures.folder.appending(path: "fidelity/scenarios/\(name)").path
    let first = try Tool.run("run", path, "--output", "hash")
    let second = try Tool.run("run", path, "--output", "hash")
    #expect(first.code == 0)
    #expect(first.output.count == 17)
    #expect(first.output == second.output)
  }

  @Test("another seed is another run") func seeds() throws {
    let path = Fixtures.folder.appending(path: "fidelity/scenarios/deployment-rolling-update.yaml")
      .path
    let first = try Tool.run("run", path, "--output", "hash", "--seed", "1")
    let second = try Tool.run("run", path, "--output", "hash", "--seed", "2")
    #expect(first.output != second.output)
  }

  @Test(
    "a bad manifest gives one error with file, document and field, and exit code 1",
    arguments: [
      (
        "kind: Pod\n bad: x", "document 1: error converting YAML to JSON: yaml: line 2: "
      ),
      (
        "{apiVersion: v1, kind: Pud, metadata: {name: a}}",
        #"document 1: no matches for kind "Pud" in version "v1""#
      ),
      (
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: []}}",
        #"document 1: Pod "a" is invalid: spec.containers: Required value"#
      ),
      (
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {container: []}}",
        #"unknown field "spec.container""#
      ),
    ])
  func badManifest(_ text: String, _ expected: String) throws {
    try Tool.withFile(text) { path in
      let result = try Tool.run("run", path)
      #expect(result.code == 1)
      #expect(result.output.isEmpty)
      #expect(result.errors.hasPrefix("error: \(path), document 1: "))
      #expect(result.errors.contains(expected))
      #expect(result.errors.split(separator: "\n").count == 1)
    }
  }

  @Test("a file that is not there is exit code 1, a bad option is 2") func exitCodes() throws {
    let missing = try Tool.run("run", "/nowhere.yaml")
    #expect(missing.code == 1)
    #expect(missing.errors == "error: the path \"/nowhere.yaml\" does not exist\n")
    #expect(try Tool.run("run", "x.yaml", "--output", "poem").code == 2)
    #expect(try Tool.run("run").code == 2)
    let help = try Tool.run("--help")
    #expect(help.code == 0)
    #expect(help.output.contains("EXAMPLES"))
  }

  @Test("a step that is refused is reported and the run ends well") func refusedStep() throws {
    let text = """
      apiVersion: kubesim.dev/v1alpha1
      kind: Scenario
      spec:
        duration: 5s
        nodes: [{count: 1}]
        steps: [{at: 1s, drain: {node: node-1}}]
      """
    try Tool.withFile(text) { path in
      let result = try Tool.run("run", path, "--output", "events")
      #expect(result.code == 0)
      #expect(result.errors == "0:01.010  step 0 (drain) was refused: drain: not supported yet\n")
    }
  }

  @Test("manifests run until nothing is due, and can be looked at") func manifests() throws {
    let text = """
      {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, image: app}]}}
      ---
      {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny}}
      """
    try Tool.withFile(text) { path in
      let result = try Tool.run(
        "run", path, "--nodes", "1", "--then", "get pods", "--then", "why pod/a", "--then",
        "get pod a -o yaml")
      #expect(result.code == 0)
      #expect(
        result.errors.contains(#"NetworkPolicy "deny" (networking.k8s.io/v1) is not modelled"#))
      #expect(result.output.contains("a      1/1     Running"))
      #expect(result.output.contains("because you created it"))
      #expect(result.output.contains("\n  nodeName: node-1\n"))
    }
  }

  @Test("a command that fails says why, and the others follow") func failingCommand() throws {
    let text = """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        progressDeadlineSeconds: 5
        selector: {matchLabels: {app: web}}
        template:
          metadata:
            labels: {app: web}
            annotations: {kubesim.dev/behavior: "app: {pull: {fail: true}}"}
          spec: {containers: [{name: app, image: "web:1"}]}
      """
    try Tool.withFile(text) { path in
      let result = try Tool.run(
        "run", path, "--for", "10s", "--then", "rollout status deploy/web", "--then",
        "rollout history deploy/web", "--then", "get nothing")
      #expect(result.code == 1)
      #expect(
        result.errors.hasPrefix("error: deployment \"web\" exceeded its progress deadline\n"))
      #expect(result.errors.contains("doesn't have a resource type \"nothing\""))
      #expect(
        result.output
          == "deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n\n")
    }
  }

  @Test("a namespace that no manifest declares is created, and that is said") func namespaces()
    throws
  {
    let text = """
      {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop}, spec: {containers: [{name: app, image: app}]}}
      ---
      {apiVersion: v1, kind: Pod, metadata: {name: b, namespace: own}, spec: {containers: [{name: app, image: app}]}}
      """
    try Tool.withFile(text) { path in
      try Tool.withFile("{apiVersion: v1, kind: Namespace, metadata: {name: own}}") { own in
        let result = try Tool.run("run", own, path, "--then", "get pods -A")
        #expect(result.code == 0)
        #expect(result.errors == "the namespace \"shop\" is in no manifest: it was created\n")
        #expect(result.output.contains("shop        a"))
        #expect(result.output.contains("own         b"))
      }
    }
  }

  @Test("claims of no class get volumes, unless the manifests bring storage") func storage() throws
  {
    let claim = """
      {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}
      ---
      {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: app, image: app, volumeMounts: [{name: d, mountPath: /d}]}], volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]}}
      """
    try Tool.withFile(claim) { path in
      let result = try Tool.run("run", path, "--then", "get pvc", "--then", "get pods")
      #expect(
        result.errors == "claims that name no class get volumes of the class \"standard\"\n")
      #expect(result.output.contains("data   Bound"))
      #expect(result.output.contains("a      1/1     Running"))
      // A claim that no pod uses is stored as it is.
      try Tool.withFile(String(claim.prefix { $0 != "\n" })) { alone in
        let result = try Tool.run("run", alone, "--then", "get pvc")
        #expect(!result.errors.contains("standard"))
        #expect(result.output.contains("data   Pending"))
      }
      let volume = """
        {apiVersion: v1, kind: PersistentVolume, metadata: {name: disk}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /disk}}}
        """
      try Tool.withFile(volume) { disk in
        let result = try Tool.run("run", path, disk, "--then", "get pvc")
        #expect(result.errors.isEmpty)
        #expect(result.output.contains("data   Bound    disk"))
      }
    }
  }

  @Test("the watch stream is written, a JSON object a line") func watchStream() throws {
    let path = Fixtures.folder.appending(path: "fidelity/scenarios/pod-succeeds.yaml").path
    try Tool.withFile("") { log in
      let result = try Tool.run("run", path, "--watch-json", log, "--output", "events")
      #expect(result.code == 0)
      let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        .map { try JSONValue(parsing: String($0)) }
      #expect(lines.contains { $0["object"]?["status"]?["phase"] == "Succeeded" })
      #expect(
        zip(lines, lines.dropFirst()).allSatisfy {
          ($0["t"]?.doubleValue ?? 0) <= ($1["t"]?.doubleValue ?? 0)
        })
    }
  }
}
