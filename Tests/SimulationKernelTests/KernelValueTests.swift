import SimulationKernel
import Testing

@Suite struct SeededRandomTests {
  @Test func aSeedGivesItsOwnSequence() {
    // The first outputs of SplitMix64 for seed 0, as published with the algorithm.
    var random = SeededRandom(seed: 0)
    let draws = [random.next(), random.next()]
    #expect(draws == [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4])
  }

  @Test func drawsStayBelowTheirBound() {
    var random = SeededRandom(seed: 7)
    var seen = Array(repeating: 0, count: 6)
    for _ in 0..<6_000 { seen[Int(random.below(6))] += 1 }
    #expect(seen.allSatisfy { $0 > 800 })
    let none = random.below(0)
    #expect(none == 0)
  }
}

@Suite struct BytesHashTests {
  @Test func textsOfTheSameBytesHaveOneHashHoweverTheyAreKept() {
    let long = "a-name-that-does-not-fit-into-a-small-string"
    let cut = String("in front of " + long).dropFirst(12)
    #expect(String(cut).bytesHash(seed: 1) == long.bytesHash(seed: 1))
    #expect(String(long.prefix(9)).bytesHash(seed: 1) == "a-name-th".bytesHash(seed: 1))
  }

  @Test func oneByteOrTheSeedMakesAnotherHash() {
    let texts = ["", "a", "b", "aa", "web-0", "web-1", "0-web", "12345678", "123456789"]
    #expect(Set(texts.map { $0.bytesHash(seed: 1) }).count == texts.count)
    #expect("web-0".bytesHash(seed: 1) != "web-0".bytesHash(seed: 2))
  }
}

@Suite struct BackoffTests {
  @Test func theDelayDoublesUpToTheCap() {
    let backoff = Backoff(base: .seconds(10), cap: .seconds(300))
    let delays = (0...7).map { backoff.delay(failures: $0) }
    #expect(delays == [0, 10, 20, 40, 80, 160, 300, 300].map { .seconds($0) })
    #expect(backoff.delay(failures: 5_000) == .seconds(300))
  }
}

@Suite struct InstantTests {
  @Test func sumsStopAtTheEndsOfTheRange() {
    #expect(Instant.distantFuture + .seconds(1) == .distantFuture)
    #expect(Instant.zero + .seconds(90) - .seconds(30) == Instant(nanoseconds: 60_000_000_000))
    #expect(Instant(nanoseconds: 5) - Instant(nanoseconds: 8) == .nanoseconds(-3))
    #expect(Duration.seconds(Int64.max).nanoseconds == .max)
  }
}

@Suite struct PagedArrayTests {
  @Test func aCopyKeepsWhatTheOriginalChanges() {
    var array = PagedArray<Int>()
    for number in 0..<1_000 { array.append(number) }
    let copy = array
    array[500] = -1
    array.append(1_000)
    #expect(copy[500] == 500)
    #expect(array[500] == -1)
    #expect((copy.count, array.count) == (1_000, 1_001))
    #expect(Array(copy) == Array(0..<1_000))
  }
}

@Suite struct RecentlyUsedTests {
  @Test func theKeyUsedLongestAgoGivesWay() {
    var cache = RecentlyUsed<String, Int>(capacity: 2)
    cache["a"] = 1
    cache["b"] = 2
    var found = [cache["a"]]
    cache["c"] = 3
    found += [cache["b"], cache["a"], cache["c"]]
    #expect(found == [1, nil, 1, 3])
    cache["a"] = 4
    cache["d"] = 5
    found = [cache["c"], cache["a"], cache["d"]]
    #expect(found == [nil, 4, 5])
  }

  @Test func theKeyUsedLastIsChangedWithoutBeingNamed() {
    var cache = RecentlyUsed<String, Int>(capacity: 2)
    cache.modifyNewest { $0 += 1 }
    cache["a"] = 1
    cache["b"] = 2
    _ = cache["a"]
    cache.modifyNewest { $0 += 10 }
    let found = [cache["a"], cache["b"]]
    #expect(found == [11, 2])
  }
}

@Suite struct StepBudgetTests {
  @Test func aBudgetEndsAndNamesTheHottestKey() {
    var budget = StepBudget<String>(limit: 5)
    let spent = ["a", "b", "b", "b", "a", "a"].map { budget.spend(on: $0) }
    #expect(spent == [true, true, true, true, false, false])
    #expect(budget.hottest == "b")
  }
}
