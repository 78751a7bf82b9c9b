import KubeModel
import Testing

@testable import KubeAPIServer

@Suite struct FieldErrorTests {
  private let path = FieldPath("spec").child("containers").index(0).child("name")

  @Test func placesAreWrittenWithPositionsAndKeys() {
    #expect(path.description == "spec.containers[0].name")
    #expect(
      FieldPath("metadata").child("labels").key("a/b").description == "metadata.labels[a/b]")
  }

  @Test func eachSortOfMistakeHasItsWords() {
    var errors = FieldErrors()
    errors.required(path)
    errors.invalid(path, "a\"b", "must not")
    errors.invalid(path, -1, "must be greater than or equal to 0")
    errors.notSupported(path, "x", ["A", "B"])
    errors.forbidden(path, "no")
    errors.duplicate(path, "x")
    errors.notFound(path, "x")
    errors.tooLong(path, limit: 5)
    errors.tooMany(path, 3, limit: 2)
    #expect(
      errors.all.map(\.body) == [
        "Required value", "Invalid value: \"a\\\"b\": must not",
        "Invalid value: -1: must be greater than or equal to 0",
        "Unsupported value: \"x\": supported values: \"A\", \"B\"", "Forbidden: no",
        "Duplicate value: \"x\"", "Not found: \"x\"", "Too long: may not be more than 5 bytes",
        "Too many: 3: must have at most 2 items",
      ])
    #expect(errors.all[0].cause.type == "FieldValueRequired")
  }

  @Test func severalErrorsMakeOneRefusal() {
    var errors = FieldErrors()
    errors.required(FieldPath("a"))
    errors.required(FieldPath("b"))
    let refusal = APIError.invalid(Pod.resource, "p", errors.all)
    #expect(refusal.code == 422)
    #expect(refusal.message == "Pod \"p\" is invalid: [a: Required value, b: Required value]")
    #expect(refusal.details.causes.count == 2)
  }

  @Test func internalStructsAreShownWithGoNamesAndAllTheirFields() {
    var strategy = DeploymentStrategy()
    strategy.type = "Blue"
    #expect(GoDump(strategy).json.text() == #"{"Type":"Blue","RollingUpdate":null}"#)
  }

  @Test func differencesHaveThreeLinesOfContext() {
    let old = (1...9).map(String.init).joined(separator: "\n")
    let new = old.replacing("5", with: "five")
    #expect(
      UnifiedDiff.text(from: old, to: new) == "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
    )
    #expect(UnifiedDiff.text(from: old, to: old) == "")
  }

  @Test func farChangesStandInGroupsOfTheirOwn() {
    let lines = (1...20).map(String.init)
    var changed = lines
    changed[0] = "one"
    changed.append("21")
    let text = UnifiedDiff.text(
      from: lines.joined(separator: "\n"), to: changed.joined(separator: "\n"))
    #expect(
      text == "@@ -1,4 +1,4 @@\n-1\n+one\n 2\n 3\n 4\n@@ -18,3 +18,4 @@\n 18\n 19\n 20\n+21\n")
  }
}
