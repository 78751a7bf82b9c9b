import ArgumentParser
import KubeSim

/// A CronJob that starts a Job a minute, for a long time.
struct Schedule: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs a CronJob a minute, with history limits, for a year.")

  @Option(help: "How many days.") var days = 365
  @Option(help: "The seed of the run.") var seed: UInt64 = 1

  func run() throws {
    var cluster = Cluster(nodes: 1, seed: seed, history: .last(0))
    var behavior = ContainerBehavior()
    behavior.runs = [.init(for: .seconds(10))]
    cluster.behaviors.register(behavior, forImage: "app:1")
    try cluster.create(Self.cronJob)
    let revision = cluster.revision
    let steps = cluster.reconcileCount
    let seconds = try time { try cluster.run(for: .hours(24 * days)) }
    let jobs = days * 24 * 60
    let cost = Measurement(
      seconds: seconds, changes: cluster.revision - revision, pods: jobs,
      reconciles: cluster.reconcileCount - steps)
    cost.report("schedule: \(jobs) Jobs in \(days) days")
    line("kept", "\(cluster.store[Job.self].count) Jobs, \(cluster.store[Pod.self].count) pods")
    line("peak memory", "\(Int(peakMemory())) MiB")
  }

  /// `* * * * *`, with the default history limits.
  private static var cronJob: CronJob {
    var cronJob = CronJob()
    cronJob.metadata.name = "minutely"
    cronJob.spec.schedule = "* * * * *"
    var container = Container(name: "app", image: "app:1")
    container.imagePullPolicy = .ifNotPresent
    cronJob.spec.jobTemplate.spec.template.spec.restartPolicy = .never
    cronJob.spec.jobTemplate.spec.template.spec.containers = [container]
    return cronJob
  }
}
