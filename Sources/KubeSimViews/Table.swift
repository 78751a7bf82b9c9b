import KubeModel

/// A table as `kubectl get` shows it: columns of a kind, a row for each object.
///
/// ```swift
/// print(Table(of: cluster.all(Pod.self), at: now).text)
/// // NAME    READY   STATUS    RESTARTS   AGE
/// // web-0   1/1     Running   0          5m
/// ```
///
/// The cells come from the objects alone, as the API server makes them.
///
/// Follows `cli-runtime/pkg/printers/tableprinter.go` (v1.36).
public struct Table: Hashable, Sendable {
  /// A column: its name as the API has it (`Up-to-date`), and whether only `-o wide` shows it.
  public struct Column: Hashable, Sendable {
    /// The name; kubectl prints it in upper case.
    public let name: String
    /// True for a column that only `-o wide` shows.
    public let isWide: Bool

    /// A column that is always shown.
    public init(_ name: String) { self.init(name, isWide: false) }

    /// A column that only `-o wide` shows.
    public static func wide(_ name: String) -> Column { Column(name, isWide: true) }

    private init(_ name: String, isWide: Bool) {
      self.name = name
      self.isWide = isWide
    }
  }

  /// What stands in a row under a column.
  public enum Cell: Hashable, Sendable {
    /// A text.
    case text(String)
    /// A number.
    case number(Int64)

    /// The cell as it is printed: a text of many lines is cut after the first one.
    public var text: String {
      switch self {
      case .number(let number): return String(number)
      case .text(let text):
        // By scalars: "\r\n" is one character, and none of the three.
        let end = text.unicodeScalars.firstIndex { $0 == "\n" || $0 == "\r" || $0 == "\u{c}" }
        guard let end else { return text }
        return String(text[..<end]) + "..."
      }
    }
  }

  /// The columns that are shown.
  public var columns: [Column]
  /// A row for each object, a cell for each column.
  public var rows: [[Cell]]

  /// A table of these cells.
  public init(columns: [Column], rows: [[Cell]]) {
    self.columns = columns
    self.rows = rows
  }

  /// The table of objects of one kind.
  public init<Object: TablePrintable>(
    of objects: [Object], at now: MicroTime, wide: Bool = false
  ) {
    let shown = Object.columns.indices.filter { wide || !Object.columns[$0].isWide }
    columns = shown.map { Object.columns[$0] }
    rows = objects.map { object in
      let cells = object.cells(at: now, wide: wide)
      return shown.map { cells[$0] }
    }
  }

  /// The table of objects of one kind, at a time of whole seconds.
  public init<Object: TablePrintable>(
    of objects: [Object], at now: Timestamp, wide: Bool = false
  ) {
    self.init(
      of: objects, at: MicroTime(unixMicroseconds: now.unixSeconds * 1_000_000), wide: wide)
  }

  /// The text as kubectl prints it, each line ended.
  public var text: String {
    let header = columns.map { $0.name.uppercased() }
    let lines = [header] + rows.map { $0.map(\.text) }
    return TabbedText.tables.aligned(
      lines.map { $0.joined(separator: "\t") + "\n" }.joined())
  }
}

extension Table.Column: ExpressibleByStringLiteral {
  /// A column that is always shown.
  public init(stringLiteral name: String) { self.init(name) }
}

extension Table.Cell: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  /// A text.
  public init(stringLiteral value: String) { self = .text(value) }

  /// A number.
  static func number(_ value: Int32) -> Table.Cell { .number(Int64(value)) }
  /// A count.
  static func number(_ value: Int) -> Table.Cell { .number(Int64(value)) }
}

/// A kind that `kubectl get` has columns for. A user's own kind may conform too.
public protocol TablePrintable: APIObject {
  /// All columns, the wide ones among them.
  static var columns: [Table.Column] { get }

  /// The cells of the object's row, one for each of `columns`.
  func cells(at now: MicroTime, wide: Bool) -> [Table.Cell]
}
