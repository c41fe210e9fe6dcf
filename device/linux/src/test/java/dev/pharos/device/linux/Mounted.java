// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.ObjectInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The host that the tests run on, with its data model.
final class Mounted implements AutoCloseable {
    final InstantiatedDataModel model;

    Mounted() {
        try {
            model = InstantiatedDataModel.start(LinuxDevice.open().elements(), ChangeJournal.none());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String value(String path) {
        return model.snapshot().value(path).orElseThrow(() -> new AssertionError("no " + path));
    }

    List<ObjectInstance> objects() {
        List<ObjectInstance> found = new ArrayList<>();
        collect(model.snapshot().root(), found);
        return found;
    }

    /// The row of a table in which this parameter has this value.
    Optional<ObjectInstance> row(String table, String parameter, String value) {
        return RowSync.rows(model.snapshot(), table).stream()
                .filter(row -> row.value(parameter).filter(value::equals).isPresent())
                .findFirst();
    }

    private static void collect(ObjectInstance object, List<ObjectInstance> found) {
        found.add(object);
        object.children().forEach(child -> collect(child, found));
    }

    @Override
    public void close() {
        model.close();
    }
}
