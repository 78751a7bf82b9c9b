// Gives each namespace its default ServiceAccount, and the certificate of the API server.
//
// Follows   pkg/controller/serviceaccount/serviceaccounts_controller.go,
//           pkg/controller/certificates/rootcacertpublisher/publisher.go (v1.36)
// Left out  tokens and real certificates

import KubeModel
import KubeReconcile
import SimulationKernel

/// Keeps a ServiceAccount `default` in every namespace that is not being deleted.
public struct ServiceAccountController: Reconciler {
  public static let name = "serviceaccount-controller"
  public static let watches: [Watch] = [
    .primary(Namespace.self),
    .changes(of: ServiceAccount.self) { change, snapshot, keys in
      guard change.new == nil, let old = change.old else { return }
      let namespace = snapshot.store.key(Namespace.self, "", old.metadata.namespace)
      if let namespace { keys.append(namespace) }
    },
  ]

  public let latency: Duration

  /// A controller that looks this long after a change.
  public init(latency: Duration = .milliseconds(5)) { self.latency = latency }

  public func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    var plan = Plan()
    guard let name = snapshot.activeNamespace(key),
      snapshot.store.key(ServiceAccount.self, name, "default") == nil
    else { return plan }
    var account = ServiceAccount()
    account.metadata.name = "default"
    account.metadata.namespace = name
    plan.create(account, because: "each namespace has a default account")
    plan.afterwards = { results, _ in results.retryingUnlessExpected() }
    return plan
  }
}

/// Keeps a ConfigMap `kube-root-ca.crt` in every namespace that is not being deleted.
public struct RootCertificatePublisher: Reconciler {
  public static let name = "root-ca-certificate-publisher-controller"
  public static let watches: [Watch] = [
    .primary(Namespace.self),
    .changes(of: ConfigMap.self) { change, snapshot, keys in
      guard change.type != .added, change.latest.metadata.name == configMap else { return }
      let namespace = snapshot.store.key(Namespace.self, "", change.latest.metadata.namespace)
      if let namespace { keys.append(namespace) }
    },
  ]

  private static let configMap = "kube-root-ca.crt"
  private static let description =
    "Contains a CA bundle that can be used to verify the kube-apiserver when using internal "
    + "endpoints such as the internal service IP or kubernetes.default.svc. "
    + "No other usage is guaranteed across distributions of Kubernetes clusters."
  /// Stands for a certificate: nothing in a simulated cluster is encrypted.
  private static let certificate =
    "-----BEGIN CERTIFICATE-----\nsimulated\n-----END CERTIFICATE-----\n"

  public let latency: Duration

  /// A controller that looks this long after a change.
  public init(latency: Duration = .milliseconds(5)) { self.latency = latency }

  public func reconcile(_ key: ObjectKey, in snapshot: Snapshot) -> Plan {
    var plan = Plan()
    guard let name = snapshot.activeNamespace(key) else { return plan }
    if let present = snapshot.store.key(ConfigMap.self, name, Self.configMap) {
      guard var map = snapshot[ConfigMap.self, present],
        map.data != ["ca.crt": Self.certificate] || !map.binaryData.isEmpty
          || map.metadata.annotations["kubernetes.io/description"] != Self.description
      else { return plan }
      map.data = ["ca.crt": Self.certificate]
      map.binaryData = [:]
      map.metadata.annotations["kubernetes.io/description"] = Self.description
      plan.update(present, map, because: "the certificate was changed")
      return plan
    }
    var map = ConfigMap()
    map.metadata.name = Self.configMap
    map.metadata.namespace = name
    map.metadata.annotations["kubernetes.io/description"] = Self.description
    map.data = ["ca.crt": Self.certificate]
    plan.create(map, because: "each namespace has the API server's certificate")
    plan.afterwards = { results, _ in results.retryingUnlessExpected() }
    return plan
  }
}

extension Snapshot {
  /// The name of a namespace that is there and not being deleted.
  fileprivate func activeNamespace(_ key: ObjectKey) -> String? {
    guard let namespace = self[Namespace.self, key], !namespace.isBeingDeleted,
      namespace.status.phase != .terminating
    else { return nil }
    return namespace.metadata.name
  }
}

extension [WriteResult] {
  /// A retry, unless somebody else was faster or the namespace is going.
  fileprivate func retryingUnlessExpected() -> Plan {
    var plan = Plan()
    plan.retries = contains { result in
      guard let error = result.error else { return false }
      return error.reason != .alreadyExists && !error.isNamespaceTerminating
    }
    return plan
  }
}
