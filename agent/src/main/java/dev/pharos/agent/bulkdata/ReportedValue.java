// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.datamodel.definition.ParameterType;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.format.TypeNames;

/// A parameter in a report.
///
/// @param name its path, or what the profile calls it
/// @param value as USP writes it
record ReportedValue(String name, String value, ParameterType type) {

    /// The base type's name in TR-106 (R-BULK.13); a list of any type is a string there.
    String typeName() {
        return TypeNames.nameOf(base());
    }

    /// What it is written as.
    PrimitiveType base() {
        return type.list() ? PrimitiveType.STRING : type.base();
    }

    int characters() {
        return name.length() + value.length();
    }
}
