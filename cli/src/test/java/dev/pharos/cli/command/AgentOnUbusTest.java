// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusConfig;
import dev.pharos.device.prplos.ubus.UbusEvent;
import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.ubus.UbusStatus;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.usp.EndpointId;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent as `usp` on ubus, as a script on the gateway finds it.
class AgentOnUbusTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SSID = "Device.WiFi.SSID.1.SSID";

    @TempDir
    private Path folder = Path.of("");

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private @Nullable SharedTimer timer;
    private @Nullable DemoGateway gateway;
    private @Nullable UbusClient script;

    @BeforeEach
    void start() throws Exception {
        SharedTimer shared = new SharedTimer();
        timer = shared;
        gateway = DemoGateway.start(
                folder, "ws://127.0.0.1:9/usp", EndpointId.of("self::nobody-there"), shared, calls::add);
        UbusClient client =
                UbusClient.open(UbusConfig.at(folder.toAbsolutePath().resolve("ubus.sock")));
        script = client;
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> client.lookup("usp", PATIENCE).size() == 1);
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(script).close();
        Objects.requireNonNull(gateway).close();
        Objects.requireNonNull(timer).close();
    }

    private UbusTable call(String method, UbusTable arguments) throws Exception {
        return Objects.requireNonNull(script)
                .invoke("usp", method, arguments, PATIENCE)
                .getFirst();
    }

    private List<UbusValue> results(String method, UbusTable arguments) throws Exception {
        return call(method, arguments).array("results");
    }

    private static UbusTable path(String path) {
        return UbusTable.EMPTY.with("path", path);
    }

    @Test
    void status_says_who_it_is_and_who_manages_it() throws Exception {
        UbusTable status = call("status", UbusTable.EMPTY);

        assertThat(status.text("endpoint")).contains(DemoGateway.ID.toString());
        assertThat(status.text("version")).isPresent();
        assertThat(status.text("warning")).isEmpty();
        assertThat(status.number("uptime")).isNotEmpty();
        assertThat(status.array("controllers")).singleElement().satisfies(one -> {
            UbusTable controller = (UbusTable) one;
            assertThat(controller.text("endpoint")).contains("self::nobody-there");
            assertThat(controller.isTrue("enabled")).isTrue();
            assertThat(controller.array("transports"))
                    .containsExactly(
                            UbusTable.EMPTY.with("protocol", "WebSocket").with("enabled", true));
        });
    }

    @Test
    void a_controller_that_is_not_reached_says_where_it_was_tried_and_why_not() throws Exception {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            UbusTable controller = (UbusTable)
                    call("status", UbusTable.EMPTY).array("controllers").getFirst();
            assertThat(controller.text("state")).contains("unreachable");
            assertThat(controller.text("last_error")).isPresent();
            assertThat(controller.array("connections")).singleElement().satisfies(one -> {
                UbusTable connection = (UbusTable) one;
                assertThat(connection.text("to")).contains("ws://127.0.0.1:9/usp");
                assertThat(connection.text("state")).contains("unreachable");
                assertThat(connection.number("seconds")).isNotEmpty();
            });
        });
    }

    @Test
    void a_command_is_run_and_says_what_came_of_it() throws Exception {
        BlockingQueue<UbusEvent> ended = new LinkedBlockingQueue<>();
        Closeable _ = Objects.requireNonNull(script).listen("usp.operated", ended::add);

        List<UbusValue> begun =
                results("operate", path("Device.SelfTestDiagnostics()").with("command_key", "by hand"));

        assertThat(begun)
                .singleElement()
                .satisfies(row -> assertThat(((UbusTable) row).text("request"))
                        .hasValueSatisfying(request -> assertThat(request).startsWith("Device.LocalAgent.Request.")));
        UbusTable told = Objects.requireNonNull(ended.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .data();
        assertThat(told.text("path")).contains("Device.SelfTestDiagnostics()");
        assertThat(told.text("command_key")).contains("by hand");
        assertThat(told.table("output").text("Status")).isPresent();
        assertThat(results("operate", path("Device.LocalAgent.ControllerTrust.RequestChallenge()")))
                .singleElement()
                .satisfies(row -> assertThat(((UbusTable) row).number("fault")).hasValue(7027));
        assertThat(results("operate", path("Device.LocalAgent.Nothing()")))
                .singleElement()
                .satisfies(row -> assertThat(((UbusTable) row).number("fault")).isNotEmpty());
        assertThatExceptionOfType(UbusException.class)
                .isThrownBy(() ->
                        results("operate", path("Device.SelfTestDiagnostics()").with("command_key", "x".repeat(33))))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(UbusStatus.INVALID_ARGUMENT));
    }

    @Test
    void what_a_program_on_the_gateway_has_noticed_is_told_as_an_event_of_the_data_model() throws Exception {
        String event = "Device.LocalAgent.TransferComplete!";
        assertThat(results("notify", path(event).with("values", UbusTable.EMPTY.with("CommandKey", "by hand"))))
                .containsExactly(path(event));
        assertThat(results("notify", path(event).with("values", UbusTable.EMPTY.with("Nonsense", "1"))))
                .singleElement()
                .satisfies(row -> assertThat(((UbusTable) row).number("fault")).hasValue(7027));
        assertThat(results("notify", path("Device.LocalAgent.Nonsense!")))
                .singleElement()
                .satisfies(row -> assertThat(((UbusTable) row).number("fault")).hasValue(7026));
        assertThat(results("notify", path("Device.Nowhere.Nonsense!")))
                .singleElement()
                .satisfies(row -> assertThat(((UbusTable) row).number("fault")).hasValue(7016));
        assertThat(results("notify", path("Device.LocalAgent.UpTime")))
                .singleElement()
                .satisfies(row -> assertThat(((UbusTable) row).number("fault")).hasValue(7008));
    }

    @Test
    void where_the_command_line_says_all_there_is_nothing_to_reload() throws Exception {
        UbusTable answer = call("reload", UbusTable.EMPTY);
        assertThat(answer.number("changed")).hasValue(0);
        assertThat(answer.array("restart")).isEmpty();
        assertThat(answer.array("warnings")).hasSize(1);
    }

    @Test
    void what_is_set_ends_in_the_configuration_and_is_read_back() throws Exception {
        assertThat(results("set", path(SSID).with("value", "Script")))
                .containsExactly(path(SSID).with("data", "Script"));
        assertThat(results("set", path("Device.WiFi.Radio.1.").with("values", UbusTable.EMPTY.with("Channel", 11))))
                .containsExactly(path("Device.WiFi.Radio.1.Channel").with("data", "11"));

        assertThat(results("get", path(SSID))).containsExactly(path(SSID).with("data", "Script"));
        assertThat(Objects.requireNonNull(gateway).wireless())
                .content()
                .contains("option ssid 'Script'", "option channel '11'");
        assertThat(calls).contains("network reload");
        assertThat(results("get", path("Device.WiFi.SSID.*.SSID"))).hasSize(2);
        assertThat(results("instances", path("Device.WiFi.SSID.")))
                .containsExactly(path("Device.WiFi.SSID.1."), path("Device.WiFi.SSID.2."));
    }

    @Test
    void rows_come_and_go() throws Exception {
        List<UbusValue> added = results(
                "add_object",
                path("Device.LocalAgent.Controller.")
                        .with("values", UbusTable.EMPTY.with("EndpointID", "self::second")));
        assertThat(added)
                .singleElement()
                .satisfies(
                        row -> assertThat(((UbusTable) row).text("path")).contains("Device.LocalAgent.Controller.2."));

        assertThat(results("del_object", path("Device.LocalAgent.Controller.2.")))
                .contains(path("Device.LocalAgent.Controller.2."));
        assertThat(results("instances", path("Device.LocalAgent.Controller.")))
                .contains(path("Device.LocalAgent.Controller.1."))
                .doesNotContain(path("Device.LocalAgent.Controller.2."));
    }

    @Test
    void a_wireless_network_comes_and_goes() throws Exception {
        results("add_object", path("Device.WiFi.SSID.").with("values", UbusTable.EMPTY.with("SSID", "Guest")));
        List<UbusValue> added = results(
                "add_object",
                path("Device.WiFi.AccessPoint.")
                        .with(
                                "values",
                                UbusTable.EMPTY
                                        .with("SSIDReference", "Device.WiFi.SSID.3.")
                                        .with("Security.KeyPassphrase", "guests only")));

        assertThat(added)
                .singleElement()
                .satisfies(row -> assertThat(((UbusTable) row).text("path")).contains("Device.WiFi.AccessPoint.3."));
        assertThat(Objects.requireNonNull(gateway).wireless())
                .content()
                .contains("config wifi-iface 'wifi_iface_1'", "option ssid 'Guest'", "option key 'guests only'");
        assertThat(results("del_object", path("Device.WiFi.SSID.3."))).contains(path("Device.WiFi.SSID.3."));
        assertThat(Objects.requireNonNull(gateway).wireless()).content().doesNotContain("wifi_iface_1");
        assertThat(results("instances", path("Device.WiFi.AccessPoint.")))
                .contains(path("Device.WiFi.AccessPoint.1."), path("Device.WiFi.AccessPoint.2."))
                .doesNotContain(path("Device.WiFi.AccessPoint.3."));
    }

    @Test
    void a_row_that_cannot_be_is_refused_by_its_path() throws Exception {
        assertThat(results("add_object", path("Device.LocalAgent.Subscription.")))
                .singleElement()
                .satisfies(row -> {
                    UbusTable fault = (UbusTable) row;
                    assertThat(fault.text("path")).contains("Device.LocalAgent.Subscription.");
                    assertThat(fault.number("fault")).isNotEmpty();
                });
    }

    @Test
    void a_failure_says_why_and_a_secret_is_not_told() throws Exception {
        assertThat(results("get", path("Device.Nonsense."))).singleElement().satisfies(row -> {
            UbusTable fault = (UbusTable) row;
            assertThat(fault.number("fault")).hasValue(7026);
            assertThat(fault.text("fault_msg")).isPresent();
        });
        assertThat(results("set", path("Device.WiFi.Radio.1.Channel").with("value", "no number")))
                .singleElement()
                .satisfies(row -> assertThat(((UbusTable) row).number("fault")).isNotEmpty());
        assertThat(results("get", path("Device.WiFi.AccessPoint.1.Security.KeyPassphrase")))
                .containsExactly(
                        path("Device.WiFi.AccessPoint.1.Security.KeyPassphrase").with("data", ""));
        assertThatExceptionOfType(UbusException.class)
                .isThrownBy(() -> call("get", UbusTable.EMPTY))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(UbusStatus.INVALID_ARGUMENT));
    }
}
