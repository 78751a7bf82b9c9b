import ArgumentParser
import KubeSim
import KubeSimManifests
import KubeSimViews

/// `kubesim` alone: plays the built-in scenario and explains it.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Plays the built-in scenario (also without any argument).")

  func run() throws {
    let scenario = try Scenario.builtIn()
    var play = try Play(scenario, seed: 42)
    try play.run(to: nil, log: nil)
    var report = Report(play)
    print(
      """
      A cluster of three nodes, in memory, on a virtual clock. You, the user,

        at  0 s  create a Deployment "web" of three pods, and a Service in front of them
        at 20 s  set a new image: the pods are replaced one by one
        at 55 s  set an image with a typo in its name: it cannot be pulled, the rollout stalls, and
                 the old pods go on answering
        at 80 s  undo the rollout

      """)
    print(try report.timeline())
    try report.print(nil, then: ["get deployments,replicasets,pods"])
    print(
      """

      The run took \(cluster(play)) and is the same every time.

      What to try next
        kubesim scenario > mine.yaml                       write this scenario to a file, change it
        kubesim run mine.yaml                              and play it
        kubesim run mine.yaml --at 65s --then 'get pods'   look at it while the rollout is stalled
        kubesim run mine.yaml --output events              what kubectl get events would show
        kubesim run your-app.yaml                          bring up your own manifests
        kubesim --help                                     all the rest
      """)
  }

  private func cluster(_ play: Play) -> String {
    "\(play.runner.cluster.now.text) of virtual time, \(play.runner.cluster.trace.count) steps"
  }
}
