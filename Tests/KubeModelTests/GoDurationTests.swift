import KubeModel
import Testing

@Suite struct GoDurationTests {
  @Test(arguments: [
    ("0", Duration.zero), ("5s", .seconds(5)), ("1m30s", .seconds(90)), ("1.5h", .seconds(5400)),
    ("300ms", .milliseconds(300)), ("-2s", .seconds(-2)), ("+.5s", .milliseconds(500)),
    ("1h15m30.918s", .milliseconds(4_530_918)), ("2us", .microseconds(2)), ("7ns", .nanoseconds(7)),
  ]) func texts(_ text: String, _ duration: Duration) {
    #expect(GoDuration.parse(text) == duration)
  }

  @Test(arguments: ["", "5", "s", "1x", "1m30", "--1s", ".s", "1 s", "9999999999h"])
  func textsThatAreNoDurations(_ text: String) { #expect(GoDuration.parse(text) == nil) }

  @Test(arguments: [
    (Duration.zero, "0s"), (.seconds(10), "10s"), (.seconds(80), "1m20s"), (.seconds(300), "5m0s"),
    (.seconds(7200), "2h0m0s"), (.milliseconds(8006), "8.006s"), (.milliseconds(300), "300ms"),
    (.microseconds(1500), "1.5ms"), (.nanoseconds(7), "7ns"), (.milliseconds(-1500), "-1.5s"),
  ]) func writes(_ duration: Duration, _ text: String) {
    #expect(GoDuration.text(duration) == text)
  }
}
