import KubeModel

/// What is in an image that everybody knows: what it runs, and its files.
package struct KnownImage: Sendable {
  /// The image's ENTRYPOINT, which `command` replaces.
  package var entrypoint: [String] = []
  /// The image's CMD, which `args` replaces, and `command` as well.
  package var command: [String] = []
  /// Variables that the image sets.
  package var environment: StringMap<String> = [:]
  /// Its files, by path without a slash in front.
  package var files: StringMap<String> = [:]
  /// Its working directory.
  package var directory = "/"

  /// The command line of a container of this image.
  package func commandLine(command: [String], args: [String]) -> [String] {
    if !command.isEmpty { return command + args }
    // Entrypoints of servers take flags and a configuration for the server's own.
    if let first = args.first, entrypoint.isEmpty, let server = self.command.first,
      Self.takesFlags.contains(server), first.hasPrefix("-") || first.hasSuffix(".conf")
    {
      return [server] + args
    }
    return args.isEmpty ? entrypoint + self.command : entrypoint + args
  }

  private static let takesFlags: Set<String> = [
    "redis-server", "postgres", "mysqld", "mariadbd", "mongod", "memcached",
  ]

  /// The image of a name; nil for one that is not known, and for a name of somebody's own.
  ///
  /// `nginx`, `nginx:1.27`, `docker.io/library/nginx@sha256:…` are one image; `shop/nginx` is another.
  package init?(named image: String) {
    guard let name = Self.repository(image) else { return nil }
    switch name {
    case "busybox", "alpine": command = ["sh"]
    case "bash", "debian", "ubuntu", "fedora", "centos", "perl": command = ["bash"]
    case "curlimages/curl": entrypoint = ["curl"]
    case "pause": entrypoint = ["/pause"]
    case "hello-world": command = ["echo", "Hello from Docker!"]
    case "nginx", "nginx-slim":
      command = ["nginx", "-g", "daemon off;"]
      files["usr/share/nginx/html/index.html"] = Self.page("Welcome to nginx!")
      files["etc/nginx/nginx.conf"] = ""
    case "nginxinc/nginx-unprivileged":
      command = ["nginx-unprivileged"]
      files["usr/share/nginx/html/index.html"] = Self.page("Welcome to nginx!")
    case "httpd":
      command = ["httpd-foreground"]
      directory = "/usr/local/apache2"
      files["usr/local/apache2/htdocs/index.html"] =
        "<html><body><h1>It works!</h1></body></html>\n"
    case "php-apache", "gb-frontend", "hpa-example":
      command = ["apache2-foreground"]
      files["var/www/html/index.html"] = "OK!"
    case "redis", "valkey":
      command = ["redis-server"]
      directory = "/data"
    case "postgres": command = ["postgres"]
    case "mysql": command = ["mysqld"]
    case "mariadb": command = ["mariadbd"]
    case "mongo": command = ["mongod"]
    case "memcached": command = ["memcached"]
    case "rabbitmq": command = ["rabbitmq-server"]
    case "etcd", "quay.io/coreos/etcd": command = ["etcd"]
    case "agnhost":
      entrypoint = ["/agnhost"]
      command = ["pause"]
    case "goproxy": entrypoint = ["goproxy"]
    case "hello-app", "node-hello": entrypoint = ["hello-app"]
    case "echoserver", "kicbase/echo-server": entrypoint = ["echo-server"]
    case "polinux/stress": entrypoint = ["stress"]
    case "traefik/whoami": entrypoint = ["traefik-whoami"]
    case "hashicorp/http-echo": entrypoint = ["http-echo"]
    default: return nil
    }
  }

  private static func page(_ title: String) -> String {
    "<!DOCTYPE html>\n<html><head><title>\(title)</title></head>"
      + "<body><h1>\(title)</h1></body></html>\n"
  }

  /// The name without its registry, tag and digest.
  private static func repository(_ image: String) -> String? {
    var name = image[...]
    if let at = name.firstIndex(of: "@") { name = name[..<at] }
    if let colon = name.lastIndex(of: ":"), !name[colon...].contains("/") { name = name[..<colon] }
    let registries = [
      "docker.io/", "index.docker.io/", "registry.k8s.io/", "k8s.gcr.io/", "mirror.gcr.io/",
      "public.ecr.aws/docker/", "gcr.io/google-containers/", "gcr.io/google_containers/",
      "gcr.io/google-samples/", "gcr.io/google_samples/", "us-docker.pkg.dev/google-samples/",
      "gcr.io/k8s-minikube/", "library/", "e2e-test-images/", "containers/gke/",
    ]
    guard name.contains("/") else { return name.isEmpty ? nil : String(name) }
    for registry in registries where name.hasPrefix(registry) {
      name = name.dropFirst(registry.count)
    }
    return name.isEmpty ? nil : String(name)
  }
}
