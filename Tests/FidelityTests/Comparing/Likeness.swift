/// Pairs the pods of one owner in two runs by likeness.
enum Likeness {
  /// Above this many they are paired by order.
  private static let most = 120

  /// The pairs of indices; what has no partner stands alone.
  static func pairs(_ real: [Facts], _ run: [Facts]) -> [(Int?, Int?)] {
    if max(real.count, run.count) > most || real.isEmpty || run.isEmpty {
      return (0..<max(real.count, run.count)).map {
        ($0 < real.count ? $0 : nil, $0 < run.count ? $0 : nil)
      }
    }
    let isSwapped = real.count > run.count
    let (rows, columns) = isSwapped ? (run, real) : (real, run)
    let cost = rows.map { row in
      columns.map { isSwapped ? distance($0, row) : distance(row, $0) }
    }
    let columnOfRow = assignment(cost)
    var pairs: [(Int?, Int?)] = columnOfRow.enumerated().map { row, column in
      isSwapped ? (column, row) : (row, column)
    }
    for column in columns.indices where !columnOfRow.contains(column) {
      pairs.append(isSwapped ? (column, nil) : (nil, column))
    }
    return pairs
  }

  private static func distance(_ real: Facts, _ run: Facts) -> Double {
    var distance = 0.0
    for name in real.names {
      guard let fact = real[name], let other = run[name] else {
        distance += 10
        continue
      }
      switch (fact, other) {
      case (.time(let one, _), .time(let two, _)): distance += min(abs(one - two), 10)
      case (.sequence(let one), .sequence(let two)):
        distance += one.map(\.value) == two.map(\.value) ? 0 : 20
      case (.exact(let one), .exact(let two)) where name.sort == .placement:
        distance += one == two ? 0 : 200
      case (.window(let one), .window(let two)):
        distance += one.contains { two.contains($0) } ? 0 : 5
      default: break
      }
    }
    return distance + 10 * Double(run.names.count { real[$0] == nil })
  }

  /// The column of each row so that the sum of the costs is least; there are at least as many
  /// columns as rows. Shortest augmenting paths, O(rows² · columns).
  private static func assignment(_ cost: [[Double]]) -> [Int] {
    let columns = cost.first?.count ?? 0
    var rowPotential = [Double](repeating: 0, count: cost.count + 1)
    var columnPotential = [Double](repeating: 0, count: columns + 1)
    // Row and column 0 stand for "none"; the others count from 1.
    var rowOfColumn = [Int](repeating: 0, count: columns + 1)
    for row in 1...max(cost.count, 1) where row <= cost.count {
      var previous = [Int](repeating: 0, count: columns + 1)
      var least = [Double](repeating: .infinity, count: columns + 1)
      var isUsed = [Bool](repeating: false, count: columns + 1)
      rowOfColumn[0] = row
      var column = 0
      while rowOfColumn[column] != 0 {
        isUsed[column] = true
        let current = rowOfColumn[column]
        var (step, next) = (Double.infinity, 0)
        for other in 1..<(columns + 1) where !isUsed[other] {
          let reduced =
            cost[current - 1][other - 1] - rowPotential[current] - columnPotential[other]
          if reduced < least[other] { (least[other], previous[other]) = (reduced, column) }
          if least[other] < step { (step, next) = (least[other], other) }
        }
        for other in 0...columns {
          if isUsed[other] {
            rowPotential[rowOfColumn[other]] += step
            columnPotential[other] -= step
          } else {
            least[other] -= step
          }
        }
        column = next
      }
      while column != 0 {
        rowOfColumn[column] = rowOfColumn[previous[column]]
        column = previous[column]
      }
    }
    var result = [Int](repeating: 0, count: cost.count)
    for column in 1..<(columns + 1) where rowOfColumn[column] > 0 {
      result[rowOfColumn[column] - 1] = column - 1
    }
    return result
  }
}
