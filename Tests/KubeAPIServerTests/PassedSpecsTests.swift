import KubeModel
import Testing

@testable import KubeAPIServer

@Suite("Jobs of one template") struct PassedSpecsTests {
  private let now = Timestamp(unixSeconds: 1_000)

  private func server() throws -> APIServer {
    var server = APIServer(seed: 7)
    var namespace = Namespace()
    namespace.metadata.name = "default"
    var sink = NoSink()
    try server.create(namespace, at: now, sink: &sink)
    return server
  }

  /// A Job as its CronJob makes it, of a template of its own.
  private func job(_ name: String) -> Job {
    var job = Job()
    job.metadata.name = name
    var owner = CronJob()
    owner.metadata.name = "every-minute"
    owner.metadata.uid = "6f7b2b0c-7a52-4a3e-9d6c-1f0e8a4b2c3d"
    job.metadata.ownerReferences = [OwnerReference(controller: owner)]
    job.spec.template.metadata.labels = ["app": "report"]
    job.spec.template.spec.restartPolicy = .never
    job.spec.template.spec.containers = [Container(name: "main", image: "report")]
    return job
  }

  private func sibling(of first: Job, _ name: String) -> Job {
    var job = job(name)
    job.$spec = first.$spec
    return job
  }

  /// What the server makes of a Job after a first one, or why it refuses it.
  private func stored(_ job: Job, after first: Job) throws -> Result<Job, APIError> {
    var server = try server()
    var sink = NoSink()
    try server.create(first, at: now, sink: &sink)
    do throws(APIError) {
      try server.create(job, at: now, sink: &sink)
      return .success(try server.get(Job.self, "default", job.metadata.name))
    } catch {
      return .failure(error)
    }
  }

  @Test func aSiblingBecomesWhatAJobOfATemplateOfItsOwnBecomes() throws {
    let first = job("report-1")
    let alone = try stored(job("report-2"), after: first).get()
    let among = try stored(sibling(of: first, "report-2"), after: first).get()
    #expect(among == alone)
    #expect(among.spec.template.metadata.labels["job-name"] == "report-2")
    #expect(among.metadata.labels["app"] == "report")
    #expect(
      among.spec.selector?.matchLabels["batch.kubernetes.io/controller-uid"]
        == among.metadata.uid.description)
    #expect(among.spec.backoffLimit == 6)
  }

  @Test func siblingsShareTheSpecOfTheirPods() throws {
    var server = try server()
    var sink = NoSink()
    let first = job("report-1")
    for job in [first, sibling(of: first, "report-2")] {
      try server.create(job, at: now, sink: &sink)
    }
    let one = try server.get(Job.self, "default", "report-1")
    let two = try server.get(Job.self, "default", "report-2")
    #expect(two.spec.template.$spec.sharesStorage(with: one.spec.template.$spec))
    #expect(two.spec.template.metadata.labels["job-name"] == "report-2")
  }

  @Test func aSiblingIsRefusedForItsOwnName() throws {
    let first = job("report-1")
    for name in [String(repeating: "a", count: 64), "Report_2"] {
      let alone = try stored(job(name), after: first)
      #expect(try stored(sibling(of: first, name), after: first) == alone)
      #expect(throws: APIError.self) { try alone.get() }
    }
  }

  @Test func aSiblingIsRefusedForWhatItChanges() throws {
    let first = job("report-1")
    var other = sibling(of: first, "report-2")
    other.spec.parallelism = -1
    let refused = try stored(other, after: first)
    #expect(throws: APIError.self) { try refused.get() }
  }

  @Test func anUpdateIsRefusedForTheLabelsThatItChanges() throws {
    var server = try server()
    var sink = NoSink()
    let key = try server.create(job("report-1"), at: now, sink: &sink)
    var job = try server.get(Job.self, "default", "report-1")
    job.metadata.labels["tier"] = "not valid"
    for part in [APIServer.Part.main, .status] {
      #expect(throws: APIError.self) {
        try server.update(key, with: job, part: part, at: now, sink: &sink)
      }
    }
  }
}
