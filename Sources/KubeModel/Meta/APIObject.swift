/// A kind of the API, built in or a user's own: what the server stores under a name.
///
/// ```swift
/// public struct ConfigMap: APIObject {
///   public static let resource = APIResource("v1", "ConfigMap", "configmaps", short: ["cm"])
///   public var metadata = ObjectMeta()
///   public var data: StringMap<String> = [:]
///   public init() {}
///   public mutating func visit(_ fields: inout some Fields) {
///     fields.field("metadata", &metadata, .always)
///     fields.field("data", &data)
///   }
/// }
/// ```
public protocol APIObject: APIValue {
  /// How the API calls the kind.
  static var resource: APIResource { get }

  /// Name, identity, labels, owners.
  // Lent where the kind is not known: a copy of it is a dozen references.
  @_borrowed var metadata: ObjectMeta { get set }

  /// The node on which the object stands; empty for none. Tables find objects by it.
  var placement: String { get }

  /// By what tables find objects of this kind.
  static var indexes: TableIndexes { get }

  /// What the object counts as in the tally of its controller; nil for kinds without one.
  var tallyState: TallyState? { get }
}

/// By what a table finds its objects besides their names.
public struct TableIndexes: OptionSet, Sendable {
  public let rawValue: UInt8

  /// A set of indexes.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// By uid, and by the uids of owners.
  public static let owners = TableIndexes(rawValue: 1)
  /// By namespace, those that no controller manages.
  public static let orphans = TableIndexes(rawValue: 2)
  /// By `placement`.
  public static let placement = TableIndexes(rawValue: 4)
  /// By namespace, label and value.
  public static let labels = TableIndexes(rawValue: 8)
  /// By namespace.
  public static let namespace = TableIndexes(rawValue: 16)
}

extension APIObject {
  @inlinable public var placement: String { "" }
  @inlinable public var tallyState: TallyState? { nil }
  public static var indexes: TableIndexes { [.owners, .orphans] }

  /// The whole object as the API shows it: `kind`, `apiVersion` and its fields.
  public var manifest: JSONValue {
    var members = JSONObject([
      ("kind", .string(Self.resource.kind)), ("apiVersion", .string(Self.resource.apiVersion)),
    ])
    if case .object(let fields) = json { for (key, value) in fields { members[key] = value } }
    return .object(members)
  }

  /// Reads an object from its JSON form; `kind` and `apiVersion` are not looked at.
  ///
  /// - Throws: `DecodingFailure` for what does not fit and, when `strict`, for unknown fields.
  public init(manifest: JSONValue, strict: Bool = true) throws(DecodingFailure) {
    var manifest = manifest
    if var members = manifest.objectValue {
      members.removeValue(forKey: "kind")
      members.removeValue(forKey: "apiVersion")
      manifest = .object(members)
    }
    try self.init(json: manifest, strict: strict)
  }

  /// True once deletion has been asked for.
  @inlinable public var isBeingDeleted: Bool { metadata.deletionTimestamp != nil }
}

/// How the API calls a kind: its group and version, its names, whether it lives in namespaces.
///
/// One pointer: each request asks its kind for it.
public struct APIResource: Hashable, Sendable {
  @usableFromInline struct Names: Hashable, Sendable {
    @usableFromInline let apiVersion: String
    @usableFromInline let kind: String
    @usableFromInline let plural: String
    @usableFromInline let shortNames: [String]
    @usableFromInline let isNamespaced: Bool
  }
  @usableFromInline let names: Indirect<Names>

  /// `v1`, `apps/v1`.
  @inlinable public var apiVersion: String { names.wrappedValue.apiVersion }
  /// `Deployment`.
  @inlinable public var kind: String { names.wrappedValue.kind }
  /// `deployments`.
  @inlinable public var plural: String { names.wrappedValue.plural }
  /// `deploy`; what kubectl takes besides kind and plural.
  @inlinable public var shortNames: [String] { names.wrappedValue.shortNames }
  /// False for nodes, namespaces and the like.
  @inlinable public var isNamespaced: Bool { names.wrappedValue.isNamespaced }

  /// A kind's names.
  public init(
    _ apiVersion: String, _ kind: String, _ plural: String, short: [String] = [],
    namespaced: Bool = true
  ) {
    names = Indirect(
      wrappedValue: Names(
        apiVersion: apiVersion, kind: kind, plural: plural, shortNames: short,
        isNamespaced: namespaced))
  }

  /// `apps`; empty for the core group.
  public var group: String {
    guard let slash = apiVersion.firstIndex(of: "/") else { return "" }
    return String(apiVersion[..<slash])
  }

  /// `v1`.
  public var version: String {
    guard let slash = apiVersion.firstIndex(of: "/") else { return apiVersion }
    return String(apiVersion[apiVersion.index(after: slash)...])
  }

  /// `deployments.apps`, `pods`: how errors name the resource.
  public var qualifiedName: String { group.isEmpty ? plural : plural + "." + group }

  /// `Deployment.apps`, `Pod`: how validation errors name the kind.
  public var qualifiedKind: String { group.isEmpty ? kind : kind + "." + group }
}
