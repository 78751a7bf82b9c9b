import HeapModule
import KubeSim

/// The least that a run could cost: its timers popped from a heap and its writes made to a paged table
/// of pod-sized records, with nothing decided in between.
struct Floor {
  /// As large as a pod's record in memory, without what hangs on it.
  struct Record {
    var words: InlineWords
    var status: [Int64]
  }

  struct InlineWords {
    var a = (0, 0, 0, 0, 0, 0, 0, 0)
    var b = (0, 0, 0, 0, 0, 0, 0, 0)
  }

  struct Timer: Comparable {
    let time: Int64
    let sequence: Int
    static func < (left: Timer, right: Timer) -> Bool {
      (left.time, left.sequence) < (right.time, right.sequence)
    }
  }

  /// The seconds that so many timers and writes take, on a table of so many records.
  static func seconds(timers: Int, writes: Int, records: Int) -> Double {
    var random = SeededRandom(seed: 1)
    var checksum: Int64 = 0
    let seconds = time {
      var heap = Heap<Timer>()
      var table = PagedArray<Record>()
      for number in 0..<records {
        table.append(Record(words: InlineWords(), status: [Int64(number)]))
      }
      // As in a run, each timer that fires sets the next.
      for sequence in 0..<min(records, timers) {
        heap.insert(Timer(time: Int64(random.below(1_000_000_000)), sequence: sequence))
      }
      for sequence in 0..<timers {
        guard let timer = heap.popMin() else { break }
        checksum &+= timer.time
        heap.insert(
          Timer(time: timer.time + Int64(random.below(1_000_000)), sequence: records + sequence))
      }
      for write in 0..<writes {
        let slot = Int(random.below(UInt64(records)))
        table[slot].words.a.0 = write
        // A status that somebody else still holds is a new allocation.
        table[slot].status = [Int64(write), checksum, 0, 0, 0, 0, 0, 0]
      }
      checksum &+= table[0].status[0]
    }
    // Printed to nobody, but read, so that the loop is not optimised away.
    precondition(checksum != .min)
    return seconds
  }
}
