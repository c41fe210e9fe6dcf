// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.access;

import dev.pharos.agent.config.ControllerRole;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;

/// What one controller may do.
public interface Permissions {

    /// @param path of a parameter, object, table, row, command or event: instantiated, or in supported form
    ///     where the question is about the supported data model
    boolean allows(Right right, String path);

    /// Whether it holds a SecuredRole, and so sees passwords and keys.
    boolean readsSecured();

    static Permissions of(ControllerRole role) {
        return switch (role) {
            case FULL -> new Full(false);
            case FULL_SECURED -> new Full(true);
            case UNTRUSTED -> new Untrusted();
        };
    }

    /// What a search expression of this controller may look at: nothing that it may not read, and no secrets
    /// (R-GIN.0).
    default Snapshot.Visibility readable() {
        return (object, parameter) -> {
            if (!allows(Right.READ_PARAMETER, object.path() + parameter)) {
                return false;
            }
            return readsSecured()
                    || object.definition()
                            .parameter(parameter)
                            .map(definition -> !definition.secured())
                            .orElse(true);
        };
    }

    /// The value as this controller may see it: secrets are empty text.
    default String shown(ParameterDefinition definition, String value) {
        return definition.secured() && !readsSecured() ? "" : value;
    }

    /// The object's value as this controller may see it.
    default String shown(ObjectInstance object, String parameter, String value) {
        return object.definition()
                .parameter(parameter)
                .map(definition -> shown(definition, value))
                .orElse(value);
    }

    /// The role with all rights.
    record Full(boolean readsSecured) implements Permissions {
        @Override
        public boolean allows(Right right, String path) {
            return true;
        }
    }

    /// The role of whom nobody vouches for: the data model is empty to it.
    record Untrusted() implements Permissions {
        @Override
        public boolean allows(Right right, String path) {
            return false;
        }

        @Override
        public boolean readsSecured() {
            return false;
        }
    }
}
