// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.query.ValueTest;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.statement.Update;

/// Values for one statement that keeps what parameters were, column by column.
final class SeriesRows {
    private final List<String> devices = new ArrayList<>();
    private final List<Long> places = new ArrayList<>();
    private final List<Long> paths = new ArrayList<>();
    private final List<Long> micros = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final List<Long> numeric = new ArrayList<>();
    private final List<String> objects = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Long> reports = new ArrayList<>();
    private final Set<Instant> times = new HashSet<>();
    private boolean onlyReported = true;

    /// What is added now is of this device.
    void of(EndpointId device) {
        devices.add(device.toString());
    }

    /// @param number of the path
    void add(long number, TwinValue value) {
        int dot = value.path().lastIndexOf('.') + 1;
        String text = Storable.text(value.value());
        boolean reported = value.source() == TwinValue.Source.BULK;
        places.add((long) devices.size());
        paths.add(number);
        // as a number: a text would mean another moment in the hour that a change of the clock repeats
        micros.add(ChronoUnit.MICROS.between(Instant.EPOCH, value.time()));
        values.add(text);
        numeric.add(ValueTest.NUMBER.matcher(text).matches() ? 1L : 0L);
        objects.add(value.path().substring(0, dot));
        names.add(value.path().substring(dot));
        reports.add(reported ? 1L : 0L);
        times.add(value.time());
        onlyReported &= reported;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /// Whether all of them come of reports.
    boolean onlyReported() {
        return onlyReported;
    }

    /// All times, each once.
    Set<Instant> times() {
        return times;
    }

    /// Gives the statement its columns; one over reports alone asks for fewer.
    Update bind(Update update) {
        update.bindArray("devices", String.class, devices)
                .bindArray("places", Long.class, places)
                .bindArray("numbers", Long.class, paths)
                .bindArray("times", Long.class, micros)
                .bindArray("values", String.class, values)
                .bindArray("numeric", Long.class, numeric);
        if (!onlyReported) {
            update.bindArray("objects", String.class, objects)
                    .bindArray("names", String.class, names)
                    .bindArray("reports", Long.class, reports);
        }
        return update;
    }
}
