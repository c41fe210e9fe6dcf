// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

import java.util.Optional;

/// A parameter of an object as the supported data model describes it.
///
/// @param name relative to its object
/// @param defaultValue what a new row gets; empty where the type's own empty value does
/// @param secured whether it reads as empty text without a SecuredRole (passwords and keys)
/// @param notification whether value changes are told to subscribers
/// @param description for people; may be empty
public record ParameterDefinition(
        String name,
        ParameterType type,
        ParameterAccess access,
        Optional<ReferenceDefinition> reference,
        Optional<String> defaultValue,
        boolean secured,
        ValueChangeNotification notification,
        String description) {
    public ParameterDefinition {
        ElementNames.checkParameter(name);
    }

    public enum ParameterAccess {
        READ_ONLY,
        READ_WRITE,
        /// Readable; written once, in the Add or in one Set after it (R-KEY.2).
        WRITE_ONCE;

        public boolean isWritable() {
            return this != READ_ONLY;
        }
    }

    public enum ValueChangeNotification {
        ALLOWED,
        /// Changes too often or is only read on demand, such as a counter: may be subscribed to but stays
        /// silent.
        IGNORED
    }
}
