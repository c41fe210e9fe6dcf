// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.instance.Transaction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A row that there always is, and which never changes: beneath it are the rows of tables.
///
/// @param path with its Instance Number and trailing dot, such as `Device.Routing.Router.1.`
/// @param values of its parameters
public record Always(String path, Map<String, String> values) {
    static final String GRAMMAR = "(\\w+\\.)+[1-9][0-9]*\\.";

    public Always {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// With trailing dot.
    String table() {
        return path.substring(0, path.lastIndexOf('.', path.length() - 2) + 1);
    }

    String supportedRow() {
        return SupportedDataModel.supportedPath(path);
    }

    void publish(Transaction transaction) {
        if (transaction.snapshot().object(path).isEmpty()) {
            transaction.add(table(), Long.parseLong(path.substring(table().length(), path.length() - 1)));
        }
        values.forEach((name, value) -> {
            if (!transaction.snapshot().value(path + name).equals(Optional.of(value))) {
                transaction.set(path + name, value);
            }
        });
    }
}
