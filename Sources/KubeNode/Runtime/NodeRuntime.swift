import KubeModel
import SimulationKernel

/// A node as its kubelet knows it.
struct NodeRuntime: Sendable {
  /// The Node object.
  var key: ObjectKey
  var name: String
  /// The number among all nodes ever seen; decides addresses.
  var number: Int
  /// The node's own address.
  var address: String
  /// False while the kubelet is down.
  var isRunning = true
  /// When the kubelet looks at its containers and at its queue first, counted from a full second.
  let phase: Duration
  /// When the kubelet began, which sets the rhythm of its node status.
  var startedAt: Instant
  /// The images that were pulled.
  var images: StringMap<Bool> = [:]
  /// When the pulls that were asked for so far are done; one is done at a time.
  var pullsDoneAt = Instant.zero
  /// What the pods taken on ask for.
  var requested: ResourceList = [:]
  /// How many pods were taken on and are not over.
  var podCount = 0
  /// What was last said about `spec.unschedulable`.
  var saidUnschedulable = false
  /// When a change of it will be told.
  var cordonDue: Instant?
  /// True from the return of a kubelet to its first node status.
  var isFresh = false
  /// When a node that has registered will be Ready.
  var readyDue: Instant?
  /// What few nodes have.
  @Indirect var rare = NodeRarities()
  private var usedAddresses: (UInt64, UInt64, UInt64, UInt64) = (0b11, 0, 0, 1 << 63)
  private var nextAddress = 2
  private var extraAddresses = 0

  init(key: ObjectKey, node: Node, number: Int, now: Instant) {
    self.key = key
    self.number = number
    name = node.metadata.name
    address =
      node.status.addresses.first { $0.type == .internalIP }?.address
      ?? NodeAddresses.node(number)
    // Somewhere in the middle half of the second, so that a lone node is neither the quickest nor
    // the slowest there can be.
    let hash = RunningHash.hash(of: node.metadata.name)
    phase = .milliseconds(250 + Int64((hash >> 32) % 500))
    startedAt = now
  }

  /// The kubelet begins to work, after a time in which it did not.
  mutating func begin(at time: Instant) {
    isRunning = true
    startedAt = time
    isFresh = true
    rare.shutdown = nil
  }

  /// The first look at the containers at or after an instant.
  ///
  /// A look begins a second after the one before has ended, and takes some milliseconds: a process
  /// that is started by what one look saw, and lives for 3 s, is over before the third look after
  /// it. With a phase of 0.25 s, 3.1 s gives 0.25 + 3 · 1.004 = 3.262 s.
  func look(from time: Instant) -> Instant { beat(from: time, every: .milliseconds(1004)) }

  /// The first look at the containers after an instant.
  func look(after time: Instant) -> Instant { look(from: time + .nanoseconds(1)) }

  /// The first turn of the queue of pods at or after an instant; they are one second apart.
  func turn(from time: Instant) -> Instant { beat(from: time, every: .seconds(1)) }

  /// The first turn of the queue of pods after an instant.
  func turn(after time: Instant) -> Instant { turn(from: time + .nanoseconds(1)) }

  private func beat(from time: Instant, every period: Duration) -> Instant {
    let period = period.nanoseconds
    let offset = (time - phase).nanoseconds
    let beats = offset > 0 ? (offset + period - 1) / period : offset / period
    return Instant(nanoseconds: beats * period) + phase
  }

  /// Counts a pod that was taken on.
  mutating func take(_ requests: ResourceList) {
    podCount += 1
    requested.add(requests)
  }

  /// Counts a pod that is over.
  mutating func giveBack(_ requests: ResourceList) {
    podCount = max(0, podCount - 1)
    for (name, amount) in requests {
      if let sum = requested[name] { requested[name] = sum - amount }
    }
  }

  /// Counts a pod that now asks for something else.
  mutating func exchange(_ old: ResourceList, for new: ResourceList) {
    giveBack(old)
    take(new)
  }

  /// Takes back all that a pod has, when its object vanished.
  mutating func forget(_ runtime: PodRuntime) {
    if runtime.stage == .terminated { return }
    if let address = runtime.address { release(address) }
    giveBack(runtime.requested)
  }

  /// The address for the next pod: the next free one of the node's range, then further ones.
  mutating func takeAddress() -> PodAddress {
    for step in 0..<254 {
      let low = 2 + (nextAddress - 2 + step) % 253
      if self[low] { continue }
      self[low] = true
      nextAddress = low + 1
      return PodAddress(low: UInt16(low))
    }
    extraAddresses += 1
    return PodAddress(low: UInt16(256 + extraAddresses % 65_000))
  }

  /// Gives an address back.
  mutating func release(_ address: PodAddress) {
    if address.low < 256 { self[Int(address.low)] = false }
  }

  private subscript(low: Int) -> Bool {
    get {
      let word =
        switch low / 64 {
        case 0: usedAddresses.0
        case 1: usedAddresses.1
        case 2: usedAddresses.2
        default: usedAddresses.3
        }
      return word >> UInt64(low % 64) & 1 == 1
    }
    set {
      let bit = UInt64(1) << UInt64(low % 64)
      func changed(_ word: UInt64) -> UInt64 { newValue ? word | bit : word & ~bit }
      switch low / 64 {
      case 0: usedAddresses.0 = changed(usedAddresses.0)
      case 1: usedAddresses.1 = changed(usedAddresses.1)
      case 2: usedAddresses.2 = changed(usedAddresses.2)
      default: usedAddresses.3 = changed(usedAddresses.3)
      }
    }
  }
}

/// What few nodes have, kept apart so that the others stay small.
struct NodeRarities: Sendable {
  /// How often the machine was started again.
  var boots = 0
  /// How often that was told.
  var bootsTold = 0
  /// Pods that wait for room, to grow or to be taken on.
  var waiting: [ObjectKey] = []
  /// How short of memory it is.
  var memory = MemoryPressure()
  /// The orderly end of the machine, while it is under way.
  var shutdown: Shutdown?
  /// The pods that it runs from files of its own.
  var staticPods: [StaticPod] = []
}

/// The place of a pod's address in its node's range: 2…254, or above 256 when those are all taken.
struct PodAddress: Hashable, Sendable {
  var low: UInt16
}

/// Which addresses nodes and pods get.
enum NodeAddresses {
  /// 10.0.0.11 for the first node, 10.0.1.4 for the 250th.
  static func node(_ number: Int) -> String {
    let place = number + 11
    return text(10, place >> 16 & 15, place >> 8 & 255, place & 255)
  }

  /// 10.244.0.2 for the first pod of the first node, 10.244.1.2 for that of the second.
  ///
  /// Each node has 256 addresses from 10.244.0.0 on; after 10.255.255.255 it goes on at 10.16.0.0.
  /// A pod that found the range full gets one in 172.16.0.0/12.
  static func pod(_ address: PodAddress, node number: Int) -> String {
    if address.low >= 256 {
      return text(172, 16 + number % 16, Int(address.low >> 8), Int(address.low & 255))
    }
    let block = number < 3072 ? 244 * 256 + number : 16 * 256 + (number - 3072) % (228 * 256)
    return text(10, block >> 8, block & 255, Int(address.low))
  }

  /// `10.244.0.2`; fifteen bytes at the most, which need no storage of their own.
  private static func text(_ one: Int, _ two: Int, _ three: Int, _ four: Int) -> String {
    String(unsafeUninitializedCapacity: 15) { text in
      var end = 0
      func put(_ byte: Int) {
        text[end] = UInt8(truncatingIfNeeded: byte)
        end += 1
      }
      func write(_ part: Int) {
        if part >= 100 { put(48 + part / 100) }
        if part >= 10 { put(48 + part / 10 % 10) }
        put(48 + part % 10)
      }
      let dot = 46
      write(one)
      put(dot)
      write(two)
      put(dot)
      write(three)
      put(dot)
      write(four)
      return end
    }
  }
}
