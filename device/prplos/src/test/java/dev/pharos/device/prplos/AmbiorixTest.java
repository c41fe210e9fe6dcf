// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Objects of plug-ins, which are on ubus, under `Device.`.
class AmbiorixTest {
    private static final String CLIENTS = "Device.Time.Client.";
    private static final String SYSTEM = "config timeserver 'ntp'\n\tlist server 'of.uci.example'\n";

    @TempDir
    private Path root = Path.of("");

    private final PluginOnUbus time = new PluginOnUbus(PluginOnUbus.ROOT);
    private @Nullable TestGateway gateway;

    private TestGateway start(PluginOnUbus... more) throws Exception {
        List<UbusObject> plugins = new ArrayList<>(List.of(time.object()));
        for (PluginOnUbus other : more) {
            plugins.add(other.object());
        }
        TestGateway started = TestGateway.with(root, Map.of("system", SYSTEM), plugins);
        gateway = started;
        await().atMost(TestGateway.PATIENCE)
                .until(() -> started.value(CLIENTS + "2.Port").equals("123"));
        return started;
    }

    @AfterEach
    void stop() throws IOException {
        Objects.requireNonNull(gateway).close();
    }

    private TestGateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    private void tell() throws Exception {
        gateway().system.notify(PluginOnUbus.ROOT, "dm:object-changed", UbusTable.EMPTY, TestGateway.PATIENCE);
    }

    private void awaitValue(String path, String value) {
        await().atMost(TestGateway.PATIENCE).until(() -> gateway().value(path).equals(value));
    }

    @Test
    void what_a_plug_in_has_is_there_and_goes_before_what_uci_says() throws Exception {
        start();

        assertThat(gateway().value("Device.Time.Status")).isEqualTo("Synchronized");
        assertThat(gateway().value(CLIENTS + "2.Servers")).isEqualTo("0.pool.ntp.org,1.pool.ntp.org");
        assertThat(gateway().value(CLIENTS + "2.Stats.PacketsSent")).isEqualTo("7");
        assertThat(gateway().value("Device.Time.ClientNumberOfEntries")).isEqualTo("1");
        SupportedDataModel supported = gateway().model().supported();
        assertThat(supported.parameter("Device.Time.SharedSecret").orElseThrow().secured())
                .isTrue();
        assertThat(supported
                        .parameter("Device.Time.Status")
                        .orElseThrow()
                        .access()
                        .isWritable())
                .isFalse();
        assertThat(gateway().text("system")).isEqualTo(SYSTEM);
    }

    @Test
    void what_is_written_is_the_plug_in_s_and_rows_have_its_numbers() throws Exception {
        start();

        gateway()
                .set(
                        "Device.Time.Enable",
                        "false",
                        CLIENTS + "2.Servers",
                        "ntp.example.com",
                        CLIENTS + "2.Port",
                        "124");
        String row = gateway().add(CLIENTS, "Servers", "third.example");

        assertThat(row).isEqualTo(CLIENTS + "3.");
        assertThat(time.calls).containsExactly("_set ", "_set Client.2.", "_add Client.3.");
        assertThat(time.now("").isTrue("Enable")).isFalse();
        assertThat(time.now("Client.2.").number("Port")).hasValue(124);
        // what was not said is as the plug-in has it
        awaitValue(row + "Port", "123");
        assertThat(gateway().value(row + "Servers")).isEqualTo("third.example");
        gateway().delete(CLIENTS + "2.");
        assertThat(time.now("Client.2.")).isEqualTo(UbusTable.EMPTY);
    }

    @Test
    void what_changes_in_the_plug_in_shows_when_it_tells() throws Exception {
        start();

        time.change("", UbusTable.EMPTY.with("Status", "Error"));
        time.change("Client.9.", UbusTable.EMPTY.with("Enable", true).with("Port", 9));
        time.forget("Client.2.");
        tell();

        awaitValue("Device.Time.Status", "Error");
        awaitValue(CLIENTS + "9.Port", "9");
        assertThat(gateway().model().snapshot().object(CLIENTS + "2.")).isEmpty();
    }

    @Test
    void one_that_refuses_undoes_what_others_did() throws Exception {
        PluginOnUbus other = new PluginOnUbus("X_Other");
        start(other);
        awaitValue("Device.X_Other.Client.2.Port", "123");
        other.refuses = "Client.2.";

        assertThatExceptionOfType(UspException.class)
                .isThrownBy(() -> gateway().set("Device.Time.Enable", "false", "Device.X_Other.Client.2.Port", "5"))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(StandardErrorCode.INVALID_VALUE));

        assertThat(time.calls).containsExactly("_set ", "_set ");
        assertThat(time.now("").isTrue("Enable")).isTrue();
        assertThat(gateway().value("Device.Time.Enable")).isEqualTo("true");
        assertThatExceptionOfType(UspException.class)
                .isThrownBy(() -> gateway().delete(CLIENTS + "2.", "Device.X_Other.Client.2."));
        assertThat(time.now("Client.2.").text("Servers")).contains("0.pool.ntp.org,1.pool.ntp.org");
    }

    @Test
    void commands_are_run_with_their_arguments() throws Exception {
        start();

        assertThat(gateway().model().operate("Device.Time.Sync()", Map.of("Server", "ntp.example.com")))
                .containsExactly(Map.entry("Offset", "3 ms to ntp.example.com"));
        assertThatExceptionOfType(UspException.class)
                .isThrownBy(() -> gateway().model().operate("Device.Time.Sync()", Map.of()))
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(StandardErrorCode.COMMAND_FAILURE));
    }

    @Test
    void one_that_lies_keeps_nothing_else_from_being_shown() throws Exception {
        time.lie = UbusTable.EMPTY
                .with("Time.No Name.", PluginOnUbus.described(false, List.of(), List.of()))
                .with("Time.Orphan.Child.", PluginOnUbus.described(false, List.of(), List.of()))
                .with("WiFi.", PluginOnUbus.described(false, List.of(), List.of()))
                .with("Time.Text.", "no object")
                .with(
                        "Time.Odd.",
                        PluginOnUbus.described(
                                false,
                                List.of(
                                        PluginOnUbus.parameter("two words", 1, true),
                                        PluginOnUbus.parameter("Number", 8, true),
                                        PluginOnUbus.parameter("Number", 1, true)),
                                List.of(UbusTable.EMPTY.with("command_name", "no command"))));
        time.nonsense = UbusTable.EMPTY
                .with("Time.Odd.", UbusTable.EMPTY.with("Number", "not one").with("Unsupported", 1))
                .with("Time.Client.0.", UbusTable.EMPTY.with("Port", 1))
                .with("Time.Client.99999999999999999999.", UbusTable.EMPTY.with("Port", 1))
                .with("Time.Client.4.Nothing.", UbusTable.EMPTY)
                .with("Device.Time.", UbusTable.EMPTY.with("Enable", false))
                .with(
                        "Time.Client.5.",
                        UbusTable.EMPTY
                                .with("Port", new UbusValue.Array(List.of()))
                                .with("Enable", "perhaps"));

        start();

        SupportedDataModel supported = gateway().model().supported();
        assertThat(supported.object("Device.Time.Odd.").orElseThrow().parameters())
                .singleElement()
                .satisfies(only -> assertThat(only.name()).isEqualTo("Number"));
        assertThat(supported.object("Device.Time.Orphan.Child.")).isEmpty();
        assertThat(gateway().value("Device.Time.Odd.Number")).isEqualTo("0");
        assertThat(gateway().value("Device.Time.Enable")).isEqualTo("true");
        assertThat(gateway().value("Device.Time.ClientNumberOfEntries")).isEqualTo("2");
    }

    @Test
    void one_that_hangs_fails_what_is_written_there_and_the_others_go_on() throws Exception {
        PluginOnUbus other = new PluginOnUbus("X_Other");
        start(other);
        awaitValue("Device.X_Other.Client.2.Port", "123");
        other.hangs = true;

        assertThatExceptionOfType(UspException.class)
                .isThrownBy(() -> gateway().set("Device.X_Other.Enable", "false"))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(StandardErrorCode.INTERNAL_ERROR));
        gateway().set("Device.Time.Enable", "false");

        time.change("", UbusTable.EMPTY.with("Status", "Error"));
        tell();
        awaitValue("Device.Time.Status", "Error");
        assertThat(gateway().value("Device.X_Other.Enable")).isEqualTo("true");
    }

    @Test
    void what_the_host_says_of_an_object_of_a_plug_in_is_not_heard() throws Exception {
        start();
        Host host = new Host();
        List<ServiceElement> rest = gateway().device().beside(List.of(host));

        try (InstantiatedDataModel model = InstantiatedDataModel.start(rest, ChangeJournal.none())) {
            assertThat(model.supported().object("Device.Time.")).isEmpty();
            assertThat(model.snapshot().value("Device.DeviceInfo.HostName")).contains("here");
            assertThat(host.row).isEqualTo("Device.Time.Client.0.");
        }
    }

    /// Says something of itself, and of the time.
    private static final class Host implements ServiceElement {
        private static final Set<String> HAS =
                Set.of("Device.DeviceInfo.HostName", "Device.Time.LocalTimeZone", "Device.Time.Client.{i}.Enable");

        private String row = "";

        @Override
        public SupportedDataModel supported() {
            return GatewayModel.load().restrictedTo((object, element) -> HAS.contains(object + element));
        }

        @Override
        public void start(DeviceContext context) {
            row = context.update(transaction -> {
                transaction.set("Device.DeviceInfo.HostName", "here");
                transaction.set("Device.Time.LocalTimeZone", "UTC0");
                String added = transaction.add("Device.Time.Client.");
                transaction.set(added + "Enable", "true");
                transaction.delete(added);
                return added;
            });
        }
    }
}
