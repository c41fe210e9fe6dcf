// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import dev.pharos.datamodel.definition.PrimitiveType;

/// A parameter with its value, as ParameterValueStruct.
///
/// @param name the whole path, in the device's own data model
/// @param type what `xsi:type` says; a string where it says nothing or something unknown
/// @param value to the letter, also where it is none of its type
public record ParameterValue(String name, PrimitiveType type, String value) {
    /// The name only: values may be secret and may be long.
    @Override
    public String toString() {
        return name;
    }
}
