import ArgumentParser
import Foundation
import KubeSim
import KubeSimManifests

/// The command `kubesim`.
@main struct Kubesim: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kubesim",
    abstract: "Runs a Kubernetes cluster in memory, on a virtual clock, the same every time.",
    discussion: """
      Without arguments it plays a small scenario and shows what happened.

      EXAMPLES
        A first look:                 kubesim
        The life of your own pods:    kubesim run web.yaml
        The state after 5 seconds:    kubesim run web.yaml --at 5s --output table
        Look as kubectl does:         kubesim run web.yaml --then 'get pods -A'
        What caused what:             kubesim run web.yaml --then 'why deploy/web'
        Play a scenario otherwise:    kubesim run scenario.yaml --seed 7
        Write its watch stream:       kubesim run scenario.yaml --watch-json log
        A scenario to start from:     kubesim scenario > mine.yaml

      EXIT CODES
        0  the run reached its end; refused steps of a scenario are reported
        1  a file or a manifest is not valid, or a --then command failed
        2  the command line is not valid
        3  the run did not reach its end: one instant would not end
      """,
    subcommands: [Demo.self, Run.self, PrintScenario.self], defaultSubcommand: Demo.self)

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as APIError {
      fail("error: \(error)", code: 1)
    } catch let error as RunError {
      fail("error: \(error)", code: 3)
    } catch let code as ExitCode {  // What went wrong has been said.
      Foundation.exit(code.rawValue)
    } catch {
      let asked = exitCode(for: error) == .success
      if asked {
        print(fullMessage(for: error))
      } else {
        fail(fullMessage(for: error), code: exitCode(for: error) == .validationFailure ? 2 : 1)
      }
    }
  }

  private static func fail(_ text: String, code: Int32) -> Never {
    note(text)
    Foundation.exit(code)
  }
}

/// Writes a line on standard error.
func note(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

/// Prints the built-in scenario's file.
struct PrintScenario: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario", abstract: "Prints the built-in scenario, to start your own from.")

  func run() { print(Scenario.builtInText, terminator: "") }
}
