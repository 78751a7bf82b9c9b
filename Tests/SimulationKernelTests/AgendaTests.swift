import SimulationKernel
import Testing

@Suite struct AgendaTests {
  private func drain(_ agenda: inout Agenda<String>) -> [String] {
    var keys: [String] = []
    while let entry = agenda.next() { keys.append("\(entry.time.nanoseconds):\(entry.key)") }
    return keys
  }

  private func at(_ nanoseconds: Int64) -> Instant { Instant(nanoseconds: nanoseconds) }

  @Test func keysComeByTimeAndThenInTheOrderInWhichTheyWereAdded() {
    var agenda = Agenda<String>()
    for (key, time) in [("late", 9), ("b", 5), ("a", 5), ("first", 1)] {
      agenda.add(key, at: at(Int64(time)), cause: .none)
    }
    #expect(drain(&agenda) == ["1:first", "5:b", "5:a", "9:late"])
    #expect(agenda.isEmpty)
  }

  @Test func aKeyIsInItOnceAndKeepsItsEarlierTime() {
    var agenda = Agenda<String>()
    agenda.add("k", at: at(5), cause: StepID(1))
    agenda.add("k", at: at(7), cause: StepID(2))
    #expect(agenda.count == 1)
    agenda.add("k", at: at(3), cause: StepID(3))
    let entry = agenda.next()
    #expect(entry?.time == at(3))
    #expect(entry?.cause == StepID(3))
    #expect(drain(&agenda).isEmpty)
  }

  @Test func theLatestCauseCountsButForOneThatIsPinned() {
    var agenda = Agenda<String>()
    agenda.add("free", at: at(1), cause: StepID(1))
    agenda.add("free", at: at(2), cause: StepID(2))
    agenda.add("pinned", at: at(3), cause: StepID(3), isPinned: true)
    agenda.add("pinned", at: at(3), cause: StepID(4))
    let causes = [agenda.next()?.cause, agenda.next()?.cause]
    #expect(causes == [StepID(2), StepID(3)])
  }

  @Test func aKeyThatIsHandledMayCancelAnotherOfTheSameInstant() {
    var agenda = Agenda<String>()
    agenda.add("a", at: at(1), cause: .none)
    agenda.add("b", at: at(1), cause: .none)
    let first = agenda.next()
    #expect(first?.key == "a")
    agenda.cancel("b")
    let next = agenda.nextTime()
    #expect(next == nil)
    #expect(drain(&agenda).isEmpty)
  }

  @Test func aCancelledKeyCanBeAddedAgainForLater() {
    var agenda = Agenda<String>()
    agenda.add("a", at: at(1), cause: .none)
    agenda.cancel("a")
    agenda.add("a", at: at(4), cause: .none)
    #expect(agenda.time(of: "a") == at(4))
    #expect(drain(&agenda) == ["4:a"])
  }

  @Test func aCopyGoesItsOwnWay() {
    var agenda = Agenda<String>()
    agenda.add("a", at: at(1), cause: .none)
    var copy = agenda
    copy.add("b", at: at(0), cause: .none)
    #expect(drain(&agenda) == ["1:a"])
    #expect(drain(&copy) == ["0:b", "1:a"])
  }
}
