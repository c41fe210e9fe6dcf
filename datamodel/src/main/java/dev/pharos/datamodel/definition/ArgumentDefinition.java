// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

/// An argument of a command or event.
///
/// @param name may have dots and `{i}` for structured arguments
public record ArgumentDefinition(String name, ParameterType type, boolean mandatory, String description) {
    public ArgumentDefinition {
        ElementNames.checkArgument(name);
    }
}
