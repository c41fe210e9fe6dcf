// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

/// A parameter's or argument's type.
///
/// @param list whether the value is a comma-separated list of such values
/// @param dataTypeName TR-106's named type such as `IPAddress` or `MACAddress`, empty where there is none
public record ParameterType(PrimitiveType base, boolean list, Facets facets, String dataTypeName) {
    public static ParameterType of(PrimitiveType base) {
        return new ParameterType(base, false, Facets.NONE, "");
    }
}
