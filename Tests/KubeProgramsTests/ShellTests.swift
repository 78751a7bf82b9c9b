import KubeModel
import KubePrograms
import Testing

/// What scripts print and how they end, after POSIX.1-2024 (Shell Command Language) and the tools of
/// busybox.
@Suite("The shell") struct ShellTests {
  /// Runs a script to its end and returns what it printed, and its exit code.
  private func run(
    _ script: String, _ files: Files = Files(), environment: StringMap<String> = [:]
  ) -> (text: String, code: Int32?, time: Duration) {
    var instance = Instance(
      Toolbox.program(for: ["sh", "-c", script]),
      on: Machine(arguments: [], environment: environment, hostname: "web-0", files: files))
    instance.start()
    while instance.exit == nil, let next = instance.nextWake, next < .seconds(100_000) {
      instance.run(to: next)
    }
    return (instance.machine.output.text, instance.exit?.code, instance.exit?.time ?? .zero)
  }

  @Test(
    "scripts print what they print in a real shell",
    arguments: [
      ("echo a  b", "a b\n"),
      ("echo 'a  b' \"c  d\" e\\ f", "a  b c  d e f\n"),
      ("x=1; y=$x$x; echo $y ${y}z \"${u:-none}\" ${#y}", "11 11z none 2\n"),
      (
        "echo $((2 + 3 * 4)) $(( (2+3)*4 % 7 )) $((7 / 2)) $((1 << 4)) $((3 > 2 && 0))",
        "14 6 3 16 0\n"
      ),
      ("i=3; while [ $i -gt 0 ]; do echo $i; i=$((i-1)); done", "3\n2\n1\n"),
      ("until false || true; do echo never; done; echo done", "done\n"),
      ("for f in a 'b c' d; do echo \"<$f>\"; done", "<a>\n<b c>\n<d>\n"),
      (
        "for i in $(seq 1 5); do [ $i = 2 ] && continue; [ $i = 4 ] && break; echo $i; done",
        "1\n3\n"
      ),
      ("for i in {1..3}; do printf '%s,' $i; done", "1,2,3,"),
      ("case abc in x*) echo x;; a?c|z) echo match;; *) echo other;; esac", "match\n"),
      ("f() { echo $1 $#; return 3; }; f a b; echo $?", "a 2\n3\n"),
      ("f() { local x=in; echo $x; }; x=out; f; echo $x", "in\nout\n"),
      ("(x=2; echo $x); echo [$x]", "2\n[]\n"),
      ("true && echo yes || echo no; false && echo yes || echo no", "yes\nno\n"),
      ("! true; echo $?", "1\n"),
      ("if false; then echo a; elif true; then echo b; else echo c; fi", "b\n"),
      ("echo one two | while read a b; do echo $b $a; done", "two one\n"),
      ("printf 'b\\na\\nb\\n' | sort | uniq | wc -l", "2\n"),
      ("echo abc | sed 's/b/X/' | tr a-z A-Z", "AXC\n"),
      ("echo 'a:b:c' | cut -d: -f2,3; echo '1 2 3' | awk '{print $3, $1}'", "b:c\n3 1\n"),
      ("cat <<END\nx is $((1+1))\nEND\ncat <<'END'\n$x\nEND\n", "x is 2\n$x\n"),
      (
        "mkdir -p /a/b; echo hi > /a/b/c; cat /a/b/c; ls /a; rm -r /a; ls /a 2>/dev/null || echo gone",
        "hi\nb\ngone\n"
      ),
      ("cd /tmp; touch x1 x2 y; echo x*; echo z*", "x1 x2\nz*\n"),
      (
        "echo a > /tmp/f; echo b >> /tmp/f; while read l; do echo \"[$l]\"; done < /tmp/f",
        "[a]\n[b]\n"
      ),
      ("echo out; echo err >&2; { echo x; echo y >&2; } 2>/dev/null", "out\nerr\nx\n"),
      ("echo $(echo a; echo b) \"$(printf 'c\\nd')\"", "a b c\nd\n"),
      (
        "x=/a/b/c.tar.gz; echo ${x##*/} ${x%.*} ${x%%.*} ${x#/a}",
        "c.tar.gz /a/b/c.tar /a/b/c /b/c.tar.gz\n"
      ),
      (
        "set -- a 'b c'; echo $#; for x in \"$@\"; do echo $x; done; shift; echo $1",
        "2\na\nb c\nb c\n"
      ),
      ("[ -d /etc ] && [ ! -e /nope ] && [ a != b -a 1 -lt 2 ] && echo ok", "ok\n"),
      ("[[ abc == a* && -d /tmp ]] && echo ok", "ok\n"),
      ("A=1 printenv A; echo [$A]", "1\n[]\n"),
      ("export B=2; sh -c 'echo $B $0 $1' me you", "2 me you\n"),
      (
        "hostname; date +%Y-%m-%d; basename /a/b.txt .txt; dirname /a/b",
        "web-0\n1970-01-01\nb\n/a\n"
      ),
      ("a=$RANDOM; b=$RANDOM; [ $a != $b ] && [ $a -lt 32768 ] && echo ok", "ok\n"),
      ("curl -s -o /dev/null -w '%{http_code}' localhost:81; echo \" $?\"", "000 7\n"),
      ("foo; echo $?", "sh: foo: not found\n127\n"),
      ("sleep 1 & wait $!; echo $?; (exit 4) & wait $!; echo $?", "0\n4\n"),
      ("trap 'echo bye' EXIT; echo hi; exit 0", "hi\nbye\n"),
      ("set -e; false || true; if false; then :; fi; echo on; false; echo never", "on\n"),
      ("eval 'x=5'; echo $x; y='echo z'; $y", "5\nz\n"),
      ("echo dGV4dA== | base64 -d; echo; expr 3 + 4; test 3 -eq 3; echo $?", "text\n7\n0\n"),
      ("timeout 2 sleep 10; echo $?; echo a b | xargs echo c", "124\nc a b\n"),
      (
        "a=(x 'y z'); a+=(w); echo ${#a[@]} ${a[1]} ${a[-1]}; a[1]=q; echo ${a[@]}",
        "3 y z w\nx q w\n"
      ),
      (
        "for i in \"${a[@]}\" end; do echo $i; done; a=(1 '2 3'); printf '<%s>' \"${a[@]}\"",
        "end\n<1><2 3>"
      ),
      (
        "[[ web-12 =~ ^([a-z]+)-([0-9]+)$ ]] && echo ${BASH_REMATCH[2]} ${BASH_REMATCH[1]}",
        "12 web\n"
      ),
      ("echo text > /tmp/f; echo [$(</tmp/f)]", "[text]\n"),
      (
        "x=hello; echo ${x:1:3} ${x: -2} ${x/l/L} ${x//l/L} ${x^^} ${x^}; y=x; echo ${!y}",
        "ell lo heLlo heLLo HELLO Hello\nhello\n"
      ),
      ("echo a{b,c{d,e}}f {3..1} {x}", "abf acdf acef 3 2 1 {x}\n"),
      (
        "for ((i = 0; i < 5; i++)); do [ $i = 1 ] && continue; [ $i = 3 ] && break; echo $i; done",
        "0\n2\n"
      ),
      ("echo $'a\\tb'; x=1; x+=2; echo $x", "a\tb\n12\n"),
      ("false | true; echo $?; set -o pipefail; false | true; echo $?", "0\n1\n"),
      (
        "echo a1b22 | sed -E 's/([a-z])([0-9]+)/\\2\\1/g'; printf '1\\n2\\n3\\n4\\n' | sed '2,3d;s/4/&&/'",
        "1a22b\n1\n44\n"
      ),
      (
        "printf 'a\\nb\\nc\\n' | sed -n '/b/p;$='; printf 'k=v\\n' | sed -e 's/=.*//' -e 's|k|/|'",
        "b\n3\n/\n"
      ),
      (
        "echo 'x foo.bar y' | grep -o '[a-z]*\\.[a-z]*'; printf 'Ab\\nc\\n' | grep -in ab; printf 'a+\\n' | grep -F a+",
        "foo.bar\n1:Ab\na+\n"
      ),
      ("echo abc | grep -E '^(a|b)+c$' || echo none; echo aac | grep -cE '^a{2}c$'", "abc\n1\n"),
      (
        "expr length hello; expr web-7 : '.*-\\(.*\\)'; expr 2 + 3 \\* 4; expr a = b || echo differ",
        "5\n7\n14\n0\ndiffer\n"
      ),
      (
        "seq -s, 3; seq -w 9 10; echo abc | rev; printf 'a\\nb\\n' | tac | paste -sd,",
        "1,2,3\n09\n10\ncba\nb,a\n"
      ),
      (
        "printf 'b 2\\na 10\\n' | sort -k2 -n; printf 'a\\na\\n' | uniq -c; echo aabb | tr -s a",
        "b 2\na 10\n      2 a\nabb\n"
      ),
      (
        "date -I; date -Iseconds; id; whoami; printf abcdef | head -c 3",
        "1970-01-01\n1970-01-01T00:00:00+00:00\nuid=0(root) gid=0(root)\nroot\nabc"
      ),
    ])
  func printing(_ script: String, _ expected: String) {
    #expect(run(script).text == expected)
  }

  @Test(
    "scripts end with the code of what they did last",
    arguments: [
      ("exit 42", 42), ("false", 1), ("true; false; true", 0), ("exit 256", 0),
      ("set -e; false; true", 1), ("cat /nope", 1), ("if", 2), ("(exit 3)", 3), ("false | true", 0),
      ("true | false", 1), ("echo ${x:?}", 2), ("set -u; echo $nope", 2), ("/nope/x", 127),
      ("echo x > /no/such/folder", 1), ("kill -TERM 999", 1),
    ] as [(String, Int32)])
  func ending(_ script: String, _ code: Int32) {
    #expect(run(script).code == code)
  }

  @Test("sleep takes its time and nothing else does") func time() {
    #expect(run("sleep 2; sleep 0.5; sleep 1m").time == .milliseconds(62_500))
    #expect(run("x=$(sleep 3; echo a); echo $x").time == .seconds(3))
    #expect(run("sleep 5 & sleep 2; wait").time == .seconds(5))
    #expect(run("for i in $(seq 100); do :; done").time == .zero)
  }

  @Test("a script that never sleeps does not hold up the run") func busyLoop() {
    var instance = Instance(
      Toolbox.program(for: ["sh", "-c", "while true; do i=$((i+1)); done"]),
      on: Machine(arguments: []))
    instance.start()
    #expect(instance.exit == nil)
    #expect(instance.nextWake == .seconds(1))
  }

  @Test(
    "text that is no script is refused with a message and 2",
    arguments: [
      "if true", "echo 'a", "for", "case x", "a && ", ")", "$((1", "${x", "`a", "( ( ( (",
      "while true; do", "f() {", "<", "echo $((1 +))", "[ ( ]", "read <<", "{1..999999999999}",
    ])
  func nonsense(_ script: String) {
    let result = run(script)
    #expect(result.code != nil)
  }

  @Test(
    "no script brings the run down: recursion, growth and numbers have limits",
    arguments: [
      "f() { f; }; f", "f() { x=$(f); }; f", "f() { $(f); $(f); }; f", "x=x; eval 'eval $x'",
      "trap 'kill $$' TERM; kill $$; echo on", "cp -r /tmp /tmp/x", "cd /; cp -r . tmp",
      "seq -9223372036854775808 9223372036854775807",
      "echo {-9223372036854775808..9223372036854775807}",
      "head -n -9223372036854775808 /dev/null", "echo $((9223372036854775807 * 2)) $((1 << 64))",
      "echo $((-9223372036854775808 / -1)) $((-9223372036854775808 % -1)) $((1 / 0))",
      "timeout 1 timeout 1 timeout 1 timeout 1 timeout 1 timeout 1 timeout 1 timeout 1 timeout 1 true",
      "printf '%99999d' 1", "exit 99999999999", "shift 9; shift -1", "set -- ; shift",
      "kill -9 1; kill -0 1",
      "while true; do x=$(while true; do :; done); done",
      "cut -d, -f99999999999999999999 /dev/null",
      "sleep 99999999999999999999", "sleep -1", "perl -e 'print bpi(99999999)'", "tail -n x",
      "read -", "f() { f & }; f", "f() { sleep 1; f & wait; }; f", ":() { : | : & }; :",
      "while true; do sleep 1000 & done", "x=xx; while true; do x=$x$x; done",
      "echo xx > /tmp/a; while true; do cat /tmp/a /tmp/a > /tmp/b; cp /tmp/b /tmp/a; done",
      "a=(x); while true; do a+=(\"${a[@]}\"); done", "a[99999999999]=1; a[-1]=1; echo ${a[-5]}",
      "echo {a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
      "[[ aaaaaaaaaaaaaaaaaaaaaaaaaaaa =~ ^(a*)*(a*)*b$ ]]; echo aaaa | sed 's/\\(a*\\)*\\1b//'",
      "[[ x =~ (((((((((((((((((((((((((x ]]; echo x | grep '[' ; echo x | grep -E '*+{9999999}'",
      "for ((;;)); do :; done",
      "x=abc; echo ${x:-9223372036854775807} ${x: -9223372036854775807:-1}",
      "echo ${x:9223372036854775807:9223372036854775807}; printf %s \"${a[@]}\"",
      "usleep 99999999999",
      "dd if=/dev/zero of=/tmp/z bs=9223372036854775807 count=9223372036854775807",
      "stress --vm 9223372036854775807 --vm-bytes 9G", "sed '99999999999999999999p' /dev/null",
      "expr 9223372036854775807 + 1; expr substr abc 9223372036854775807 9223372036854775807",
      "while true; do printf xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done",
      "x=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; echo ${x//*a*a*a/b} ${x%%*a*b}",
      "head -c -1 /dev/null",
      "while true; do break -9223372036854775808; done; while true; do break 99; done",
      "x=$(for i in $(seq 500); do sleep 999999999; done; date); echo $x $SECONDS; date +%Y",
      "sleep 999999999 999999999 999999999 999999999 999999999 999999999 999999999 999999999 9999999",
    ])
  func limits(_ script: String) {
    var instance = Instance(
      Toolbox.program(for: ["sh", "-c", script]), on: Machine(arguments: []))
    instance.start()
    instance.run(to: .seconds(2))
  }

  private static let pieces = [
    "echo", " ", " ", "\n", "$", "(", ")", "{", "}", "\"", "'", "`", "\\", ";", "&", "|", "<", ">",
    "if",
    "then", "fi", "while", "do", "done", "case", "in", "esac", "x", "=", "1", "#", "*", "[", "]",
    "!",
    "for", "$((", "))", "${", ":-", "<<", "EOF", "f()", "%", "@", "sleep 1", "[[", "]]", "=~",
    "a=(", "+=",
    "${a[", "//", ",", "..", "((", "-9", "$'",
  ]

  @Test("no text brings the reader down") func randomScripts() {
    var random = Random(state: 7)
    for _ in 0..<4_000 {
      play((0..<14).map { _ in random.pick(Self.pieces) }.joined())
    }
  }

  @Test("no script of random commands brings the run down") func randomCommands() {
    var random = Random(state: 11)
    for _ in 0..<150 { play(random.list(depth: 0)) }
  }

  @Test("no tool is brought down by what it is given") func randomTools() {
    var random = Random(state: 5)
    let words =
      Self.pieces + [
        "-n", "-c", "-e", "-s", "-k", "-d", "-f", "-l", "-p", "-w", "-O-", "-E",
        "-9223372036854775808",
        "9223372036854775807", "s/a*/&\\1/g", "/", "/tmp", "..", "-", "--", "a:b", "1,3p", "^",
        "%s%d", ":80",
        "http://", "0", "1-", "-1", "\u{301}e", "",
      ]
    let tools = [
      "awk", "base64", "basename", "cat", "chmod", "cp", "curl", "cut", "date", "dd", "dirname",
      "env",
      "expr", "find", "getent", "grep", "head", "kill", "ls", "mkdir", "mktemp", "mv", "nc", "nl",
      "nslookup", "paste", "pkill", "printf", "rev", "rm", "sed", "seq", "set", "shift", "sort",
      "stress",
      "tail", "tee", "test", "timeout", "tr", "trap", "uniq", "usleep", "wait", "wc", "wget",
      "which",
      "xargs", "read", "local", "return", "break", "let", "exec", "eval", "[", "pg_isready",
      "redis-cli",
      "httpd", "agnhost", "python3", "perl", "nginx", "sleep", "killall", "id", "hostname",
    ]
    for _ in 0..<3_000 {
      let tool = random.pick(tools)
      let command = [tool] + (0..<random.below(5)).map { _ in random.pick(words) }
      play("set -- \"$@\"; echo 'a b' | \"$@\"", command)
    }
  }

  private func play(_ script: String, _ arguments: [String] = []) {
    var instance = Instance(
      Toolbox.program(for: ["sh", "-c", script, "sh"] + arguments), on: Machine(arguments: []))
    instance.start()
    instance.run(to: .seconds(2))
  }

  /// A sequence that is the same in every run.
  private struct Random {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % max(1, limit)
    }

    mutating func pick(_ words: [String]) -> String { words[below(words.count)] }

    /// Commands that can be read, within each other.
    mutating func list(depth: Int) -> String {
      (0...below(3)).map { _ in command(depth: depth) + pick(["; ", "\n", " && ", " || "]) }
        .joined()
        + ":"
    }

    private mutating func command(depth: Int) -> String {
      let simple = [
        "echo $x ${a[@]} >> /tmp/f", "x=$((x * 3 + 1))", "a+=($x y)", "sleep 0.3", "false", "f",
        "cd /tmp",
        "read x < /tmp/f", "trap 'echo t; x=1' TERM EXIT", "kill -TERM 1", "set -e", "set -u",
        "shift",
        "break", "continue", "return 2", "x=${x:-$(date)}", "[[ $x =~ (.*)a ]]", "wait",
        "exec 2>&1",
        "eval 'x=$x$x'", "rm -rf /tmp", "unset x", "local x=2", "timeout 1 sleep 2", "set -- $x b",
      ]
      guard depth < 4 else { return pick(simple) }
      switch below(12) {
      case 0: return "if \(list(depth: depth + 1)); then \(list(depth: depth + 1)); fi"
      case 1: return "while [ $((n += 1)) -lt 5 ]; do \(list(depth: depth + 1)); done"
      case 2: return "for i in 1 $x; do \(list(depth: depth + 1)); done"
      case 3: return "f() { \(list(depth: depth + 1)); }"
      case 4: return "( \(list(depth: depth + 1)) )"
      case 5: return "{ \(list(depth: depth + 1)); } 2>/tmp/e | \(pick(simple)) | cat"
      case 6: return "x=$( \(list(depth: depth + 1)) )"
      case 7: return "{ \(list(depth: depth + 1)); } & wait"
      case 8: return "case $x in a*) \(list(depth: depth + 1));; *) \(pick(simple));; esac"
      default: return pick(simple)
      }
    }
  }

  @Test("nested too deeply is a syntax error") func depth() {
    for (open, close) in [("(", ")"), ("$(", ")"), ("${x:-", "}"), ("{ ", "; }"), ("$((1+", "))")] {
      let script =
        "echo " + String(repeating: open, count: 5_000) + "x"
        + String(repeating: close, count: 5_000)
      #expect(run(script).code != nil)
    }
    #expect(run(String(repeating: "true && ", count: 5_000) + "true").code == 2)
    #expect(run("echo $((" + String(repeating: "(", count: 5_000) + "1").code == 2)
  }

  // MARK: Signals

  private func started(_ command: [String], first: Bool = true) -> Instance {
    var instance = Instance(
      Toolbox.program(for: command), on: Machine(arguments: command, isFirstProcess: first))
    instance.start()
    return instance
  }

  @Test("the first process ignores a signal that it does not catch, another one ends by it")
  func uncaught() {
    var first = started(["sleep", "100"])
    first.signal(.terminate, at: .seconds(1))
    #expect(first.exit == nil)
    first.signal(.kill, at: .seconds(2))
    #expect(first.exit?.code == 137)
    var second = started(["sleep", "100"], first: false)
    second.signal(.terminate, at: .seconds(1))
    #expect(second.exit?.code == 143)
  }

  @Test("a trap waits for the command in the foreground, and breaks off a wait") func traps() {
    let script = "trap 'echo caught; exit 5' TERM; "
    var foreground = started(["sh", "-c", script + "sleep 10"])
    foreground.signal(.terminate, at: .seconds(4))
    #expect(foreground.exit == nil)
    foreground.run(to: .seconds(10))
    #expect(foreground.exit?.code == 5)
    #expect(foreground.exit?.time == .seconds(10))
    var waiting = started(["sh", "-c", script + "sleep 10 & wait"])
    waiting.signal(.terminate, at: .seconds(4))
    #expect(waiting.exit?.code == 5)
    #expect(waiting.exit?.time == .seconds(4))
    #expect(waiting.machine.output.text == "caught\n")
    var deaf = started(["sh", "-c", "trap '' TERM; sleep 10"], first: false)
    deaf.signal(.terminate, at: .seconds(1))
    #expect(deaf.exit == nil)
  }

  @Test("exec puts a server in the shell's place, which then hears SIGTERM") func exec() {
    var replaced = started(["sh", "-c", "echo start; exec nginx -g 'daemon off;'"])
    #expect(replaced.machine.sockets[80] != nil)
    replaced.signal(.terminate, at: .seconds(1))
    #expect(replaced.exit?.code == 0)
    var child = started(["sh", "-c", "trap : HUP; nginx -g 'daemon off;'; echo after"])
    #expect(child.machine.sockets[80] != nil)
    child.signal(.terminate, at: .seconds(1))
    #expect(child.exit == nil)
  }

  @Test("a command beside the program sees its files and can signal it") func beside() {
    var web = started(["nginx", "-g", "daemon off;"])
    let touched = web.ask(.exec(["touch", "/tmp/x"]), at: .seconds(1))
    #expect(touched.isSuccess && touched.validity == .once)
    let seen = web.ask(.exec(["cat", "/tmp/x"]), at: .seconds(2))
    #expect(seen.isSuccess && seen.validity == .untilNextEvent)
    #expect(web.ask(.exec(["sleep", "3"]), at: .seconds(3)).delay == .seconds(3))
    #expect(web.ask(.exec(["date"]), at: .seconds(4)).validity == .once)
    _ = web.ask(.exec(["nginx", "-s", "quit"]), at: .seconds(5))
    #expect(web.exit?.code == 0)
  }
}

@Suite("Well-known images") struct KnownImageTests {
  @Test("names with registry, tag and digest are one image, somebody's own is another")
  func names() {
    for name in [
      "nginx", "nginx:1.27", "docker.io/library/nginx:1", "nginx@sha256:abc", "library/nginx",
    ] {
      #expect(KnownImage(named: name)?.command.first == "nginx", "\(name)")
    }
    for name in ["shop/nginx", "app:1", "registry.example.com:5000/nginx", ""] {
      #expect(KnownImage(named: name) == nil, "\(name)")
    }
  }

  @Test("command replaces ENTRYPOINT and CMD, args replaces CMD") func commandLine() throws {
    let image = try #require(KnownImage(named: "registry.k8s.io/e2e-test-images/agnhost:2.40"))
    #expect(image.commandLine(command: [], args: []) == ["/agnhost", "pause"])
    #expect(image.commandLine(command: [], args: ["netexec"]) == ["/agnhost", "netexec"])
    #expect(image.commandLine(command: ["sh"], args: ["-c", "x"]) == ["sh", "-c", "x"])
    #expect(image.commandLine(command: ["sh"], args: []) == ["sh"])
  }

  @Test("postgres without a password ends with an error") func postgres() {
    var database = Instance(
      Toolbox.program(for: ["postgres"]), on: Machine(arguments: ["postgres"]))
    database.start()
    #expect(database.exit?.code == 1)
    #expect(database.machine.output.text.contains("superuser password is not specified"))
  }

  @Test("agnhost answers by its mode") func agnhost() {
    func ask(_ mode: [String], _ request: Request, at time: Duration = .seconds(1)) -> Answer {
      var instance = Instance(
        Toolbox.program(for: ["/agnhost"] + mode),
        on: Machine(arguments: mode, hostname: "web-0"))
      instance.start()
      return instance.ask(request, at: time)
    }
    let healthz = Request.http(port: 8080, path: "/healthz")
    #expect(ask(["liveness"], healthz).outcome == .status(200))
    #expect(ask(["liveness"], healthz, at: .seconds(11)).outcome == .status(500))
    #expect(ask(["netexec"], .http(port: 8080, path: "/hostname")).body == "web-0")
    #expect(ask(["serve-hostname"], .http(port: 9376, path: "/")).body == "web-0")
    #expect(ask(["grpc-health-checking"], .health(port: 5000, service: "")).isSuccess)
    #expect(ask(["pause"], healthz).outcome == .refused)
    let ends = ["grpc-health-checking", "--delay-unhealthy-sec=5"]
    #expect(ask(ends, .health(port: 5000, service: ""), at: .seconds(6)).outcome == .status(503))
  }
}

@Suite("Files of a container") struct FilesTests {
  @Test("a volume hides what is below its mount, and a part of it can be mounted alone")
  func mounts() throws {
    var files = Files()
    try files.write("own", to: "/etc/a")
    files.volumes["v"] = FileTree(["x": "1", "sub/y": "2"])
    files.mount(.init(path: "/etc/v", volume: "v", isReadOnly: true))
    files.mount(.init(path: "/data", volume: "v", subPath: "sub"))
    #expect(try files.list("/etc") == ["a", "v"])
    #expect(try files.list("/etc/v") == ["sub", "x"])
    #expect(try files.read("/data/y") == "2")
    #expect(throws: FileError.self) { try files.write("z", to: "/etc/v/x") }
    try files.write("3", to: "/data/../data/./z")
    #expect(try files.read("/etc/v/sub/z") == "3")
  }

  @Test("errors are those of the C library") func errors() throws {
    var files = Files()
    #expect(throws: FileError.self) { try files.read("/nope") }
    #expect(throws: FileError.self) { try files.write("", to: "/nope/x") }
    #expect(throws: FileError.self) { try files.makeDirectory("/tmp") }
    #expect(throws: FileError.self) { try files.remove("/tmp") }
    try files.makeDirectory("/a/b/c", parents: true)
    try files.remove("/a", recursive: true)
    #expect(!files.exists("/a/b"))
  }
}
