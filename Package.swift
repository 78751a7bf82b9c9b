// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let collections = Target.Dependency.product(
  name: "OrderedCollections", package: "swift-collections")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let algorithms = Target.Dependency.product(name: "Algorithms", package: "swift-algorithms")
let atomics = Target.Dependency.product(name: "Atomics", package: "swift-atomics")
let customDump = Target.Dependency.product(name: "CustomDump", package: "swift-custom-dump")
let issueReporting = Target.Dependency.product(
  name: "IssueReporting", package: "xctest-dynamic-overlay")
let issueReportingTestSupport = Target.Dependency.product(
  name: "IssueReportingTestSupport", package: "xctest-dynamic-overlay")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// One room of the house: a library target and the arrows that lead out of it.
func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestFixtures"], swiftSettings: settings)
}

let package = Package(
  name: "KubeSim",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [
    .library(name: "KubeSim", targets: ["KubeSim"]),
    .library(name: "KubeSimManifests", targets: ["KubeSimManifests"]),
    .library(name: "KubeSimViews", targets: ["KubeSimViews"]),
    .library(name: "KubeSimTesting", targets: ["KubeSimTesting"]),
    .executable(name: "kubesim", targets: ["KubeSimCommand"]),
    .executable(name: "kubesim-benchmark", targets: ["KubeSimBenchmark"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-algorithms", from: "1.2.1"),
    .package(url: "https://github.com/apple/swift-atomics", from: "1.3.0"),
    .package(url: "https://github.com/pointfreeco/swift-custom-dump", from: "1.7.3"),
    .package(url: "https://github.com/pointfreeco/xctest-dynamic-overlay", from: "1.13.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    room("SimulationKernel", [heap, deque, collections]),
    room("KubeModel", ["SimulationKernel", collections]),
    room("KubeReconcile", ["KubeModel", deque]),
    room("KubeAPIServer", ["KubeModel", algorithms]),
    room("KubeControllers", ["KubeReconcile", algorithms]),
    room("KubeScheduler", ["KubeReconcile"]),
    room("KubePrograms", ["KubeModel"]),
    room("KubeNode", ["KubeReconcile", "KubePrograms"]),
    room(
      "KubeSim", ["KubeAPIServer", "KubeControllers", "KubeScheduler", "KubeNode"]),
    room("KubeSimManifests", ["KubeSim", yams]),
    room("KubeSimViews", ["KubeSim"]),
    room("KubeSimTesting", ["KubeSim", customDump, issueReporting, atomics]),
    .executableTarget(
      name: "KubeSimCommand",
      dependencies: ["KubeSimViews", "KubeSimManifests", arguments], swiftSettings: settings),
    .executableTarget(
      name: "KubeSimBenchmark", dependencies: ["KubeSim", arguments, heap],
      swiftSettings: settings),

    .target(
      name: "TestFixtures", dependencies: ["KubeReconcile"], path: "Tests/TestFixtures",
      swiftSettings: settings),
    tests("SimulationKernelTests", ["SimulationKernel"]),
    tests("KubeModelTests", ["KubeModel"]),
    tests("KubeReconcileTests", ["KubeReconcile"]),
    tests("KubeAPIServerTests", ["KubeAPIServer"]),
    tests("KubeControllersTests", ["KubeControllers", "KubeSimManifests"]),
    tests("KubeSchedulerTests", ["KubeScheduler"]),
    tests("KubeProgramsTests", ["KubePrograms"]),
    tests("KubeNodeTests", ["KubeNode"]),
    tests(
      "KubeSimTests", ["KubeSim", "KubeSimManifests", "KubeSimTesting", issueReportingTestSupport]),
    tests("KubeSimManifestsTests", ["KubeSimManifests"]),
    tests("KubeSimViewsTests", ["KubeSimViews", "KubeSimManifests"]),
    tests(
      "KubeSimTestingTests", ["KubeSimTesting", "KubeSimManifests", issueReportingTestSupport]),
    tests("FidelityTests", ["KubeSimManifests"]),
    tests("KubeSimCommandTests", ["KubeSimManifests"]),
    tests("RepositoryTests", []),
  ],
  swiftLanguageModes: [.v6]
)
