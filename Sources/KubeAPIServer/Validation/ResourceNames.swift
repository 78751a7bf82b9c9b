import KubeModel

/// The names of resources: which may stand where, and how their amounts behave.
///
/// Follows `pkg/apis/core/helper/helpers.go` and the resource names of
/// `pkg/apis/core/validation/validation.go` (v1.36).
enum ResourceNames {
  /// Says what is wrong with a resource's name in a place.
  typealias Check = @Sendable (String, FieldPath) -> [FieldError]

  private static let containerNames = ["cpu", "memory", "ephemeral-storage"]
  private static let quotaNames =
    containerNames + [
      "pods", "resourcequotas", "services", "replicationcontrollers", "secrets",
      "persistentvolumeclaims", "configmaps", "services.nodeports", "services.loadbalancers",
      "requests.cpu", "requests.memory", "requests.storage", "requests.ephemeral-storage",
      "limits.cpu", "limits.memory", "limits.ephemeral-storage",
    ]
  private static let standardNames = quotaNames + ["storage"]
  private static let integerNames = [
    "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps",
    "persistentvolumeclaims", "services.nodeports", "services.loadbalancers",
  ]

  static func isHugePages(_ name: String) -> Bool { name.hasPrefix("hugepages-") }

  private static func isPlain(_ name: String) -> Bool { !name.utf8.contains(UInt8(ascii: "/")) }

  /// Without a domain, or of the project's own.
  static func isNative(_ name: String) -> Bool {
    isPlain(name) || name.contains("kubernetes.io/")
  }

  /// A resource that somebody adds to nodes, as `nvidia.com/gpu`.
  static func isExtended(_ name: String) -> Bool {
    !isNative(name) && !name.hasPrefix("requests.")
      && NameFormat.qualifiedName("requests." + name).isEmpty
  }

  /// Whether a pod may ask for less than it may use.
  static func allowsOvercommit(_ name: String) -> Bool { isNative(name) && !isHugePages(name) }

  static func isInteger(_ name: String) -> Bool {
    integerNames.contains(name) || isExtended(name)
  }

  static func isQuotaName(_ name: String) -> Bool {
    quotaNames.contains(name) || isHugePages(name) || name.hasPrefix("requests.hugepages-")
  }

  /// Any resource's name.
  static func errors(_ name: String, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    errors.invalid(place, name, NameFormat.qualifiedName(name))
    if errors.isEmpty, isPlain(name), !standardNames.contains(name), !isQuotaName(name) {
      errors.invalid(place, name, "must be a standard resource type or fully qualified")
    }
    return errors.all
  }

  /// What a container may ask for.
  static func containerErrors(_ name: String, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(Self.errors(name, at: place))
    if isPlain(name) {
      if !containerNames.contains(name), !isHugePages(name) {
        errors.invalid(place, name, "must be a standard resource for containers")
      }
    } else if !isNative(name), !isExtended(name) {
      errors.invalid(place, name, "doesn't follow extended resource name standard")
    }
    return errors.all
  }

  /// What a pod as a whole may ask for.
  static func podErrors(_ name: String, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(Self.errors(name, at: place))
    if errors.isEmpty, name != "cpu", name != "memory", !isHugePages(name) {
      errors.notSupported(place, name, ["cpu", "hugepages-", "memory"])
    }
    return errors.all
  }

  /// What a quota may count.
  static func quotaErrors(_ name: String, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    errors.add(Self.errors(name, at: place))
    if isPlain(name), !isQuotaName(name) {
      errors.invalid(place, name, "must be a standard resource for quota")
    }
    return errors.all
  }

  /// What is wrong with an amount of a resource.
  static func amountErrors(_ name: String, _ amount: Quantity, at place: FieldPath)
    -> [FieldError]
  {
    var errors = FieldErrors()
    if amount.sign < 0 {
      errors.invalid(place, amount.description, "must be greater than or equal to 0")
    }
    if isInteger(name), let milli = amount.milliValue, milli % 1000 != 0 {
      errors.invalid(place, amount, "must be an integer")
    }
    return errors.all
  }

  /// Whether an amount of huge pages is a whole number of them.
  static func isWholePages(_ name: String, _ amount: Quantity) -> Bool {
    guard let size = (try? Quantity(String(name.dropFirst("hugepages-".count))))?.value, size > 0,
      let value = amount.value
    else { return false }
    return value % size == 0
  }
}
