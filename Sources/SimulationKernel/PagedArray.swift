/// An array kept in pages, so that a copy costs one pointer and a write to a copy copies one page.
///
/// Reading and writing in place cost two uniqueness checks and no allocation. While a copy is
/// alive, the first write to a page copies that page (128 elements), and the list of pages.
public struct PagedArray<Element> {
  @usableFromInline var pages: ContiguousArray<ContiguousArray<Element>> = []

  /// How many elements there are.
  public internal(set) var count = 0

  @usableFromInline static var shift: Int { 7 }
  @usableFromInline static var mask: Int { 127 }

  /// No elements.
  @inlinable public init() {}

  /// True when there are no elements.
  public var isEmpty: Bool { count == 0 }

  /// The element at a position from 0 to `count` - 1; any other position traps.
  @inlinable public subscript(position: Int) -> Element {
    _read { yield pages[position >> Self.shift][position & Self.mask] }
    _modify { yield &pages[position >> Self.shift][position & Self.mask] }
  }

  /// Puts an element after the last one.
  @inlinable public mutating func append(_ element: Element) {
    if count & Self.mask == 0 {
      var page = ContiguousArray<Element>()
      page.reserveCapacity(Self.mask + 1)
      pages.append(page)
    }
    pages[count >> Self.shift].append(element)
    countUp()
  }
}

extension PagedArray {
  @usableFromInline mutating func countUp() { count += 1 }
}

extension PagedArray: Sendable where Element: Sendable {}

extension PagedArray: Sequence {
  /// Walks the elements in order.
  public func makeIterator() -> AnyIterator<Element> {
    var position = 0
    return AnyIterator {
      guard position < count else { return nil }
      defer { position += 1 }
      return self[position]
    }
  }
}
