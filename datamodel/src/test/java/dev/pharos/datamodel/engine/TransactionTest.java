// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.PathFault;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TransactionTest {
    private final RecordingElement device = new RecordingElement(HomeModel.MODEL);
    private final InstantiatedDataModel model = HomeModel.start(device);

    private void manage(Consumer<Transaction> body) {
        model.write(Origin.MANAGEMENT, tx -> {
            body.accept(tx);
            return 0;
        });
    }

    private void publish(Consumer<Transaction> body) {
        device.context().update(tx -> {
            body.accept(tx);
            return 0;
        });
    }

    private String value(String path) {
        return model.snapshot().value(path).orElse("(nothing)");
    }

    private static void assertCode(StandardErrorCode code, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        UspException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void values_begin_with_the_defaults_of_the_model() {
        assertThat(value("Device.Info.Name")).isEqualTo("box");
        assertThat(value("Device.Info.Mode")).isEqualTo("Auto");
        assertThat(value("Device.Info.First")).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(value("Device.Info.Level")).isEqualTo("0");
        assertThat(value("Device.WiFi.SSIDNumberOfEntries")).isEqualTo("0");
        assertThat(value("Device.Info.Nothing")).isEqualTo("(nothing)");
        assertThat(model.snapshot().object("Device.WiFi.SSID.1.")).isEmpty();
    }

    @Test
    void a_written_value_is_kept_in_canonical_form() {
        manage(tx -> {
            tx.set("Device.Info.Level", "+005");
            tx.set("Device.Info.Tags", " a, b ,c ");
            tx.set("Device.Info.Ports", "080,+22");
            tx.set("Device.Info.Share", "01.50");
        });
        assertThat(value("Device.Info.Level")).isEqualTo("5");
        assertThat(value("Device.Info.Tags")).isEqualTo("a,b,c");
        assertThat(value("Device.Info.Ports")).isEqualTo("80,22");
        assertThat(value("Device.Info.Share")).isEqualTo("1.5");
    }

    @Test
    void what_cannot_be_written_is_refused_with_its_code_and_the_transaction_goes_on() {
        manage(tx -> {
            tx.set("Device.Info.Name", "before");
            assertCode(StandardErrorCode.INVALID_TYPE, () -> tx.set("Device.Info.Level", "much"));
            assertCode(StandardErrorCode.INVALID_VALUE, () -> tx.set("Device.Info.Level", "7"));
            assertCode(StandardErrorCode.INVALID_VALUE, () -> tx.set("Device.Info.Name", "12345678901234567"));
            assertCode(StandardErrorCode.INVALID_VALUE, () -> tx.set("Device.Info.Mode", "Sometimes"));
            assertCode(StandardErrorCode.NON_WRITEABLE_PARAMETER, () -> tx.set("Device.Info.UpTime", "7"));
            assertCode(StandardErrorCode.NON_WRITEABLE_PARAMETER, () -> tx.set("Device.WiFi.SSIDNumberOfEntries", "7"));
            assertCode(StandardErrorCode.UNSUPPORTED_PARAMETER, () -> tx.set("Device.Info.Colour", "red"));
            assertCode(StandardErrorCode.OBJECT_DOES_NOT_EXIST, () -> tx.set("Device.WiFi.SSID.1.SSID", "x"));
            assertCode(StandardErrorCode.NON_CREATABLE_OBJECT, () -> tx.add("Device.WiFi.Radio."));
            assertCode(StandardErrorCode.OBJECT_IS_NOT_A_TABLE, () -> tx.add("Device.Info."));
            assertCode(StandardErrorCode.DELETE_FAILURE, () -> tx.delete("Device.Info."));
            assertCode(StandardErrorCode.OBJECT_DOES_NOT_EXIST, () -> tx.delete("Device.WiFi.SSID.9."));
            tx.set("Device.Info.Level", "3");
        });
        assertThat(value("Device.Info.Name")).isEqualTo("before");
        assertThat(value("Device.Info.Level")).isEqualTo("3");
    }

    @Test
    @Requirement({"R-ADD.5"})
    void a_new_row_has_made_up_keys_that_differ() {
        manage(tx -> {
            tx.add("Device.WiFi.SSID.");
            tx.add("Device.WiFi.SSID.");
        });
        assertThat(value("Device.WiFi.SSID.1.Alias")).isEqualTo("cpe-alias-1");
        assertThat(value("Device.WiFi.SSID.2.Alias")).isEqualTo("cpe-alias-2");
        assertThat(value("Device.WiFi.SSID.1.SSID")).isEmpty();
        assertThat(value("Device.WiFi.SSID.2.SSID")).isEqualTo("cpe-SSID-2");
        assertThat(model.snapshot().object("Device.WiFi.SSID.2.").orElseThrow().uniqueKeys())
                .containsExactly(
                        Map.entry("Alias", "cpe-alias-2"), Map.entry("SSID", "cpe-SSID-2"), Map.entry("Band", "5"));
    }

    @Test
    @Requirement({"R-KEY.2"})
    void a_duplicate_key_stops_the_commit_and_names_the_new_row() {
        manage(tx -> tx.set(tx.add("Device.WiFi.SSID.") + "SSID", "home"));
        assertThatThrownBy(() -> manage(tx -> {
                    tx.set(tx.add("Device.WiFi.SSID.") + "SSID", "home");
                    assertThat(tx.check()).extracting(PathFault::path).containsExactly("Device.WiFi.SSID.2.SSID");
                }))
                .isInstanceOfSatisfying(UspException.class, e -> {
                    assertThat(e.code()).isEqualTo(StandardErrorCode.DUPLICATE_KEY);
                    assertThat(e.fault().errMsg()).contains("Device.WiFi.SSID.2.");
                });
        assertThat(value("Device.WiFi.SSIDNumberOfEntries")).isEqualTo("1");
    }

    @Test
    @Requirement({"R-KEY.2", "R-MSG.5"})
    void two_rows_swap_their_keys_in_one_transaction() {
        manage(tx -> {
            tx.set(tx.add("Device.WiFi.SSID.") + "SSID", "one");
            tx.set(tx.add("Device.WiFi.SSID.") + "SSID", "two");
        });
        manage(tx -> {
            tx.set("Device.WiFi.SSID.1.SSID", "two");
            tx.set("Device.WiFi.SSID.2.SSID", "one");
        });
        assertThat(value("Device.WiFi.SSID.1.SSID")).isEqualTo("two");
    }

    @Test
    @Requirement({"R-KEY.1"})
    void an_alias_is_chosen_at_creation_and_frozen_afterwards() {
        manage(tx -> tx.set(tx.add("Device.WiFi.SSID.") + "Alias", "guest"));
        assertCode(
                StandardErrorCode.NON_WRITEABLE_PARAMETER,
                () -> manage(tx -> tx.set("Device.WiFi.SSID.1.Alias", "other")));
        manage(tx -> tx.set("Device.WiFi.SSID.1.Alias", "guest"));
        assertThat(value("Device.WiFi.SSID.1.Alias")).isEqualTo("guest");
    }

    @Test
    void a_write_once_parameter_takes_one_value_at_creation_or_one_after() {
        manage(tx -> {
            tx.set(tx.add("Device.WiFi.SSID.") + "Owner", "first");
            tx.add("Device.WiFi.SSID.");
        });
        assertCode(
                StandardErrorCode.NON_WRITEABLE_PARAMETER,
                () -> manage(tx -> tx.set("Device.WiFi.SSID.1.Owner", "second")));
        manage(tx -> tx.set("Device.WiFi.SSID.2.Owner", ""));
        assertCode(
                StandardErrorCode.NON_WRITEABLE_PARAMETER,
                () -> manage(tx -> tx.set("Device.WiFi.SSID.2.Owner", "late")));
    }

    @Test
    @Requirement({"R-ARC.8"})
    void instance_numbers_are_not_used_again() {
        manage(tx -> tx.add("Device.WiFi.SSID."));
        manage(tx -> tx.delete("Device.WiFi.SSID.1."));
        manage(tx -> assertThat(tx.add("Device.WiFi.SSID.")).isEqualTo("Device.WiFi.SSID.2."));
    }

    @Test
    void a_savepoint_takes_back_what_followed_it() {
        manage(tx -> {
            tx.set("Device.Info.Name", "kept");
            Transaction.Savepoint point = tx.savepoint();
            tx.set("Device.Info.Name", "lost");
            tx.add("Device.WiFi.SSID.");
            tx.rollbackTo(point);
        });
        assertThat(value("Device.Info.Name")).isEqualTo("kept");
        assertThat(value("Device.WiFi.SSIDNumberOfEntries")).isEqualTo("0");
    }

    @Test
    void a_body_that_throws_leaves_nothing() {
        assertThatThrownBy(() -> manage(tx -> {
                    tx.set("Device.Info.Name", "lost");
                    throw new UspException(StandardErrorCode.REQUEST_DENIED, "no");
                }))
                .hasMessageContaining("no");
        assertThat(value("Device.Info.Name")).isEqualTo("box");
        assertThat(device.applied).isEmpty();
    }

    @Test
    @Requirement({"R-ARC.12"})
    void a_strong_reference_without_target_is_refused_and_a_weak_one_is_not() {
        publish(tx -> tx.add("Device.WiFi.Radio.", Map.of("Name", "wlan0")));
        manage(tx -> tx.add("Device.WiFi.SSID."));
        assertThatThrownBy(() -> manage(tx -> tx.set("Device.WiFi.SSID.1.LowerLayers", "Device.WiFi.Radio.7")))
                .isInstanceOfSatisfying(UspException.class, e -> {
                    assertThat(e.code()).isEqualTo(StandardErrorCode.INVALID_VALUE);
                    assertThat(e.fault().errMsg()).contains("Device.WiFi.SSID.1.LowerLayers");
                });
        assertCode(
                StandardErrorCode.INVALID_VALUE,
                () -> manage(tx -> tx.set("Device.WiFi.SSID.1.LowerLayers", "Device.WiFi.SSID.1")));
        manage(tx -> {
            tx.set("Device.WiFi.SSID.1.LowerLayers", "Device.WiFi.Radio.1.");
            tx.set("Device.WiFi.SSID.1.Friend", "Device.Elsewhere.3.");
        });
        assertThat(value("Device.WiFi.SSID.1.LowerLayers")).isEqualTo("Device.WiFi.Radio.1");
        assertThat(value("Device.WiFi.SSID.1.Friend")).isEqualTo("Device.Elsewhere.3");
    }

    @Test
    void a_reference_that_is_no_path_is_refused_even_where_it_is_weak() {
        manage(tx -> {
            tx.add("Device.WiFi.SSID.");
            for (String wrong : new String[] {"here", "Device", "Device..Info", "Device.Info..", "Other.Info."}) {
                assertCode(StandardErrorCode.INVALID_VALUE, () -> tx.set("Device.WiFi.SSID.1.Friend", wrong));
            }
        });
    }

    @Test
    @Requirement({"R-ARC.12"})
    void deleting_a_target_empties_strong_references_and_leaves_weak_ones() {
        publish(tx -> {
            tx.add("Device.WiFi.Radio.", Map.of("Name", "wlan0"));
            tx.add("Device.WiFi.Radio.", Map.of("Name", "wlan1"));
        });
        manage(tx -> {
            tx.add("Device.WiFi.SSID.");
            tx.add("Device.WiFi.SSID.");
            tx.set("Device.WiFi.SSID.2.LowerLayers", "Device.WiFi.Radio.1,Device.WiFi.Radio.2");
            tx.set("Device.WiFi.SSID.2.Backup", "Device.WiFi.SSID.1");
            tx.set("Device.WiFi.SSID.2.Friend", "Device.WiFi.SSID.1");
        });
        manage(tx -> tx.delete("Device.WiFi.SSID.1."));
        publish(tx -> tx.delete("Device.WiFi.Radio.1."));
        assertThat(value("Device.WiFi.SSID.2.LowerLayers")).isEqualTo("Device.WiFi.Radio.2");
        assertThat(value("Device.WiFi.SSID.2.Backup")).isEmpty();
        assertThat(value("Device.WiFi.SSID.2.Friend")).isEqualTo("Device.WiFi.SSID.1");
    }

    @Test
    void a_device_may_set_what_management_may_not_but_not_of_another_type() {
        publish(tx -> {
            String radio = tx.add("Device.WiFi.Radio.", Map.of("Name", "wlan0"));
            tx.set(radio + "Status", "Up");
            tx.set(radio + "Stats.Errors", "18446744073709551615");
            assertCode(StandardErrorCode.INVALID_TYPE, () -> tx.set(radio + "Stats.Errors", "many"));
        });
        assertThat(value("Device.WiFi.Radio.1.Stats.Errors")).isEqualTo("18446744073709551615");
        assertThat(value("Device.WiFi.Radio.1.Alias")).isEqualTo("cpe-alias-1");
        assertThat(device.applied).isEmpty();
        assertThat(device.validated).isEmpty();
    }

    @Test
    void publishing_a_row_by_its_keys_twice_gives_the_same_row() {
        publish(tx -> {
            String first = tx.add("Device.WiFi.Radio.", Map.of("Name", "wlan0"));
            assertThat(tx.add("Device.WiFi.Radio.", Map.of("Name", "wlan0"))).isEqualTo(first);
            assertThat(tx.add("Device.WiFi.Radio.", Map.of("Name", "wlan1"))).isEqualTo("Device.WiFi.Radio.2.");
            assertThat(tx.add("Device.WiFi.Radio.", 9)).isEqualTo("Device.WiFi.Radio.9.");
        });
    }
}
