import Foundation
import KubeModel
import KubeNode
import KubeReconcile
import SimulationKernel
import Testing

@Test func scenarios() throws {
  let folder = URL(filePath: "/tmp/kubelet/scn")
  for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
    let json = try JSONValue(parsing: String(contentsOf: file, encoding: .utf8))
    let name = json["name"]!.stringValue!
    var driver = NodeDriver(timing: .kubernetes, nodes: [])
    for node in json["nodes"]!.arrayValue! {
      driver.addNode(node["name"]!.stringValue!) {
        for (k, v) in node["labels"]!.objectValue! { $0.metadata.labels[k] = v.stringValue! }
      }
    }
    driver.run(until: Instant(nanoseconds: 2_000_000_000))
    let base = driver.now
    for step in json["steps"]!.arrayValue! {
      driver.run(until: base + .milliseconds(Int64(step["at"]!.doubleValue! * 1000)))
      let object = step["object"]!
      switch step["verb"]!.stringValue! {
      case "apply":
        switch object["kind"]!.stringValue! {
        case "Pod": driver.create(try Pod(manifest: object))
        case "ConfigMap": driver.insert(try ConfigMap(manifest: object))
        case "Secret": driver.insert(try Secret(manifest: object))
        default: print(name, "skips", object["kind"]!)
        }
      case "delete":
        let target = object["target"]!["name"]!.stringValue!
        let key = driver.snapshot.store.key(Pod.self, "default", target)!
        driver.delete(key, grace: object["gracePeriodSeconds"]?.intValue)
      default: print(name, "no verb", step["verb"]!)
      }
    }
    driver.run(until: base + .milliseconds(Int64(json["duration"]!.doubleValue! * 1000)))
    var lines: [(Double, String)] = []
    var seen: Set<String> = []
    for version in driver.versions {
      let first = seen.insert(version.pod.metadata.name).inserted
      let line: JSONValue = ["t": .double(version.time - base.seconds), "type": first ? "ADDED" : "MODIFIED", "object": version.pod.manifest]
      lines.append((version.time, line.text()))
    }
    for gone in driver.deletions {
      let pod = driver.versions.last { $0.pod.metadata.name == gone.name }!.pod
      let line: JSONValue = ["t": .double(gone.time - base.seconds), "type": "DELETED", "object": pod.manifest]
      lines.append((gone.time, line.text()))
    }
    var number = 0
    var counts: [String: (Int, String)] = [:]
    for event in driver.events where event.name != "node-1" && event.name != "node-2" {
      number += 1
      let key = event.name + event.reason + event.message + event.fieldPath
      let old = counts[key]
      let id = old?.1 ?? "e\(number)"
      counts[key] = ((old?.0 ?? 0) + 1, id)
      let line: JSONValue = ["t": .double(event.time - base.seconds), "type": old == nil ? "ADDED" : "MODIFIED",
        "object": ["kind": "Event", "apiVersion": "v1", "metadata": ["name": .string(id), "namespace": "default"], "reason": .string(event.reason), "message": .string(event.message), "type": .string(event.type.rawValue), "count": .int(Int64((old?.0 ?? 0) + 1)), "source": ["component": "kubelet", "host": "node-1"], "reportingComponent": "kubelet", "involvedObject": ["kind": "Pod", "namespace": "default", "name": .string(event.name), "fieldPath": .string(event.fieldPath)]]]
      lines.append((event.time, line.text()))
    }
    lines = lines.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element)
    try lines.map(\.1).joined(separator: "\n").write(toFile: "/tmp/kubelet/out/\(name).jsonl", atomically: true, encoding: .utf8)
    try driver.log.write(toFile: "/tmp/kubelet/out/\(name).log", atomically: true, encoding: .utf8)
  }
}
