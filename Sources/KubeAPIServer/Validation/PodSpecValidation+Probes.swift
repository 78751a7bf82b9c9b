import KubeModel

extension PodSpecValidation {
  /// Hooks and probes, of a container that may have them.
  mutating func checkLifecycleAndProbes(_ container: Container, at place: FieldPath) {
    if let lifecycle = container.lifecycle {
      checkLifecycle(lifecycle, at: place.child("lifecycle"))
    }
    if let probe = container.livenessProbe {
      checkProbe(probe, at: place.child("livenessProbe"), succeedsOnce: true)
    }
    if let probe = container.readinessProbe {
      let place = place.child("readinessProbe")
      checkProbe(probe, at: place, succeedsOnce: false)
      if let seconds = probe.terminationGracePeriodSeconds {
        errors.invalid(
          place.child("terminationGracePeriodSeconds"), seconds,
          "must not be set for readinessProbes")
      }
    }
    if let probe = container.startupProbe {
      checkProbe(probe, at: place.child("startupProbe"), succeedsOnce: true)
    }
  }

  mutating func forbidLifecycleAndProbes(
    _ container: Container, at place: FieldPath, _ reason: String
  ) {
    if container.lifecycle != nil { errors.forbidden(place.child("lifecycle"), reason) }
    if container.livenessProbe != nil { errors.forbidden(place.child("livenessProbe"), reason) }
    if container.readinessProbe != nil { errors.forbidden(place.child("readinessProbe"), reason) }
    if container.startupProbe != nil { errors.forbidden(place.child("startupProbe"), reason) }
  }

  private mutating func checkLifecycle(_ lifecycle: Lifecycle, at place: FieldPath) {
    for (field, handler) in [("postStart", lifecycle.postStart), ("preStop", lifecycle.preStop)] {
      guard let handler else { continue }
      checkHandler(
        exec: handler.exec, http: handler.httpGet, tcp: handler.tcpSocket, grpc: nil,
        sleep: handler.sleep, at: place.child(field))
    }
  }

  private mutating func checkProbe(_ probe: Probe, at place: FieldPath, succeedsOnce: Bool) {
    checkHandler(
      exec: probe.exec, http: probe.httpGet, tcp: probe.tcpSocket, grpc: probe.grpc, sleep: nil,
      at: place)
    let numbers = [
      ("initialDelaySeconds", probe.initialDelaySeconds), ("timeoutSeconds", probe.timeoutSeconds),
      ("periodSeconds", probe.periodSeconds), ("successThreshold", probe.successThreshold),
      ("failureThreshold", probe.failureThreshold),
    ]
    for (field, number) in numbers { errors.negative(place.child(field), number) }
    if let seconds = probe.terminationGracePeriodSeconds, seconds <= 0 {
      errors.invalid(
        place.child("terminationGracePeriodSeconds"), seconds, "must be greater than 0")
    }
    if succeedsOnce, probe.successThreshold != 1 {
      errors.invalid(place.child("successThreshold"), probe.successThreshold, "must be 1")
    }
  }

  private mutating func checkHandler(
    exec: ExecAction?, http: HTTPGetAction?, tcp: TCPSocketAction?, grpc: GRPCAction?,
    sleep: SleepAction?, at place: FieldPath
  ) {
    let kinds = [
      ("exec", exec != nil), ("httpGet", http != nil), ("tcpSocket", tcp != nil),
      ("grpc", grpc != nil), ("sleep", sleep != nil),
    ].filter(\.1)
    guard let first = kinds.first else {
      return errors.required(place, "must specify a handler type")
    }
    // Only the first handler is looked into; any other is one too many.
    let inner = place.child(first.0)
    if let exec {
      if exec.command.isEmpty { errors.required(inner.child("command")) }
    } else if let http {
      checkHTTP(http, at: inner)
    } else if let tcp {
      errors.add(PortValidation.numberOrName(tcp.port, at: inner.child("port")))
    } else if let grpc {
      errors.add(PortValidation.numberOrName(.int(grpc.port), at: inner.child("port")))
    } else if let sleep {
      checkSleep(sleep, at: inner)
    }
    for (field, _) in kinds.dropFirst() {
      errors.forbidden(place.child(field), "may not specify more than 1 handler type")
    }
  }

  private mutating func checkHTTP(_ http: HTTPGetAction, at place: FieldPath) {
    if http.path.isEmpty { errors.required(place.child("path")) }
    errors.add(PortValidation.numberOrName(http.port, at: place.child("port")))
    if http.scheme != .http, http.scheme != .https {
      errors.notSupported(place.child("scheme"), http.scheme, ["HTTP", "HTTPS"])
    }
    for header in http.httpHeaders {
      errors.invalid(
        place.child("httpHeaders"), header.name, NameFormat.httpHeader(header.name))
    }
  }

  private mutating func checkSleep(_ sleep: SleepAction, at place: FieldPath) {
    guard let grace = spec.terminationGracePeriodSeconds else { return }
    if sleep.seconds < 0 || sleep.seconds > grace {
      errors.invalid(
        place, sleep.seconds,
        "must be non-negative and less than terminationGracePeriodSeconds (\(grace))")
    }
  }
}

/// Checks of ports that are given by number or by name.
enum PortValidation {
  static func numberOrName(_ port: IntOrString, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    switch port {
    case .int(let number):
      for message in NameFormat.portNumber(Int(number)) { errors.invalid(place, number, message) }
    case .string(let name): errors.invalid(place, name, NameFormat.portName(name))
    }
    return errors.all
  }
}
