import KubeAPIServer
import KubeModel
import KubeReconcile
import SimulationKernel

// What a user asks of the API. Each verb takes no virtual time, and either is carried out or throws
// and leaves the cluster as it was.

extension Cluster {
  /// Who writes when the user does.
  public static let user = "you"

  /// Creates an object and returns it as stored.
  ///
  /// - Throws: what the API server answers: Invalid, AlreadyExists, NotFound (the namespace) …
  @discardableResult public mutating func create<Object: APIObject>(
    _ object: Object
  ) throws(APIError) -> Object {
    begin(actor: Self.user, rule: "create", cause: .none)
    let key = try server.create(object, at: time, sink: &engine)
    return store[Object.self, key] ?? object
  }

  /// Writes a new version of an object, except its status, and returns it as stored.
  ///
  /// - Throws: NotFound, Conflict, Invalid.
  @discardableResult public mutating func update<Object: APIObject>(
    _ object: Object
  ) throws(APIError) -> Object {
    let key = try self.key(of: object)
    begin(actor: Self.user, rule: "update", cause: .none)
    return try server.update(key, with: object, at: time, sink: &engine)
  }

  /// Changes an object in place: reads it, lets `change` edit it, writes it.
  ///
  /// - Throws: NotFound, Invalid.
  @discardableResult public mutating func edit<Object: APIObject>(
    _ kind: Object.Type, _ name: String, namespace: String = "default",
    _ change: (inout Object) -> Void
  ) throws(APIError) -> Object {
    var object = try server.get(kind, namespace, name)
    change(&object)
    return try update(object)
  }

  /// Writes an object's new status and returns the object as stored.
  ///
  /// - Throws: NotFound, Conflict.
  @discardableResult public mutating func updateStatus<Object: APIObject>(
    _ object: Object
  ) throws(APIError) -> Object {
    let key = try self.key(of: object)
    begin(actor: Self.user, rule: "update status", cause: .none)
    engine.context.writesStatus = true
    return try server.update(key, with: object, part: .status, at: time, sink: &engine)
  }

  /// Deletes an object, or begins to. Without options as kubectl does: what it owns goes in the
  /// background.
  ///
  /// - Throws: NotFound, Conflict, Forbidden.
  public mutating func delete<Object: APIObject>(
    _ kind: Object.Type, _ name: String, namespace: String = "default",
    _ options: DeleteOptions? = nil
  ) throws(APIError) {
    let key = try server.key(kind, namespace, name)
    begin(actor: Self.user, rule: "delete", cause: .none)
    try server.delete(kind, key, options ?? Self.kubectlDelete, at: time, sink: &engine)
  }

  /// Creates an object, or, when it is there, replaces its spec and merges its labels and
  /// annotations. Returns it as stored.
  ///
  /// - Throws: Invalid and the like.
  @discardableResult public mutating func apply<Object: APIObject>(
    _ object: Object
  ) throws(APIError) -> Object {
    let namespace =
      object.metadata.namespace.isEmpty ? "default" : object.metadata.namespace
    guard !object.metadata.name.isEmpty,
      let present = try? server.get(Object.self, namespace, object.metadata.name)
    else { return try create(object) }
    var wanted = object
    wanted.metadata = present.metadata
    wanted.metadata.labels.merge(object.metadata.labels)
    wanted.metadata.annotations.merge(object.metadata.annotations)
    Self.keepBinding(of: present, in: &wanted)
    begin(actor: Self.user, rule: "apply", cause: .none)
    let key = try server.key(Object.self, namespace, object.metadata.name)
    return try server.update(key, with: wanted, at: time, sink: &engine)
  }

  /// Changes an object by a patch and returns it as stored.
  ///
  /// - Throws: NotFound, Invalid, BadRequest for what is no patch.
  @discardableResult public mutating func patch<Object: APIObject>(
    _ kind: Object.Type, _ name: String, namespace: String = "default", _ patch: Patch
  ) throws(APIError) -> Object {
    let key = try server.key(kind, namespace, name)
    begin(actor: Self.user, rule: "patch", cause: .none)
    return try server.patch(kind, key, patch, at: time, sink: &engine)
  }

  private func key<Object: APIObject>(of object: Object) throws(APIError) -> ObjectKey {
    let namespace = object.metadata.namespace.isEmpty ? "default" : object.metadata.namespace
    return try server.key(Object.self, namespace, object.metadata.name)
  }

  static var kubectlDelete: DeleteOptions {
    var options = DeleteOptions()
    options.propagationPolicy = .background
    return options
  }
}
