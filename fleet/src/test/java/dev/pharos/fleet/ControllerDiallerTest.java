// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.connection.Route;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.mtp.websocket.HttpProxy;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.ConnectProxy;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// What the program opens for the rows of a data model.
class ControllerDiallerTest {
    private static final EndpointId AGENT = EndpointId.of("proto::agent");
    private static final EndpointId CONTROLLER = EndpointId.of("proto::controller");

    private static ControllerDialler given(String address) {
        Access access = new Access(
                Optional.of("device"), Optional.of("WORD"), TlsSettings.trustingTheRuntime(), Optional.empty());
        return new ControllerDialler(
                List.of(new ManagingController(
                        CONTROLLER, ControllerAddress.parse(address, access), ControllerRole.FULL)),
                UnaryOperator.identity());
    }

    private static Route webSocket(String host, boolean encrypted) {
        return new Route.WebSocket(host, 8183, "/usp?site=7", encrypted, RetryBackoff.DEFAULT);
    }

    private static Route mqtt(Route.Broker broker) {
        return mqtt(broker, Optional.empty());
    }

    private static Route mqtt(Route.Broker broker, Optional<Route.Will> will) {
        Route.Retry retry = new Route.Retry(RetryBackoff.DEFAULT, Duration.ofHours(1), Duration.ofSeconds(5));
        return new Route.Mqtt(
                new Route.MqttClient(broker, true, "me", true, Duration.ofSeconds(60), retry),
                "usp/controller",
                Optional.of("usp/agent"),
                List.of(new Route.Filter("usp/all", 0)),
                1,
                will);
    }

    /// The first bytes that the agent sends to a broker.
    private static String firstWords(ControllerDialler dialler, Route route, ServerSocket broker) throws IOException {
        try (Mtp transport = dialler.dial(AGENT, CONTROLLER, route)) {
            transport.start(new RecordingReceiver());
            try (Socket client = broker.accept()) {
                byte[] bytes = new byte[2048];
                int count = client.getInputStream().read(bytes);
                return new String(bytes, 0, Math.max(0, count), StandardCharsets.ISO_8859_1);
            }
        }
    }

    @Test
    void each_way_becomes_its_transport() {
        ControllerDialler dialler = given("wss://controller.example/usp");
        try (Mtp webSocket = dialler.dial(AGENT, CONTROLLER, webSocket("other.example", true));
                Mtp socket = dialler.dial(AGENT, CONTROLLER, new Route.Uds(Path.of("/run/usp/controller")));
                Mtp broker =
                        dialler.dial(AGENT, CONTROLLER, mqtt(new Route.Broker("mqtt.example", 8883, true, "", "")))) {
            assertThat(webSocket.description()).startsWith("wss://other.example:8183/usp");
            assertThat(socket.description()).isEqualTo("unix:/run/usp/controller");
            assertThat(broker.description()).startsWith("mqtts://mqtt.example:8883 usp/agent");
        }
    }

    @Test
    void nothing_goes_to_another_host_without_encryption_unless_the_program_was_told_so() {
        assertThatThrownBy(() ->
                        given("wss://controller.example/usp").dial(AGENT, CONTROLLER, webSocket("192.0.2.1", false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without encryption");
        given("ws://192.0.2.1/usp")
                .dial(AGENT, CONTROLLER, webSocket("192.0.2.2", false))
                .close();
        given("wss://controller.example/usp")
                .dial(AGENT, CONTROLLER, webSocket("127.0.0.1", false))
                .close();
    }

    @Test
    void a_controller_that_management_has_added_is_met_encrypted_and_without_the_login_of_another() throws IOException {
        ControllerDialler dialler = given("mqtt://127.0.0.1:1");
        EndpointId added = EndpointId.of("proto::added");
        try (Mtp transport = dialler.dial(AGENT, added, webSocket("added.example", true))) {
            assertThat(transport.description()).contains("wss://added.example:8183");
        }
        assertThatThrownBy(() -> dialler.dial(AGENT, added, webSocket("added.example", false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without encryption");
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Route.Broker same = new Route.Broker("127.0.0.1", broker.getLocalPort(), false, "device", "");
            try (Mtp transport = dialler.dial(AGENT, added, mqtt(same))) {
                transport.start(new RecordingReceiver());
                try (Socket client = broker.accept()) {
                    byte[] bytes = new byte[2048];
                    int count = client.getInputStream().read(bytes);
                    assertThat(new String(bytes, 0, Math.max(0, count), StandardCharsets.ISO_8859_1))
                            .contains("device")
                            .doesNotContain("WORD");
                }
            }
        }
    }

    @Test
    void a_program_without_any_controller_meets_those_that_management_adds_in_the_same_way() {
        ControllerDialler dialler = new ControllerDialler(List.of(), UnaryOperator.identity());
        EndpointId added = EndpointId.of("proto::added");
        dialler.dial(AGENT, added, webSocket("added.example", true)).close();
        dialler.dial(AGENT, added, webSocket("127.0.0.1", false)).close();
        assertThatThrownBy(() -> dialler.dial(AGENT, added, webSocket("added.example", false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without encryption");
    }

    @Test
    void the_programs_password_goes_to_the_broker_that_it_was_given_for_and_to_no_other() throws Exception {
        try (ServerSocket right = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket wrong = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ControllerDialler dialler = given("mqtt://127.0.0.1:" + right.getLocalPort());
            Route.Broker known = new Route.Broker("127.0.0.1", right.getLocalPort(), false, "device", "");
            Route.Broker other = new Route.Broker("127.0.0.1", wrong.getLocalPort(), false, "device", "");
            Route.Broker owner = new Route.Broker("127.0.0.1", wrong.getLocalPort(), false, "device", "ROW");

            assertThat(firstWords(dialler, mqtt(known), right)).contains("device", "WORD");
            assertThat(firstWords(dialler, mqtt(other), wrong))
                    .contains("device")
                    .doesNotContain("WORD");
            assertThat(firstWords(dialler, mqtt(owner), wrong)).contains("device", "ROW");
        }
    }

    @Test
    @Requirement("R-MQTT.5")
    void a_will_is_left_with_the_broker_and_one_without_topic_or_value_is_misconfigured() throws Exception {
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ControllerDialler dialler = given("mqtt://127.0.0.1:" + broker.getLocalPort());
            Route.Broker known = new Route.Broker("127.0.0.1", broker.getLocalPort(), false, "device", "");

            assertThat(firstWords(
                            dialler, mqtt(known, Optional.of(new Route.Will("usp/gone", "lost", 1, false))), broker))
                    .contains("usp/gone", "lost");
            for (Route.Will none : List.of(
                    new Route.Will("", "lost", 1, false),
                    new Route.Will("usp/gone", "", 1, false),
                    new Route.Will("usp/#", "lost", 1, false))) {
                assertThatThrownBy(() -> dialler.dial(AGENT, CONTROLLER, mqtt(known, Optional.of(none))))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("will");
            }
        }
    }

    @Test
    void other_hosts_are_reached_through_the_proxy_and_this_one_without() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(new ConnectProxy.Manner.Says("HTTP/1.1 403 No\r\n\r\n"));
                ServerSocket here = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpProxy tunnel = HttpProxy.parse("http://127.0.0.1:" + proxy.port(), Optional.empty());
            ControllerAddress address =
                    ControllerAddress.parse("wss://controller.invalid/usp", Access.NONE.through(tunnel));
            ControllerDialler dialler = new ControllerDialler(
                    List.of(new ManagingController(CONTROLLER, address, ControllerRole.FULL)),
                    UnaryOperator.identity());
            for (Mtp way : List.of(
                    dialler.dial(AGENT, CONTROLLER, webSocket("controller.invalid", true)),
                    address.transport(AGENT, CONTROLLER))) {
                RecordingReceiver told = new RecordingReceiver();
                try (way) {
                    way.start(told);
                    assertThat(told.next(RecordingReceiver.Event.Refused.class).reason())
                            .contains("the proxy 127.0.0.1:" + proxy.port() + " opens no tunnel: 403");
                }
            }
            Route own = new Route.WebSocket("127.0.0.1", here.getLocalPort(), "/usp", false, RetryBackoff.DEFAULT);
            assertThat(firstWords(dialler, own, here)).startsWith("GET /usp");
        }
    }
}
