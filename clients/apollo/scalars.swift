// The custom scalars of the schema: put this in VitrailAPI/Sources/Schema/CustomScalars, where the generator leaves
// what is there as it is.
import ApolloAPI
import Foundation

extension VitrailAPI {
  /// ISO 8601, as text; `ISO8601DateFormatter` with fractional seconds reads it.
  public typealias DateTime = String

  /// A day, as text: 2026-11-21.
  public typealias Date = String

  /// Any JSON: objects and lists are dictionaries and arrays.
  public struct JSON: CustomScalarType, Hashable {
    public let value: AnyHashable

    public init(_jsonValue value: JSONValue) throws {
      self.value = value
    }

    public var _jsonValue: JSONValue { value }
  }
}
