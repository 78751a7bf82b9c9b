import KubeSim

/// Objects that several suites begin with.
enum Samples {
  /// A Deployment of one container that requests 1 CPU.
  static func deployment(
    _ name: String = "web", replicas: Int32 = 2, milliCPU: Int64 = 100
  ) -> Deployment {
    var web = Deployment()
    web.metadata.name = name
    web.spec.replicas = replicas
    web.spec.selector = LabelSelector(matchLabels: ["app": name])
    web.spec.template.metadata.labels = ["app": name]
    var container = Container()
    container.name = "app"
    container.image = "web:1"
    container.resources.requests = ["cpu": Quantity(milliValue: milliCPU)]
    web.spec.template.spec.containers = [container]
    return web
  }

  /// A Service of the pods of such a Deployment.
  static func service(_ name: String = "web") -> Service {
    var service = Service()
    service.metadata.name = name
    service.spec.selector = ["app": name]
    var port = ServicePort()
    port.port = 80
    service.spec.ports = [port]
    return service
  }
}
