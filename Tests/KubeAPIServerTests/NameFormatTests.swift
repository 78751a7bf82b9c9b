import KubeModel
import Testing

@testable import KubeAPIServer

@Suite struct NameFormatTests {
  @Test(arguments: ["a", "0", "1-a", "a--1", String(repeating: "a", count: 63)])
  func labelsThatAreGood(name: String) { #expect(NameFormat.label(name).isEmpty) }

  @Test(arguments: ["", "A", "-a", "a-", "a_b", "a.b", String(repeating: "a", count: 64)])
  func labelsThatAreNot(name: String) { #expect(NameFormat.label(name).count == 1) }

  @Test(arguments: ["a.b", "a-b.c", "1.2.3"])
  func subdomainsThatAreGood(name: String) { #expect(NameFormat.subdomain(name).isEmpty) }

  @Test(arguments: ["", ".", "a.", ".a", "a..b", "a-.b", "a.-b", "A.b", "a_b"])
  func subdomainsThatAreNot(name: String) { #expect(NameFormat.subdomain(name).count == 1) }

  @Test func aNameToBeLengthenedMayEndInAHyphen() {
    #expect(NameFormat.subdomain(NameFormat.masked("web-")).isEmpty)
    #expect(!NameFormat.subdomain(NameFormat.masked("-")).isEmpty)
  }

  @Test func keysMayHaveADomain() {
    #expect(NameFormat.qualifiedName("app").isEmpty)
    #expect(NameFormat.qualifiedName("example.com/app.v1_x").isEmpty)
    #expect(NameFormat.qualifiedName("/x") == ["prefix part must be non-empty"])
    #expect(NameFormat.qualifiedName("x/").first == "name part must be non-empty")
    #expect(!NameFormat.qualifiedName("-a").isEmpty)
  }

  @Test func addressesAreReadInBothFamilies() {
    #expect(IPAddress("10.9.8.7")?.bytes == [10, 9, 8, 7])
    #expect(IPAddress("::1")?.bytes.last == 1)
    #expect(IPAddress("2001:db8::ffff")?.isIPv6 == true)
    for text in ["", "10.9.8", "256.1.1.1", "1.2.3.4.5", ":::", "1:2:3", "g::1"] {
      #expect(IPAddress(text) == nil, "\(text)")
    }
    #expect(IPAddress.rangeMessages("10.0.0.0/8").isEmpty)
    #expect(!IPAddress.rangeMessages("10.0.0.0/33").isEmpty)
  }

  @Test func schedulesAreReadAsTheirParserReadsThem() {
    for good in ["*/5 * * * *", "0 9-17/2 * jan-mar MON", "@hourly", "@every 1h30m", "0 0 ? * 6"] {
      #expect(CronSchedule.problem(in: good) == nil, "\(good)")
    }
    let bad = [
      ("* * *", "expected exactly 5 fields, found 3: [* * *]"),
      ("60 * * * *", "end of range (60) above maximum (59): 60"),
      ("* * 0 * *", "beginning of range (0) below minimum (1): 0"),
      ("5-1 * * * *", "beginning of range (5) beyond end of range (1): 5-1"),
      ("*/0 * * * *", "step of range should be a positive number: */0"),
      ("x * * * *", "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax"),
      ("@never", "unrecognized descriptor: @never"),
    ]
    for (schedule, text) in bad { #expect(CronSchedule.problem(in: schedule) == text) }
  }

  @Test func bytesAreWrittenInFourLettersForThree() {
    #expect(Base64.encoded("abc") == "YWJj")
    #expect(Base64.encoded("ab") == "YWI=")
    #expect(Base64.encoded("a") == "YQ==")
    #expect(Base64.encoded("") == "")
    #expect(Base64.size(of: "YWI=") == 2)
  }
}
