import KubeModel
import KubePrograms
import Testing

@Suite struct ShellTests {
}
