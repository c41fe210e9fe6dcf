// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.instance;

import dev.pharos.usp.path.PathName;
import java.util.List;
import java.util.Optional;

/// The instantiated data model at one moment. Immutable: a handler reads one snapshot from start to end.
public interface Snapshot {
    /// `Device.`
    ObjectInstance root();

    /// The object or row of this path with instance numbers and trailing dot.
    Optional<ObjectInstance> object(String path);

    /// The value at a parameter path with instance numbers.
    Optional<String> value(String parameterPath);

    /// Every object that the path's object part stands for, in order and without duplicates: wildcards,
    /// search expressions, key addressing and references are followed. A path to a table itself
    /// (`Device.WiFi.SSID.`) resolves to nothing here but to its rows through [#resolveTables].
    ///
    /// @param readable which parameters a search expression may look at; others count as not there, so that
    ///     no search becomes an oracle
    /// @throws dev.pharos.usp.UspException 7026 where the path is not in the supported data model, 7008 where
    ///     an expression is wrong for its parameter's type
    List<ObjectInstance> resolve(PathName path, Visibility readable);

    /// Every table that the path stands for, as the object that holds it: of `Device.WiFi.SSID.` that is
    /// `Device.WiFi.`.
    ///
    /// @throws dev.pharos.usp.UspException 7018 where it is no table, 7026 where the supported data model has
    ///     no such path
    List<TableInstance> resolveTables(PathName path, Visibility readable);

    /// A table in one place.
    ///
    /// @param path with instance numbers and trailing dot, `Device.WiFi.SSID.`
    record TableInstance(ObjectInstance holder, String name, String path) {
        public List<ObjectInstance> rows() {
            return holder.rows(name);
        }
    }

    /// Who may see what.
    @FunctionalInterface
    interface Visibility {
        Visibility ALL = (object, parameter) -> true;

        boolean parameter(ObjectInstance object, String parameter);

        /// Whether the object itself may be seen, as the target of a reference that is being written.
        default boolean object(ObjectInstance object) {
            return true;
        }
    }
}
