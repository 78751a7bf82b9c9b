/// The number of a step in a trace, from 1; 0 is "no step".
public struct StepID: Hashable, Comparable, Sendable {
  /// The number.
  public let number: UInt32

  /// A step's number.
  public init(_ number: UInt32) { self.number = number }

  /// No step: the beginning of all causes.
  public static let none = StepID(0)

  public static func < (left: StepID, right: StepID) -> Bool { left.number < right.number }
}

/// One thing that happened: who did what to which subject, when, by which rule, and because of
/// which earlier step.
public struct Step: Sendable {
  /// Its number.
  public let id: StepID
  /// When it happened.
  public let time: Instant
  /// Who did it.
  public let actor: String
  /// What was done, as `create` or `update status`.
  public let action: String
  /// To whom.
  public let subject: StepSubject
  /// The rule that asked for it, as `scale up` or `container exited`.
  public let rule: String
  /// What the rule found, with its figures; empty when there is nothing to add.
  public let detail: String
  /// The step that made the actor look.
  public let cause: StepID
}

/// What a step was done to.
public struct StepSubject: Hashable, Sendable {
  /// The sort of thing, as `Pod`.
  public let sort: String
  /// The scope of the name; empty for none.
  public let scope: String
  /// The name within sort and scope.
  public let name: String

  /// A subject.
  public init(sort: String, scope: String, name: String) {
    self.sort = sort
    self.scope = scope
    self.name = name
  }
}

/// The number of a subject in a trace.
public typealias SubjectID = UInt32

/// Everything that happened in a run, with causes, and one hash of it all.
///
/// - Complexity: a step takes 40 bytes and no allocation of its own.
public struct Trace: Sendable {
  private struct Record: Sendable {
    let time: Instant
    let cause: StepID
    let subject: SubjectID
    let actor: UInt16
    let action: UInt16
    let rule: UInt16
    let detail: String
  }

  private var records = PagedArray<Record>()
  private var subjects = PagedArray<StepSubject>()
  private var words = Interner()

  /// The hash of all steps so far: equal for equal runs, in every process and on every platform.
  public private(set) var hash = RunningHash()

  /// Nothing has happened.
  public init() {}

  /// How many steps there are.
  public var count: Int { records.count }

  /// The last step; `.none` before the first.
  public var last: StepID { StepID(UInt32(records.count)) }

  /// Gives the next number to a subject, from 0 on.
  public mutating func add(_ subject: StepSubject) -> SubjectID {
    subjects.append(subject)
    return SubjectID(subjects.count - 1)
  }

  /// A subject by its number.
  public func subject(_ id: SubjectID) -> StepSubject { subjects[Int(id)] }

  /// The latest subject of this sort, scope and name; nil when there never was one.
  ///
  /// - Complexity: O(number of subjects).
  public func find(_ subject: StepSubject) -> SubjectID? {
    for number in stride(from: subjects.count - 1, through: 0, by: -1)
    where subjects[number] == subject {
      return SubjectID(number)
    }
    return nil
  }

  /// Records a step. `salt` goes into the hash alone: a digest of what the step wrote.
  @discardableResult public mutating func record(
    at time: Instant, actor: String, action: StaticString, subject: SubjectID, rule: StaticString,
    detail: String = "", cause: StepID, salt: UInt64 = 0
  ) -> StepID {
    let actorWord = words.intern(actor)
    let actionWord = words.intern(action)
    let ruleWord = words.intern(rule)
    records.append(
      Record(
        time: time, cause: cause, subject: subject, actor: actorWord, action: actionWord,
        rule: ruleWord, detail: detail))
    hash.feed(UInt64(bitPattern: time.nanoseconds))
    hash.feed(UInt64(subject) << 32 | UInt64(cause.number))
    hash.feed(words.hash(actorWord) ^ words.hash(actionWord) &* 3 ^ words.hash(ruleWord) &* 5)
    hash.feed(salt)
    return last
  }

  /// Feeds something into the hash that is no step of its own.
  public mutating func feed(_ text: String) { hash.feed(text) }

  /// A step by its number, from 1 to `count`; nil for any other.
  public subscript(id: StepID) -> Step? {
    guard id != .none, Int(id.number) <= records.count else { return nil }
    let record = records[Int(id.number) - 1]
    return Step(
      id: id, time: record.time, actor: words[record.actor], action: words[record.action],
      subject: subjects[Int(record.subject)], rule: words[record.rule],
      detail: record.detail, cause: record.cause)
  }

  /// The steps done to a subject, latest first.
  ///
  /// - Complexity: O(number of steps) for a whole walk.
  public func steps(of subject: SubjectID) -> some Sequence<Step> {
    stride(from: records.count, to: 0, by: -1).lazy
      .filter { records[$0 - 1].subject == subject }
      .compactMap { self[StepID(UInt32($0))] }
  }

  /// A step, the step that caused it, and so on to the beginning.
  public func chain(from id: StepID) -> [Step] {
    var chain: [Step] = []
    var next = id
    // A cause is always earlier than its effect, so the walk ends.
    while let step = self[next] {
      chain.append(step)
      next = step.cause
    }
    return chain
  }

  /// The last steps, oldest first.
  public func suffix(_ count: Int) -> [Step] {
    (max(0, records.count - count)..<records.count).compactMap { self[StepID(UInt32($0 + 1))] }
  }
}

/// Gives small numbers to texts that come again and again.
struct Interner: Sendable {
  private var texts: [String] = []
  private var hashes: [UInt64] = []
  private var numbers: [Text: UInt16] = [:]
  // A literal is known by its address, which spares its hash; the number is the text's all the same.
  private var literals: [Address: UInt16] = [:]
  /// The text that was asked for last: an actor does several steps on end.
  private var latest = (text: "", number: UInt16.max)

  private struct Text: Hashable {
    let text: String

    func _rawHashValue(seed: Int) -> Int {
      Int(truncatingIfNeeded: text.bytesHash(seed: UInt64(bitPattern: Int64(seed))))
    }
  }

  private struct Address: Hashable {
    let bits: UInt64

    func _rawHashValue(seed: Int) -> Int {
      Int(truncatingIfNeeded: mix(bits ^ UInt64(bitPattern: Int64(seed))))
    }
  }

  mutating func intern(_ text: String) -> UInt16 {
    if latest.number != .max, latest.text == text { return latest.number }
    let number = numbers[Text(text: text)] ?? add(text)
    latest = (text, number)
    return number
  }

  private mutating func add(_ text: String) -> UInt16 {
    let number = UInt16(texts.count)
    texts.append(text)
    hashes.append(RunningHash.hash(of: text))
    numbers[Text(text: text)] = number
    return number
  }

  mutating func intern(_ text: StaticString) -> UInt16 {
    guard text.hasPointerRepresentation else { return intern(text.description) }
    let address = Address(bits: UInt64(UInt(bitPattern: text.utf8Start)))
    if let number = literals[address] { return number }
    let number = intern(text.description)
    literals[address] = number
    return number
  }

  subscript(number: UInt16) -> String { texts[Int(number)] }

  func hash(_ number: UInt16) -> UInt64 { hashes[Int(number)] }
}
