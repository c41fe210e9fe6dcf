// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.datamodel.definition.ParameterType;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.format.TypeNames;

/// A parameter in a report.
///
/// @param name its path, or what the profile calls it
/// @param value as USP writes it
/// @param base what it is written as
record ReportedValue(String name, String value, PrimitiveType base) {

    /// A list of any type is a string.
    static ReportedValue of(String name, String value, ParameterType type) {
        return new ReportedValue(name, value, type.list() ? PrimitiveType.STRING : type.base());
    }

    /// The base type's name in TR-106 (R-BULK.13).
    String typeName() {
        return TypeNames.nameOf(base);
    }

    int characters() {
        return name.length() + value.length();
    }
}
