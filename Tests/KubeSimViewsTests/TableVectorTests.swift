import KubeModel
import KubeSimViews
import SimulationKernel
import TestFixtures
import Testing

@Suite struct TableVectorTests {
  @Test func podsArePrintedAsKubernetesPrintsThem() throws {
    try checkVectors("printpod") { row in
      row.kind == "PodListText" ? try listText(row) : try cells(row)
    }
  }

  @Test func otherKindsArePrintedAsKubernetesPrintsThem() throws {
    try checkVectors("printother") { row in
      guard row.kind != "HumanDuration" else {
        let length = Duration.milliseconds(row.input["milliseconds"]?.intValue ?? 0)
        return ["text": .string(HumanDuration.text(length))]
      }
      return try cells(row)
    }
  }

  private func cells(_ row: VectorRow) throws -> JSONValue {
    let kind = try #require(BuiltInKinds.all.first { $0.resource.kind == row.kind })
    let object = try kind.init(manifest: row.input["object"] ?? .null, strict: false)
    let now = try now(row)
    let table = Table(
      ofAny: [object], kind: kind, at: now, wide: row.input["wide"]?.boolValue == true)
    var cells = table.rows.first ?? []
    // The server sends a claim's volume mode even when nobody asks for the column.
    if let claim = object as? PersistentVolumeClaim { cells = claim.cells(at: now, wide: true) }
    return [
      "columns": .array(table.columns.map { .string($0.name) }),
      "cells": .array(
        cells.map {
          switch $0 {
          case .text(let text): .string(text)
          case .number(let number): .int(number)
          }
        }),
    ]
  }

  private func listText(_ row: VectorRow) throws -> JSONValue {
    let pods = try (row.input["items"]?.arrayValue ?? []).map {
      try Pod(manifest: $0, strict: false)
    }
    let table = Table(of: pods, at: try now(row), wide: row.input["wide"]?.boolValue == true)
    return ["text": .string(table.text)]
  }

  private func now(_ row: VectorRow) throws -> MicroTime {
    try #require(MicroTime(row.input["now"]?.stringValue ?? ""))
  }
}
