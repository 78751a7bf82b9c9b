import KubeModel

/// What the server does to objects of a kind, in fixed slots.
///
/// A write goes through them in this order: `setDefaults`, (mutating admission), then either
/// `prepareForCreate` and `validate`, or `prepareForUpdate` and `validateUpdate`, or, for the
/// status, `prepareForStatusUpdate` and `validateStatusUpdate`. Rules are values without state.
///
/// Follows `registry/rest` `RESTCreateStrategy`, `RESTUpdateStrategy` and `RESTDeleteStrategy`
/// (v1.36). Name and metadata are looked at by `validate` and `validateUpdate` themselves.
public protocol KindRules<Object>: Sendable {
  associatedtype Object: APIObject

  init()

  /// Fills in what the user left out: the defaults of the versioned type. Done again after each
  /// decoding and each patch, so it must change nothing the second time.
  func setDefaults(_ object: inout Object)

  /// Fills in what an update left out; what it shares with the stored object has its defaults.
  func setDefaults(_ new: inout Object, over old: Object)

  /// Makes an object as it may be stored for the first time: an empty status, generation 1.
  func prepareForCreate(_ object: inout Object)

  /// What is wrong with a new object, metadata first.
  func validate(_ object: Object) -> [FieldError]

  /// Takes back what an update may not touch (the status), and counts the generation.
  func prepareForUpdate(_ new: inout Object, from old: Object)

  /// What is wrong with a changed object, metadata first.
  func validateUpdate(_ new: Object, from old: Object) -> [FieldError]

  /// Takes back everything but the status, and what else a status update may carry.
  func prepareForStatusUpdate(_ new: inout Object, from old: Object)

  /// What is wrong with a changed status.
  func validateStatusUpdate(_ new: Object, from old: Object) -> [FieldError]

  /// True when an update needs no `resourceVersion`.
  var allowsUnconditionalUpdate: Bool { get }

  /// True when an update of what is not there creates it.
  var allowsCreateOnUpdate: Bool { get }

  /// What becomes of the objects that a deleted object owns when nothing else is said.
  var defaultPropagation: DeletionPropagation { get }
}

extension KindRules {
  public func setDefaults(_ object: inout Object) {}
  public func setDefaults(_ new: inout Object, over old: Object) { setDefaults(&new) }
  public func prepareForCreate(_ object: inout Object) {}
  public func validate(_ object: Object) -> [FieldError] {
    MetadataValidation.validate(
      object.metadata, isNamespaced: Object.resource.isNamespaced, name: .subdomain)
  }
  public func prepareForUpdate(_ new: inout Object, from old: Object) {}
  public func validateUpdate(_ new: Object, from old: Object) -> [FieldError] {
    MetadataValidation.validateUpdate(new.metadata, from: old.metadata)
  }
  public func prepareForStatusUpdate(_ new: inout Object, from old: Object) {}
  public func validateStatusUpdate(_ new: Object, from old: Object) -> [FieldError] {
    MetadataValidation.validateUpdate(new.metadata, from: old.metadata)
  }
  public var allowsUnconditionalUpdate: Bool { true }
  public var allowsCreateOnUpdate: Bool { false }
  public var defaultPropagation: DeletionPropagation { .background }
}
