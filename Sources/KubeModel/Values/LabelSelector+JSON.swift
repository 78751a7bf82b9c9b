extension LabelSelector: APIValue {
  public mutating func visit(_ fields: inout some Fields) {
    fields.field("matchLabels", &matchLabels)
    fields.field("matchExpressions", &matchExpressions)
  }
}

extension LabelSelectorRequirement: APIValue {
  public mutating func visit(_ fields: inout some Fields) {
    fields.field("key", &key, .always)
    fields.field("operator", &`operator`, .always)
    fields.field("values", &values)
  }
}
