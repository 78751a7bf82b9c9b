import KubeModel
import KubeReconcile
import SimulationKernel
import Testing

@testable import KubeNode

/// What is in the volumes that bring files along.
@Suite struct VolumeContentsTests {
  private var store: Store {
    var store = Store()
    var map = ConfigMap()
    map.metadata = ObjectMeta(name: "settings", namespace: "default")
    map.data = ["mode": "fast", "level": "3"]
    map.binaryData = ["blob": "aGkh"]
    _ = store.insert(map)
    var secret = Secret()
    secret.metadata = ObjectMeta(name: "login", namespace: "default")
    secret.data = ["password": "czNjcmV0"]
    _ = store.insert(secret)
    var node = Node()
    node.metadata.name = "node-1"
    node.status.allocatable = ["cpu": Quantity(value: 4), "memory": Quantity(value: 1 << 30)]
    _ = store.insert(node)
    return store
  }

  private let pod = {
    var pod = Pod()
    pod.metadata = ObjectMeta(
      name: "web-0", namespace: "default", labels: ["app": "web", "b": "2"])
    pod.metadata.uid = UID("uid-1")
    pod.spec.nodeName = "node-1"
    var container = Container(name: "app", image: "app:1")
    container.resources.limits["cpu"] = Quantity(milliValue: 250)
    pod.spec.containers = [container]
    return pod
  }()

  private func contents(_ json: JSONValue) throws -> VolumeContents {
    var manifest = JSONObject([("name", "v")])
    for (key, value) in json.objectValue ?? JSONObject() { manifest[key] = value }
    var context = DecodingContext()
    let volume = try #require(Volume.decode(.object(manifest), &context))
    let snapshot = Snapshot(store: store, now: .zero, clock: Clock())
    return VolumeContents(of: volume, for: pod, in: snapshot)
  }

  private func texts(_ contents: VolumeContents) -> StringMap<String> {
    contents.files.mapValues(\.text)
  }

  @Test func filesHaveTheModeOfTheItemOrOfTheVolume() throws {
    let found = try contents([
      "configMap": [
        "name": "settings", "defaultMode": 256,
        "items": [["key": "mode", "path": "a"], ["key": "level", "path": "b", "mode": 493]],
      ]
    ])
    #expect(found.files["a"]?.mode == 0o400 && found.files["b"]?.mode == 0o755)
    #expect(try contents(["configMap": ["name": "settings"]]).files["mode"]?.mode == 0o644)
  }

  @Test func aConfigMapIsAFileForEachKey() throws {
    let found = try contents(["configMap": ["name": "settings"]])
    #expect(texts(found) == ["blob": "hi!", "level": "3", "mode": "fast"])
    #expect(found.problem == nil)
  }

  @Test func itemsChooseKeysAndPaths() throws {
    let found = try contents([
      "configMap": [
        "name": "settings", "items": [["key": "mode", "path": "conf.d/mode.conf"]],
      ]
    ])
    #expect(texts(found) == ["conf.d/mode.conf": "fast"])
  }

  @Test func aMissingKeyIsAProblemUnlessTheVolumeIsOptional() throws {
    func source(_ optional: Bool) -> JSONValue {
      [
        "configMap": [
          "name": "settings", "optional": .bool(optional),
          "items": [["key": "none", "path": "a"], ["key": "mode", "path": "b"]],
        ]
      ]
    }
    #expect(
      try contents(source(false)).problem == "configmap references non-existent config key: none")
    let optional = try contents(source(true))
    #expect(optional.problem == nil && texts(optional) == ["b": "fast"])
  }

  @Test func aSecretIsDecoded() throws {
    let found = try contents(["secret": ["secretName": "login"]])
    #expect(texts(found) == ["password": "s3cret"])
    let missing = try contents([
      "secret": ["secretName": "login", "items": [["key": "x", "path": "x"]]]
    ])
    #expect(missing.problem == "references non-existent secret key: x")
    #expect(try contents(["secret": ["secretName": "no"]]).problem == "secret \"no\" not found")
    #expect(
      try contents(["secret": ["secretName": "no", "optional": true]]).problem == nil)
  }

  @Test func thePodsOwnFieldsAreFiles() throws {
    let found = try contents([
      "downwardAPI": [
        "items": [
          ["path": "name", "fieldRef": ["fieldPath": "metadata.name"]],
          ["path": "labels", "fieldRef": ["fieldPath": "metadata.labels"]],
          ["path": "app", "fieldRef": ["fieldPath": "metadata.labels['app']"]],
          [
            "path": "cpu",
            "resourceFieldRef": [
              "containerName": "app", "resource": "limits.cpu", "divisor": "1m",
            ],
          ],
          [
            "path": "cores",
            "resourceFieldRef": ["containerName": "app", "resource": "limits.cpu"],
          ],
          [
            "path": "memory",
            "resourceFieldRef": [
              "containerName": "app", "resource": "limits.memory", "divisor": "1Mi",
            ],
          ],
        ]
      ]
    ])
    #expect(found.problem == nil)
    #expect(
      texts(found) == [
        "app": "web", "cores": "1", "cpu": "250", "labels": "app=\"web\"\nb=\"2\"",
        "memory": "1024", "name": "web-0",
      ])
  }

  @Test func aProjectedVolumeJoinsItsSources() throws {
    let found = try contents([
      "projected": [
        "sources": [
          ["configMap": ["name": "settings", "items": [["key": "mode", "path": "mode"]]]],
          ["secret": ["name": "login"]],
        ]
      ]
    ])
    #expect(found.problem == nil)
    #expect(texts(found) == ["mode": "fast", "password": "s3cret"])
  }

  @Test func aProjectedVolumeNamesAllThatIsMissing() throws {
    let found = try contents([
      "projected": [
        "sources": [
          ["configMap": ["name": "a"]], ["secret": ["name": "b"]],
          ["secret": ["name": "c", "optional": true]],
        ]
      ]
    ])
    #expect(found.problem == "[configmap \"a\" not found, secret \"b\" not found]")
  }
}
