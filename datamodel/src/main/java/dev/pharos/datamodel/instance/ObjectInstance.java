// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.instance;

import dev.pharos.datamodel.definition.ObjectDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A single object or a row in a [Snapshot]. Immutable, but for live parameters, which are read when asked
/// for.
public interface ObjectInstance {
    /// With instance numbers and a trailing dot.
    String path();

    ObjectDefinition definition();

    /// The row's Instance Number; empty for single objects.
    OptionalLong instanceNumber();

    /// The parameter's value as USP writes it, unmasked; empty where the object has no such parameter.
    Optional<String> value(String parameter);

    /// The values of all unique keys of a row, by parameter name.
    Map<String, String> uniqueKeys();

    /// The single objects and rows directly beneath, in the order of the model, rows by Instance Number.
    List<ObjectInstance> children();

    /// The rows of the table of this name directly beneath, by Instance Number.
    List<ObjectInstance> rows(String table);

    /// The single object of this name directly beneath.
    Optional<ObjectInstance> child(String name);
}
