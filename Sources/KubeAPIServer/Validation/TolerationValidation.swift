import KubeModel

/// Checks of taints and of what tolerates them.
///
/// Follows `pkg/apis/core/validation/validation.go` (v1.36); `Lt` and `Gt` are behind a gate that
/// is off.
enum TolerationValidation {
  private static let effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"]

  static func validate(_ tolerations: [Toleration], at list: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    for (index, toleration) in tolerations.enumerated() {
      let place = list.index(index)
      let key = toleration.key
      if !key.isEmpty { errors.add(LabelValidation.key(key, at: place.child("key"))) }
      if key.isEmpty, toleration.operator != .exists {
        errors.invalid(
          place.child("operator"), toleration.operator,
          "operator must be Exists when `key` is empty, which means "
            + "\"match all values and all keys\"")
      }
      if toleration.tolerationSeconds != nil, toleration.effect != .noExecute {
        errors.invalid(
          place.child("effect"), toleration.effect,
          "effect must be 'NoExecute' when `tolerationSeconds` is set")
      }
      // The value is shown under the operator, as upstream does.
      switch toleration.operator {
      case .equal, "":
        let messages = LabelSyntax.valueErrors(toleration.value)
        if !messages.isEmpty {
          errors.invalid(
            place.child("operator"), toleration.value, messages.joined(separator: ";"))
        }
      case .exists:
        if !toleration.value.isEmpty {
          errors.invalid(
            place.child("operator"), toleration.value,
            "value must be empty when `operator` is 'Exists'")
        }
      default:
        errors.notSupported(place.child("operator"), toleration.operator, ["Equal", "Exists"])
      }
      if !toleration.effect.isEmpty { errors.add(effect(toleration.effect, at: place)) }
    }
    return errors.all
  }

  static func taints(_ taints: [Taint], at list: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    for (index, taint) in taints.enumerated() {
      let place = list.index(index)
      errors.add(LabelValidation.key(taint.key, at: place.child("key")))
      let messages = LabelSyntax.valueErrors(taint.value)
      if !messages.isEmpty {
        errors.invalid(place.child("value"), taint.value, messages.joined(separator: ";"))
      }
      if taint.effect.isEmpty {
        errors.required(place.child("effect"))
      } else {
        errors.add(effect(taint.effect, at: place))
      }
      if taints[..<index].contains(where: { $0.key == taint.key && $0.effect == taint.effect }) {
        errors.duplicate(
          place, GoDump(taint), "taints must be unique by key and effect pair")
      }
    }
    return errors.all
  }

  private static func effect(_ effect: TaintEffect, at place: FieldPath) -> [FieldError] {
    var errors = FieldErrors()
    if !effects.contains(effect.rawValue) {
      errors.notSupported(place.child("effect"), effect, effects)
    }
    return errors.all
  }
}
