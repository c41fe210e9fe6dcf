// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DataModelEvent;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.PathFault;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitTest {
    private static final SupportedDataModel SYSTEM =
            HomeModel.MODEL.restrictedTo((path, element) -> !path.startsWith("Device.WiFi."));
    private static final SupportedDataModel WIFI =
            HomeModel.MODEL.restrictedTo((path, element) -> path.startsWith("Device.WiFi."));

    private final RecordingElement system = new RecordingElement(SYSTEM);
    private final RecordingElement wifi = new RecordingElement(WIFI);
    private final MemoryJournal journal = new MemoryJournal();
    private final List<ChangeSet> heard = new ArrayList<>();
    private InstantiatedDataModel model;

    /// Keeps what it is given, and fails when told to.
    static final class MemoryJournal implements ChangeJournal {
        final List<Change> kept = new ArrayList<>();
        boolean failing;
        boolean closed;

        @Override
        public List<Change> load() {
            return List.copyOf(kept);
        }

        @Override
        public void append(List<Change> changes) throws IOException {
            if (failing) {
                throw new IOException("disk full");
            }
            kept.addAll(changes);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    CommitTest() throws IOException {
        model = InstantiatedDataModel.start(List.of(system, wifi), journal);
    }

    @BeforeEach
    void listen() {
        model.onChange(heard::add);
    }

    private void manage(Consumer<Transaction> body) {
        model.write(Origin.MANAGEMENT, tx -> {
            body.accept(tx);
            return 0;
        });
    }

    private String value(String path) {
        return model.snapshot().value(path).orElse("(nothing)");
    }

    @Test
    void each_element_is_asked_about_its_own_changes_only() {
        manage(tx -> {
            tx.set("Device.Info.Name", "hub");
            tx.set(tx.add("Device.WiFi.SSID.") + "SSID", "home");
        });
        assertThat(system.applied.getFirst().changes())
                .containsExactly(new Change.ValueChanged("Device.Info.Name", "box", "hub"));
        assertThat(wifi.validated.getFirst().changes())
                .singleElement()
                .isInstanceOfSatisfying(
                        Change.RowAdded.class,
                        added -> assertThat(added.values()).containsEntry("SSID", "home"));
    }

    @Test
    void listeners_hear_exactly_what_changed_in_the_order_of_the_model() {
        manage(tx -> {
            String ssid = tx.add("Device.WiFi.SSID.");
            tx.set(tx.add(ssid + "Filter.") + "MAC", "00:11:22:33:44:55");
            tx.set("Device.Info.Name", "other");
            tx.set("Device.Info.Name", "hub");
            tx.set("Device.Info.Mode", "Manual");
            tx.set("Device.Info.Mode", "Auto");
        });
        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst().changes())
                .extracting(Change::path)
                .containsExactly(
                        "Device.Info.Name",
                        "Device.WiFi.SSIDNumberOfEntries",
                        "Device.WiFi.SSID.1.",
                        "Device.WiFi.SSID.1.Filter.1.");
        assertThat(heard.getFirst().changes().get(1))
                .isEqualTo(new Change.ValueChanged("Device.WiFi.SSIDNumberOfEntries", "0", "1"));
        assertThat(((Change.RowAdded) heard.getFirst().changes().get(2)).values())
                .containsEntry("Stats.Sent", "0");
        manage(tx -> tx.delete("Device.WiFi.SSID.1."));
        assertThat(heard.get(1).changes())
                .extracting(Change::path)
                .containsExactly(
                        "Device.WiFi.SSIDNumberOfEntries", "Device.WiFi.SSID.1.", "Device.WiFi.SSID.1.Filter.1.");
        manage(tx -> tx.set("Device.Info.Name", "hub"));
        assertThat(heard).hasSize(2);
    }

    @Test
    void an_element_that_refuses_stops_the_commit_before_anything_happens() {
        wifi.onValidate = changes -> {
            throw new UspException(StandardErrorCode.VALUE_CONFLICT, "Device.WiFi.SSID.1.Enable: no radio");
        };
        assertThatThrownBy(() -> manage(tx -> {
                    tx.set("Device.Info.Name", "hub");
                    tx.add("Device.WiFi.SSID.");
                    tx.set("Device.WiFi.SSID.1.Enable", "true");
                }))
                .hasMessageContaining("no radio");
        assertThat(value("Device.Info.Name")).isEqualTo("box");
        assertThat(journal.kept).isEmpty();
        assertThat(system.applied).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void check_says_what_elements_refuse_and_where() {
        system.onValidate = changes -> {
            for (Change change : changes.changes()) {
                if (change.path().equals("Device.Info.Level")) {
                    throw new UspException(StandardErrorCode.VALUE_CONFLICT, "Device.Info.Level does not go");
                }
            }
        };
        manage(tx -> {
            tx.set("Device.Info.Name", "hub");
            Transaction.Savepoint point = tx.savepoint();
            tx.set("Device.Info.Level", "3");
            assertThat(tx.check()).singleElement().satisfies(fault -> {
                assertThat(fault.path()).isEqualTo("Device.Info.Level");
                assertThat(fault.fault().errCode()).isEqualTo(StandardErrorCode.VALUE_CONFLICT);
            });
            tx.rollbackTo(point);
            assertThat(tx.check()).isEmpty();
        });
        assertThat(value("Device.Info.Name")).isEqualTo("hub");
    }

    @Test
    void an_element_completes_the_rows_that_management_adds_before_they_are_checked() {
        wifi.onComplete = (device, row) -> {
            if (row.value("SSID").orElseThrow().equals("bad")) {
                throw new UspException(StandardErrorCode.OBJECT_COULD_NOT_BE_CREATED, "no more radios");
            }
            device.set(row.path() + "Stats.Sent", "7");
        };
        manage(tx -> {
            Transaction.Savepoint point = tx.savepoint();
            tx.set(tx.add("Device.WiFi.SSID.") + "SSID", "bad");
            assertThat(tx.check()).extracting(PathFault::path).containsExactly("Device.WiFi.SSID.1.");
            tx.rollbackTo(point);
            tx.set(tx.add("Device.WiFi.SSID.") + "SSID", "good");
            assertThat(tx.check()).isEmpty();
        });
        assertThat(value("Device.WiFi.SSID.1.Stats.Sent")).isEqualTo("7");
        assertThat(((Change.RowAdded) wifi.applied.getFirst().changes().getFirst()).values())
                .containsEntry("Stats.Sent", "7");
    }

    @Test
    void an_element_that_fails_to_apply_takes_back_what_others_did_and_the_journal() {
        wifi.onApply = changes -> {
            throw new UspException(StandardErrorCode.OPERATION_ERROR, "driver gone");
        };
        assertThatThrownBy(() -> manage(tx -> {
                    tx.set("Device.Info.Name", "hub");
                    tx.add("Device.WiFi.SSID.");
                }))
                .hasMessageContaining("driver gone");
        assertThat(system.undone).hasSize(1);
        assertThat(wifi.undone).isEmpty();
        assertThat(value("Device.Info.Name")).isEqualTo("box");
        assertThat(journal.kept)
                .contains(
                        new Change.ValueChanged("Device.Info.Name", "hub", "box"),
                        new Change.RowDeleted("Device.WiFi.SSID.1."));
        assertThat(heard).isEmpty();
    }

    @Test
    void a_defect_of_an_element_is_answered_as_internal_error() {
        wifi.onApply = changes -> {
            throw new IllegalStateException("bug");
        };
        assertThatThrownBy(() -> manage(tx -> tx.add("Device.WiFi.SSID.")))
                .isInstanceOfSatisfying(
                        UspException.class, e -> assertThat(e.code()).isEqualTo(StandardErrorCode.INTERNAL_ERROR));
        assertThat(value("Device.WiFi.SSIDNumberOfEntries")).isEqualTo("0");
    }

    @Test
    void a_journal_that_fails_stops_the_commit_before_the_device_is_touched() {
        journal.failing = true;
        assertThatThrownBy(() -> manage(tx -> tx.set("Device.Info.Name", "hub")))
                .hasMessageContaining("disk full");
        assertThat(system.applied).isEmpty();
        assertThat(value("Device.Info.Name")).isEqualTo("box");
        journal.failing = false;
        manage(tx -> tx.set("Device.Info.Name", "hub"));
        assertThat(value("Device.Info.Name")).isEqualTo("hub");
    }

    @Test
    void what_an_element_publishes_while_it_applies_becomes_visible_with_it() {
        wifi.onApply = changes -> wifi.context().update(tx -> {
            assertThat(tx.snapshot().object("Device.WiFi.SSID.1.")).isPresent();
            tx.set("Device.WiFi.SSID.1.Stats.Sent", "7");
            return 0;
        });
        manage(tx -> tx.add("Device.WiFi.SSID."));
        assertThat(value("Device.WiFi.SSID.1.Stats.Sent")).isEqualTo("7");
        assertThat(heard).extracting(ChangeSet::origin).containsExactly(Origin.MANAGEMENT, Origin.DEVICE);
    }

    @Test
    void nothing_is_published_from_within_a_transaction_or_validate() {
        assertThatThrownBy(() -> manage(tx -> model.write(Origin.DEVICE, inner -> 0)))
                .isInstanceOf(IllegalStateException.class);
        manage(tx -> tx.set("Device.Info.Name", "hub"));
        assertThat(value("Device.Info.Name")).isEqualTo("hub");
    }

    @Test
    void a_listener_may_write_and_all_listeners_hear_both_in_order() {
        List<String> order = new ArrayList<>();
        model.onChange(changes -> {
            order.add("first " + changes.changes().getFirst().path());
            if (changes.changes().getFirst().path().equals("Device.Info.Name")) {
                manage(tx -> tx.set("Device.Info.Level", "2"));
            }
        });
        model.onChange(
                changes -> order.add("second " + changes.changes().getFirst().path()));
        model.onChange(changes -> {
            throw new IllegalStateException("a broken listener");
        });
        manage(tx -> tx.set("Device.Info.Name", "hub"));
        assertThat(order)
                .containsExactly(
                        "first Device.Info.Name",
                        "second Device.Info.Name",
                        "first Device.Info.Level",
                        "second Device.Info.Level");
    }

    @Test
    void live_parameters_are_read_each_time() throws IOException {
        RecordingElement live = new RecordingElement(SYSTEM);
        live.live = Set.of("Device.Info.UpTime");
        live.onRead = path -> path.equals("Device.Info.UpTime") ? "42" : "?";
        InstantiatedDataModel other = InstantiatedDataModel.start(List.of(live), ChangeJournal.none());
        assertThat(other.snapshot().value("Device.Info.UpTime")).contains("42");
        live.onRead = path -> "43";
        assertThat(other.snapshot().value("Device.Info.UpTime")).contains("43");
        live.live = Set.of("Device.Info.Name");
        assertThatThrownBy(() -> InstantiatedDataModel.start(List.of(live), ChangeJournal.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Device.Info.Name");
    }

    @Test
    void two_elements_cannot_back_the_same_parameter() {
        RecordingElement again = new RecordingElement(SYSTEM);
        assertThatThrownBy(() -> InstantiatedDataModel.start(List.of(system, again), ChangeJournal.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two service elements back Device.");
    }

    @Test
    @Requirement({"R-OPR.5", "R-OPR.6"})
    void a_command_gets_its_arguments_checked() throws InterruptedException {
        system.onOperate = call -> Map.of("Status", "ok " + call.input("Delay", "none"));
        assertThat(model.operate(
                        "Device.Reboot()",
                        Map.of("Cause", "Local", "Delay", "07", "Colour", "red", "Step.1.Name", "x")))
                .containsExactly(Map.entry("Status", "ok 7"));
        assertThat(system.calls.getFirst().inputs()).containsOnlyKeys("Cause", "Delay", "Step.1.Name");
        assertThatThrownBy(() -> model.operate("Device.Reboot()", Map.of()))
                .isInstanceOfSatisfying(
                        UspException.class,
                        e -> assertThat(e.code()).isEqualTo(StandardErrorCode.INVALID_COMMAND_ARGUMENTS));
        assertThatThrownBy(() -> model.operate("Device.Reboot()", Map.of("Cause", "Local", "Delay", "soon")))
                .isInstanceOfSatisfying(
                        UspException.class,
                        e -> assertThat(e.code()).isEqualTo(StandardErrorCode.INVALID_COMMAND_ARGUMENTS));
        assertThatThrownBy(() -> model.operate("Device.Dance()", Map.of()))
                .isInstanceOfSatisfying(
                        UspException.class, e -> assertThat(e.code()).isEqualTo(StandardErrorCode.INVALID_PATH));
    }

    @Test
    void events_of_the_model_reach_their_listeners() {
        List<DataModelEvent> events = new ArrayList<>();
        model.onEvent(events::add);
        system.context().raise("Device.", "Boot!", Map.of("Cause", "Local"));
        assertThat(events).containsExactly(new DataModelEvent("Device.", "Boot!", Map.of("Cause", "Local")));
        assertThatThrownBy(() -> system.context().raise("Device.", "Party!", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closing_ends_elements_and_journal_and_further_writes() {
        model.close();
        model.close();
        assertThat(system.closed).isTrue();
        assertThat(journal.closed).isTrue();
        assertThatThrownBy(() -> manage(tx -> {})).isInstanceOf(UspException.class);
    }
}
