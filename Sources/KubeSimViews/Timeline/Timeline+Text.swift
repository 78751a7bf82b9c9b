import SimulationKernel

extension Timeline {
  /// The timeline as text: what the user did along the top, then a lane for each pod, then the
  /// numbers, then what the signs mean and what the user did.
  ///
  /// A column shows what its pod was doing when the column's time was over; an error within the
  /// column is shown all the same, and so is the last moment of a pod that went. A number is the
  /// least within the column.
  ///
  /// - Parameters:
  ///   - columns: How many columns of time the text may have.
  ///   - colour: Whether to colour the signs, by ANSI escapes.
  ///   - lanes: How many pods are shown of each ReplicaSet, Job and so on.
  public func text(columns: Int = 72, colour: Bool = false, lanes: Int = 24) -> String {
    let scale = TimelineScale(end: shownEnd, columns: columns)
    return TimelinePainter(
      self, scale: scale, colour: colour, lanesPerSection: max(1, lanes)
    ).text
  }

  /// What comes after the last change is not worth its columns, but for a little.
  var shownEnd: Instant {
    let last = max(lastChange, .zero + .milliseconds(100))
    return min(max(end, last), last + max(.seconds(1), .nanoseconds(last.nanoseconds / 10)))
  }
}
