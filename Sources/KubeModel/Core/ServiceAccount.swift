/// Who the processes of a pod are to the API.
///
/// Follows `core/v1 ServiceAccount`.
public struct ServiceAccount: APIObject {
  public static let resource = APIResource("v1", "ServiceAccount", "serviceaccounts", short: ["sa"])

  public var metadata = ObjectMeta()
  /// Secrets that its pods may use.
  public var secrets: [ObjectReference] = []
  /// Secrets for pulling images, given to its pods.
  public var imagePullSecrets: [LocalObjectReference] = []
  /// Whether its pods get a token mounted; the pod has the last word.
  public var automountServiceAccountToken: Bool?

  /// Nothing set.
  public init() {}

  public mutating func visit(_ fields: inout some Fields) {
    fields.field("metadata", &metadata, .always)
    fields.field("secrets", &secrets, merge: .byKey("name"))
    fields.field("imagePullSecrets", &imagePullSecrets)
    fields.field("automountServiceAccountToken", &automountServiceAccountToken)
  }
}
