import Foundation

/// How far sweeps go: some seeds in every run, all of them when `KUBESIM_SEEDS` says how many.
public enum Sweep {
  /// How many seeds to try.
  public static let seeds =
    ProcessInfo.processInfo.environment["KUBESIM_SEEDS"].flatMap { UInt64($0) } ?? 100
}
