/// A binary heap: the least element comes out first.
struct MinHeap<Element: Comparable & Sendable>: Sendable {
  private var elements: ContiguousArray<Element> = []

  init() {}

  var isEmpty: Bool { elements.isEmpty }

  /// The least element.
  var min: Element? { elements.first }

  /// - Complexity: O(log n) comparisons.
  mutating func insert(_ element: Element) {
    elements.append(element)
    var child = elements.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard elements[child] < elements[parent] else { return }
      elements.swapAt(child, parent)
      child = parent
    }
  }

  /// Takes out the least element.
  ///
  /// - Complexity: O(log n) comparisons.
  mutating func popMin() -> Element? {
    guard let least = elements.first else { return nil }
    let last = elements.removeLast()
    if elements.isEmpty { return least }
    elements[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < elements.count else { return least }
      if child + 1 < elements.count, elements[child + 1] < elements[child] { child += 1 }
      guard elements[child] < elements[parent] else { return least }
      elements.swapAt(child, parent)
      parent = child
    }
  }
}
