import HeapModule
import KubeSim

/// The least that a run could cost: its timers popped from a heap and its writes made to a paged table
/// of pod-sized records, with nothing decided in between.
struct Floor {
  /// As large as a pod: its metadata, spec and status take 856 bytes, and its conditions and container
  /// statuses hang on it.
  struct Record {
    var metadata = Words()
    var spec = (Words(), Words())
    var status = Words()
    var conditions: [Words]
    var containers: [(Words, Words)]
  }

  /// 208 bytes.
  struct Words {
    var a = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    var b = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
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
        table.append(record(number))
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
        table[Int(random.below(UInt64(records)))] = record(write)
      }
      checksum &+= Int64(table[0].metadata.a.0)
    }
    // Printed to nobody, but read, so that the loop is not optimised away.
    precondition(checksum != .min)
    return seconds
  }

  private static func record(_ number: Int) -> Record {
    var record = Record(
      conditions: Array(repeating: Words(), count: 2), containers: [(Words(), Words())])
    record.metadata.a.0 = number
    return record
  }
}
