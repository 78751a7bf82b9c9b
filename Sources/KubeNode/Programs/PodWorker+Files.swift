import KubeModel
import KubePrograms
import SimulationKernel

// What is in a pod's volumes, and where its containers see it.
//
// Follows   pkg/volume/{configmap,secret,projected,downwardapi,emptydir} (v1.36)
// Left out  owners and permission bits other than the one for running; sizes. A change of a ConfigMap
//           or Secret shows at the first event of a program of the pod a minute after the last look.
extension PodWorker {
  private static let refreshPeriod = Duration.seconds(60)

  /// The files of a container that starts.
  func files(of container: Container, _ image: KnownImage?) -> Files {
    var files = Files()
    for (path, text) in image?.files ?? [:] { files.root.put(text, at: path) }
    for folder in [image?.directory ?? "/", container.workingDir] {
      files.root.makeFolder(folder.split(separator: "/").joined(separator: "/"))
    }
    files.root.put(hostname + "\n", at: "etc/hostname")
    files.root.put(hosts, at: "etc/hosts")
    files.root.put("root:x:0:0:root:/root:/bin/sh\n", at: "etc/passwd")
    files.root.put(
      "search \(pod.metadata.namespace).svc.cluster.local svc.cluster.local cluster.local\n"
        + "nameserver 10.96.0.10\noptions ndots:5\n", at: "etc/resolv.conf")
    let message = container.terminationMessagePath
    files.root.put(
      "", at: message.isEmpty ? "dev/termination-log" : String(message.drop { $0 == "/" }))
    files.isReadOnly = container.securityContext?.readOnlyRootFilesystem == true
    let variables =
      container.volumeMounts.contains { !$0.subPathExpr.isEmpty }
      ? self.variables(of: container, image) : [:]
    for mount in container.volumeMounts {
      let sub =
        mount.subPathExpr.isEmpty
        ? mount.subPath : expand([mount.subPathExpr], variables)[0]
      // A part that is mounted alone stays as it was at the start.
      let isFixed = isConfiguration(mount.name) && !sub.isEmpty
      files.mount(
        Files.Mount(
          path: mount.mountPath, volume: mount.name, subPath: sub,
          isReadOnly: mount.readOnly || isConfiguration(mount.name),
          copy: isFixed ? runtime.volumes[mount.name] : nil))
    }
    files.volumes = runtime.volumes
    return files
  }

  private var hosts: String {
    var text = "127.0.0.1\tlocalhost\n"
    if !runtime.addressText.isEmpty {
      let own = Hostname(of: pod)
      let names = own.domain.isEmpty ? own.name : "\(own.full)\t\(own.name)"
      text += "\(runtime.addressText)\t\(names)\n"
    }
    for alias in pod.spec.hostAliases {
      text += "\(alias.ip)\t\(alias.hostnames.joined(separator: "\t"))\n"
    }
    return text
  }

  private func isConfiguration(_ name: String) -> Bool {
    pod.spec.volumes.contains { $0.name == name && $0.followsObjects }
  }

  /// Fills the volumes: those that follow objects anew, the others when they are new.
  mutating func readVolumes() {
    runtime.volumesReadAt = now
    for volume in pod.spec.volumes {
      if let tree = configuration(volume) {
        runtime.volumes[volume.name] = tree
      } else if let disk = disk(of: volume) {
        runtime.volumes[volume.name] = disks[disk] ?? FileTree()
      } else if runtime.volumes[volume.name] == nil {
        runtime.volumes[volume.name] = FileTree()
      }
    }
  }

  /// Reads the volumes again when the last look is long ago, and disks, which others may write.
  mutating func refreshVolumes() {
    if let last = runtime.volumesReadAt, now - last >= Self.refreshPeriod {
      readVolumes()
    } else if runtime.hasDisks {
      for volume in pod.spec.volumes {
        if let disk = disk(of: volume) { runtime.volumes[volume.name] = disks[disk] ?? FileTree() }
      }
    }
  }

  /// Puts back what was written on disks that outlive the pod.
  mutating func keepDisks() {
    guard !pod.spec.volumes.isEmpty else { return }
    for volume in pod.spec.volumes {
      guard let disk = disk(of: volume), let tree = runtime.volumes[volume.name] else { continue }
      runtime.hasDisks = true
      if disks[disk] != tree { disks[disk] = tree }
    }
  }

  /// The name of what a volume is stored on, where that outlives the pod.
  private func disk(of volume: Volume) -> String? {
    if let path = volume.hostPath?.path { return "host \(node.name) \(path)" }
    if let share = volume.nfs { return "nfs \(share.server) \(share.path)" }
    var claim = volume.persistentVolumeClaim?.claimName
    if volume.ephemeral != nil { claim = "\(pod.metadata.name)-\(volume.name)" }
    guard let claim else { return nil }
    let name = find(PersistentVolumeClaim.self, claim)?.spec.volumeName ?? ""
    return name.isEmpty ? nil : "volume \(name)"
  }

  /// What follows objects of the API, as it is now.
  private func configuration(_ volume: Volume) -> FileTree? {
    guard volume.followsObjects else { return nil }
    var tree = FileTree()
    for (path, file) in VolumeContents(of: volume, for: pod, in: snapshot).files {
      tree.put(file.text, at: path, isExecutable: file.mode & 0o111 != 0)
    }
    return tree
  }
}

extension Volume {
  /// True for volumes whose files are those of objects, which no container may write.
  fileprivate var followsObjects: Bool {
    configMap != nil || secret != nil || projected != nil || downwardAPI != nil
  }
}
