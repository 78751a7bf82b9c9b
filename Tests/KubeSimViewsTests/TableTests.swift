import KubeModel
import KubeSimViews
import SimulationKernel
import Testing

@Suite struct TableTests {
  @Test func columnsAreAsWideAsTheirWidestCellAndAtLeastSix() {
    let table = Table(
      columns: ["Name", "Up-to-date", "A"],
      rows: [["a-long-name", .number(Int64(3)), "x"], ["b", .number(Int64(10)), ""]])
    #expect(
      table.text == """
        NAME          UP-TO-DATE   A
        a-long-name   3            x
        b             10           

        """)
  }

  @Test func aCellIsCutAtItsFirstLineBreak() {
    #expect(Table.Cell.text("one\ntwo").text == "one...")
    #expect(Table.Cell.text("one\r\ntwo").text == "one...")
    #expect(Table.Cell.text("one").text == "one")
  }

  @Test func letterWidthsCountScalars() {
    let table = Table(columns: ["Name", "B"], rows: [["für-die-tür", "x"], ["a", "y"]])
    #expect(table.text == "NAME          B\nfür-die-tür   x\na             y\n")
  }

  @Test func wideColumnsAreShownOnlyOnDemand() {
    let pod = Samples.running(Samples.pod("web-0"))
    let now = Samples.time(90)
    #expect(Table(of: [pod], at: now).columns.map(\.name).last == "Age")
    #expect(
      Table(of: [pod], at: now, wide: true).text == """
        NAME    READY   STATUS    RESTARTS   AGE   IP       NODE     \
        NOMINATED NODE   READINESS GATES
        web-0   1/1     Running   0          90s   <none>   node-1   \
        <none>           <none>

        """)
  }

  @Test func kindsWithoutColumnsShowNameAndAge() {
    var role = Role()
    role.metadata.name = "reader"
    role.metadata.creationTimestamp = Samples.time(0)
    let now = MicroTime(unixMicroseconds: Samples.start.unixMicroseconds + 5_000_000)
    #expect(Table(ofAny: [role], kind: Role.self, at: now).text == "NAME     AGE\nreader   5s\n")
  }
}

@Suite struct HumanDurationTests {
  private static let lengths: [(Int64, String)] = [
    (119, "119s"), (120, "2m"), (599, "9m59s"), (600, "10m"), (10_740, "179m"), (10800, "3h"),
    (28799, "7h59m"), (172_799, "47h"), (172_800, "2d"), (691_200, "8d"),
    (62_985_600, "729d"), (63_072_000, "2y"), (252_288_000, "8y"), (-1, "0s"), (-2, "<invalid>"),
  ]

  @Test(arguments: lengths) func unitsFollowTheSize(seconds: Int64, text: String) {
    #expect(HumanDuration.text(.seconds(seconds)) == text)
  }

  @Test func whatNeverHappenedIsUnknown() {
    #expect(HumanDuration.since(Timestamp?.none, at: Samples.start) == "<unknown>")
  }
}

@Suite struct PodSummaryTests {
  @Test func aPodThatStopsIsTerminatingUntilItHasEnded() {
    var pod = Samples.running(Samples.pod("web-0"))
    pod.metadata.deletionTimestamp = Samples.time(10)
    #expect(PodSummary(of: pod).status == "Terminating")
    pod.status.phase = .succeeded
    pod.status.containerStatuses[0].state = ContainerState()
    pod.status.containerStatuses[0].state.terminated = ContainerStateTerminated()
    pod.status.containerStatuses[0].state.terminated?.reason = "Completed"
    #expect(PodSummary(of: pod).status == "Completed")
  }

  @Test func restartsSayWhenTheLastOneWas() {
    var pod = Samples.running(Samples.pod("web-0"))
    pod.status.containerStatuses[0].restartCount = 2
    pod.status.containerStatuses[0].lastState.terminated = ContainerStateTerminated()
    pod.status.containerStatuses[0].lastState.terminated?.finishedAt = Samples.time(20)
    let now = MicroTime(unixMicroseconds: Samples.start.unixMicroseconds + 50_000_000)
    #expect(PodSummary(of: pod).restartText(at: now) == "2 (30s ago)")
  }
}
