// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.datamodel.instance.Transaction.Savepoint;
import dev.pharos.datamodel.instance.TransactionBody;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Random transactions against a model that is no more than a sorted map of paths and values.
class TransactionPropertyTest {

    /// One thing to do.
    ///
    /// @param kind 0 set, 1 add, 2 delete, 3 savepoint, 4 roll back
    record Step(int kind, int row, String parameter, String value) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of("Enable", "Friend", "Stats.Sent", "Band", "Alias"),
                        Arbitraries.of("true", "0", "5", "Device.Info", "x", "12"))
                .as(Step::new)
                .list()
                .ofMaxSize(30);
    }

    private static Map<String, String> content(Snapshot snapshot) {
        Map<String, String> values = new TreeMap<>();
        collect(snapshot.root(), values);
        return values;
    }

    private static void collect(ObjectInstance object, Map<String, String> values) {
        object.definition()
                .parameters()
                .forEach(p -> values.put(
                        object.path() + p.name(), object.value(p.name()).orElseThrow()));
        object.children().forEach(child -> collect(child, values));
    }

    @Property(tries = 300)
    void a_change_set_turns_what_was_into_what_is(@ForAll("steps") List<Step> steps) {
        RecordingElement device = new RecordingElement(HomeModel.MODEL);
        InstantiatedDataModel model = HomeModel.start(device);
        List<ChangeSet> heard = new ArrayList<>();
        model.onChange(heard::add);
        for (int i = 0; i < steps.size(); i += 5) {
            Map<String, String> before = content(model.snapshot());
            List<Step> part = steps.subList(i, Math.min(i + 5, steps.size()));
            heard.clear();
            Map<String, String> expected = new TreeMap<>(before);
            try {
                device.context().update(tx -> {
                    part.forEach(step -> run(tx, step));
                    return 0;
                });
            } catch (UspException duplicateKey) {
                assertThat(heard).isEmpty();
            }
            heard.forEach(set -> set.changes().forEach(change -> replay(change, expected)));
            assertThat(content(model.snapshot())).isEqualTo(expected);
        }
    }

    private static void run(Transaction tx, Step step) {
        String row = "Device.WiFi.SSID." + step.row() + ".";
        try {
            switch (step.kind()) {
                case 0 -> tx.set(row + step.parameter(), step.value());
                case 1 -> tx.add("Device.WiFi.SSID.");
                case 2 -> tx.delete(row);
                default -> tx.add(row + "Filter.");
            }
        } catch (UspException refused) {
            assertThat(refused.fault().errMsg()).isNotEmpty();
        }
    }

    private static void replay(Change change, Map<String, String> values) {
        switch (change) {
            case Change.ValueChanged(String path, String before, String after) ->
                assertThat(values.put(path, after)).isEqualTo(before);
            case Change.RowAdded(String path, var added) ->
                added.forEach((name, value) ->
                        assertThat(values.put(path + name, value)).isNull());
            case Change.RowDeleted(String path) -> values.keySet().removeIf(key -> key.startsWith(path));
        }
    }

    @Property(tries = 300)
    void rolling_back_leaves_exactly_what_was(@ForAll("steps") List<Step> steps) {
        RecordingElement device = new RecordingElement(HomeModel.MODEL);
        InstantiatedDataModel model = HomeModel.start(device);
        TransactionBody<Integer> body = tx -> {
            tx.add("Device.WiFi.SSID.");
            Savepoint point = tx.savepoint();
            Map<String, String> atPoint = content(tx.snapshot());
            for (Step step : steps) {
                switch (step.kind()) {
                    case 3 -> {
                        point = tx.savepoint();
                        atPoint = content(tx.snapshot());
                    }
                    case 4 -> {
                        tx.rollbackTo(point);
                        assertThat(content(tx.snapshot())).isEqualTo(atPoint);
                    }
                    default -> run(tx, step);
                }
            }
            tx.rollbackTo(point);
            assertThat(content(tx.snapshot())).isEqualTo(atPoint);
            return 0;
        };
        try {
            model.write(Origin.MANAGEMENT, body);
        } catch (UspException refused) {
            // what stood at the last savepoint may well be two rows of one key, which is found at the commit
            assertThat(refused.code()).isEqualTo(StandardErrorCode.DUPLICATE_KEY);
        }
    }

    @Property(tries = 300)
    void a_refused_change_leaves_the_transaction_as_it_was(@ForAll("steps") List<Step> steps) {
        InstantiatedDataModel model = HomeModel.start(new RecordingElement(HomeModel.MODEL));
        model.write(Origin.MANAGEMENT, tx -> {
            Savepoint start = tx.savepoint();
            for (Step step : steps) {
                Map<String, String> before = content(tx.snapshot());
                try {
                    tx.set("Device.WiFi.SSID." + step.row() + "." + step.parameter(), step.value());
                } catch (UspException refused) {
                    assertThat(content(tx.snapshot())).isEqualTo(before);
                }
                if (step.kind() == 1) {
                    tx.add("Device.WiFi.SSID.");
                }
            }
            tx.rollbackTo(start);
            return 0;
        });
    }
}
