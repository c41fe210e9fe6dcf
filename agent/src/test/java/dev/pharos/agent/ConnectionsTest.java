// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.agent.config.ControllerMtp.Server;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.connection.Route;
import dev.pharos.agent.fixture.DialledWay;
import dev.pharos.agent.fixture.DiallingStage;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.OperateRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An agent that makes its connections itself, as the data model says. Its WebSocket way is always there and is what
/// the controller asks over.
class ConnectionsTest {
    private static final String MTPS = "Device.LocalAgent.MTP.";
    private static final String WAYS = "Device.LocalAgent.Controller.1.MTP.";
    private static final ControllerMtp WEB_SOCKET =
            new ControllerMtp.WebSocket("controller.example", 443, "/usp", true);
    private static final ControllerMtp MQTT =
            new ControllerMtp.Mqtt(new Server("mqtt.example", 8883, true, "user"), "usp/controller", "usp/agent");
    private static final ControllerMtp STOMP =
            new ControllerMtp.Stomp(new Server("stomp.example", 61_614, true, "user"), "/queue/usp");
    private static final ControllerMtp UDS = new ControllerMtp.Uds(Optional.of(Path.of("/run/usp/controller")));

    @TempDir
    Path folder;

    private final DiallingStage stage = new DiallingStage();
    private LockstepController controller = new LockstepController(Stage.CONTROLLER, Stage.AGENT);

    @AfterEach
    void close() {
        stage.close();
    }

    private UspAgent start(ControllerMtp... ways) throws IOException {
        return stage.start(Stage.config(List.of(ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL)
                        .withMtps(List.of(ways))))
                .withDataDirectory(folder));
    }

    /// Takes the other end of a connection as the one to ask over.
    private void ask(DialledWay over) throws IOException {
        controller = over.connects();
    }

    private Map<String, String> get(String object) {
        return Stage.get(controller, object);
    }

    private String status(String object) {
        return get(object).getOrDefault("Status", "");
    }

    private String add(String table, Map<String, String> parameters) {
        return Stage.add(controller, table, parameters);
    }

    private void set(String object, String parameter, String value) {
        Stage.set(controller, object, parameter, value);
    }

    /// Ways that are used together with the first one, and not only where that one leads nowhere.
    private void together(int... ways) {
        for (int way : ways) {
            set(WAYS + way + ".", "Order", "1");
        }
        stage.settle();
    }

    private static String reference(String row) {
        return row.substring(0, row.length() - 1);
    }

    private String addStomp(String password) {
        String connection = add(
                "Device.STOMP.Connection.",
                Map.of("Enable", "true", "Host", "added.example", "Username", "me", "Password", password));
        String own = add(MTPS, Map.of("Enable", "true", "Protocol", "STOMP"));
        set(own + "STOMP.", "Reference", reference(connection));
        set(own + "STOMP.", "Destination", "/queue/agent");
        String way = add(WAYS, Map.of("Enable", "true", "Protocol", "STOMP", "Order", "1"));
        set(way + "STOMP.", "Reference", reference(connection));
        set(way + "STOMP.", "Destination", "/queue/controller");
        return connection;
    }

    @Test
    @Requirement({"R-STOMP.0", "R-STOMP.1"})
    void a_configured_broker_of_stomp_is_rows_that_lead_to_it_and_say_how_it_stands() throws Exception {
        start(WEB_SOCKET, STOMP);
        ask(stage.next());
        together(2);
        DialledWay stomp = stage.next();

        assertThat(stomp.route()).isInstanceOfSatisfying(Route.Stomp.class, route -> {
            assertThat(route.connection().broker())
                    .isEqualTo(new Route.Broker("stomp.example", 61_614, true, "user", ""));
            assertThat(route.destination()).isEqualTo("/queue/usp");
            assertThat(route.connection().heartBeat()).isPresent();
        });
        assertThat(get(WAYS + "2.STOMP."))
                .containsEntry("Reference", "Device.STOMP.Connection.1")
                .containsEntry("Destination", "/queue/usp");
        assertThat(get(MTPS + "2.STOMP.")).containsEntry("Reference", "Device.STOMP.Connection.1");
        Eventually.holds(() -> status("Device.STOMP.Connection.1.").equals("Connecting"));
        stomp.connects();

        Eventually.holds(() -> status("Device.STOMP.Connection.1.").equals("Enabled"));
        assertThat(get(MTPS + "2.")).containsEntry("Status", "Up");
        assertThat(get("Device.STOMP.")).containsEntry("ConnectionNumberOfEntries", "1");
    }

    @Test
    @Requirement({"R-MQTT.4"})
    void a_configured_broker_of_mqtt_is_rows_that_lead_to_it_and_say_how_it_stands() throws Exception {
        start(WEB_SOCKET, MQTT);
        ask(stage.next());
        together(2);
        DialledWay mqtt = stage.next();

        assertThat(mqtt.route()).isInstanceOfSatisfying(Route.Mqtt.class, route -> {
            assertThat(route.client().broker()).isEqualTo(new Route.Broker("mqtt.example", 8883, true, "user", ""));
            assertThat(route.topic()).isEqualTo("usp/controller");
            assertThat(route.client().clientId()).isEqualTo(Stage.AGENT.toString());
            assertThat(route.client().version5()).isTrue();
        });
        assertThat(get(WAYS + "2.MQTT."))
                .containsEntry("AgentMTPReference", "Device.LocalAgent.MTP.2")
                .containsEntry("Topic", "usp/controller");
        assertThat(get(MTPS + "2.MQTT."))
                .containsEntry("Reference", "Device.MQTT.Client.1")
                .containsEntry("ResponseTopicConfigured", "usp/agent");
        mqtt.connects();
        Eventually.holds(() -> status("Device.MQTT.Client.1.").equals("Connected"));
        assertThat(get(MTPS + "2.")).containsEntry("Status", "Up");
        assertThat(get("Device.MQTT.Capabilities."))
                .containsEntry("ProtocolVersionsSupported", "3.1.1,5.0")
                .containsEntry("TransportProtocolSupported", "TCP/IP,TLS");
    }

    @Test
    @Requirement("R-UDS.1")
    void a_configured_socket_is_a_row_that_both_sides_lead_to() throws Exception {
        start(WEB_SOCKET, UDS);
        ask(stage.next());
        together(2);
        DialledWay uds = stage.next();

        assertThat(get("Device.LocalAgent.")).containsEntry("SupportedProtocols", "WebSocket,MQTT,STOMP,UDS");
        assertThat(uds.route()).isEqualTo(new Route.Uds(Path.of("/run/usp/controller")));
        String socket = "Device.UnixDomainSockets.UnixDomainSocket.1";
        assertThat(get(socket + "."))
                .containsEntry("Mode", "Connect")
                .containsEntry("Path", "/run/usp/controller")
                .containsKey("Alias");
        assertThat(get("Device.UnixDomainSockets.")).containsEntry("UnixDomainSocketNumberOfEntries", "1");
        assertThat(get(MTPS + "2.UDS.")).containsEntry("UnixDomainSocketRef", socket);
        assertThat(get(WAYS + "2.UDS."))
                .containsEntry("UnixDomainSocketRef", socket)
                .containsEntry("USPServiceRef", "");
    }

    @Test
    @Requirement({"R-STOMP.0", "R-STOMP.1", "R-DIS.0"})
    void a_connection_that_is_added_with_what_leads_to_it_is_made_and_outlives_a_restart() throws Exception {
        UspAgent agent = start(WEB_SOCKET);
        ask(stage.next());
        addStomp("secret");
        stage.settle();

        Route added = stage.next().route();
        assertThat(added).isInstanceOfSatisfying(Route.Stomp.class, route -> {
            assertThat(route.connection().broker())
                    .isEqualTo(new Route.Broker("added.example", 61_613, true, "me", "secret"));
            assertThat(route.destination()).isEqualTo("/queue/controller");
            assertThat(route.own()).contains("/queue/agent");
        });
        assertThat(stage.isQuiet()).isTrue();

        stage.stop(agent);
        start(WEB_SOCKET);
        assertThat(stage.next().route()).isInstanceOf(Route.WebSocket.class);
        assertThat(stage.next().route()).isEqualTo(added);
    }

    @Test
    void a_password_is_not_read_back_without_a_secured_role() throws Exception {
        start(WEB_SOCKET, MQTT);
        ask(stage.next());
        together(2);
        stage.next();
        String connection = addStomp("secret");
        set("Device.MQTT.Client.1.", "Password", "secret");

        assertThat(get(connection)).containsEntry("Password", "").containsEntry("Username", "me");
        assertThat(get("Device.MQTT.Client.1.")).containsEntry("Password", "");
        assertThat(added(connection).toString()).doesNotContain("secret");
    }

    private Route added(String connection) throws InterruptedException {
        stage.settle();
        DialledWay found = stage.next();
        while (!(found.route() instanceof Route.Stomp)) {
            found = stage.next();
        }
        assertThat(connection).startsWith("Device.STOMP.Connection.");
        return found.route();
    }

    @Test
    @Requirement({"R-MQTT.4", "R-STOMP.1"})
    void what_is_written_in_a_row_makes_its_connection_anew_and_no_other() throws Exception {
        start(WEB_SOCKET, MQTT, STOMP);
        ask(stage.next());
        together(2, 3);
        DialledWay mqtt = stage.next();
        DialledWay stomp = stage.next();
        mqtt.connects();
        Eventually.holds(() -> status("Device.MQTT.Client.1.").equals("Connected"));

        set("Device.STOMP.Connection.1.", "OutgoingHeartbeat", "5000");
        stage.settle();
        assertThat(stage.next().route())
                .isInstanceOfSatisfying(
                        Route.Stomp.class,
                        route -> assertThat(route.connection().heartBeat())
                                .contains(new Route.HeartBeat(Duration.ofSeconds(5), Duration.ofSeconds(60))));

        String filter =
                add("Device.MQTT.Client.1.Subscription.", Map.of("Enable", "true", "Topic", "usp/all", "QoS", "1"));
        set(MTPS + "2.MQTT.", "ResponseTopicConfigured", "usp/me");
        stage.settle();
        DialledWay again = stage.next();
        assertThat(again.route()).isInstanceOfSatisfying(Route.Mqtt.class, route -> {
            assertThat(route.filters()).containsExactly(new Route.Filter("usp/all", 1));
            assertThat(route.own()).contains("usp/me");
        });
        assertThat(get("Device.MQTT.Client.1.")).containsEntry("SubscriptionNumberOfEntries", "1");
        controller.ask(new DeleteRequest(false, List.of(filter)));
        stage.settle();
        assertThat(stage.isQuiet()).isTrue();
        assertThat(again.isClosed()).isFalse();
        assertThat(stomp.isClosed()).isTrue();
    }

    @Test
    void what_is_disabled_ends_and_says_so() throws Exception {
        start(WEB_SOCKET, STOMP);
        ask(stage.next());
        together(2);
        DialledWay stomp = stage.next();
        LockstepController there = stomp.connects();

        set("Device.STOMP.Connection.1.", "Enable", "false");
        stage.settle();

        Eventually.holds(() -> !there.isConnected());
        Eventually.holds(() -> status("Device.STOMP.Connection.1.").equals("Disabled"));
        assertThat(get(MTPS + "2.")).containsEntry("Status", "Down");
    }

    @Test
    void a_client_reconnects_when_it_is_told_to() throws Exception {
        start(WEB_SOCKET, MQTT);
        ask(stage.next());
        together(2);
        DialledWay mqtt = stage.next();

        controller.ask(new OperateRequest("Device.MQTT.Client.1.ForceReconnect()", "", true, Map.of()));
        stage.settle();

        assertThat(stage.next().route()).isEqualTo(mqtt.route());
    }

    @Test
    void other_addresses_in_the_configuration_win_over_what_was_written_before() throws Exception {
        UspAgent agent = start(WEB_SOCKET, STOMP);
        ask(stage.next());
        together(2);
        stage.next();
        set("Device.STOMP.Connection.1.", "Port", "99");
        stage.stop(agent);
        stage.stop(start(WEB_SOCKET, STOMP));
        stage.next();
        assertThat(((Route.Stomp) stage.next().route()).connection().broker().port())
                .isEqualTo(99);

        start(WEB_SOCKET, new ControllerMtp.Stomp(new Server("other.example", 61_614, true, "user"), "/queue/usp"));
        ask(stage.next());
        together(2);
        assertThat(((Route.Stomp) stage.next().route()).connection().broker())
                .isEqualTo(new Route.Broker("other.example", 61_614, true, "user", ""));
        assertThat(get("Device.STOMP.")).containsEntry("ConnectionNumberOfEntries", "1");
    }

    @Test
    void a_way_that_cannot_be_used_leaves_the_others() throws Exception {
        start(MQTT, new ControllerMtp.WebSocket(DiallingStage.NOWHERE, 443, "/usp", true));
        DialledWay mqtt = stage.next();
        ask(mqtt);

        assertThat(get("Device.MQTT.Client.1.")).containsKey("Status");
        assertThat(stage.isQuiet()).isTrue();
    }

    /// The profiles of TR-181 for the transports of an agent, with the access that they ask for at least.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STOMPConn | Device.STOMP. | ConnectionNumberOfEntries",
                "STOMPConn | Device.STOMP.Connection.{i}. | Alias Enable= Status Host= Port= VirtualHost="
                        + " ServerRetryInitialInterval= ServerRetryIntervalMultiplier= ServerRetryMaxInterval=",
                "STOMPHeartbeat | Device.STOMP.Connection.{i}. | EnableHeartbeats= OutgoingHeartbeat= IncomingHeartbeat=",
                "STOMPAgent | Device.LocalAgent.MTP.{i}.STOMP. | Reference Destination DestinationFromServer",
                "STOMPController | Device.LocalAgent.Controller.{i}.MTP.{i}.STOMP. | Reference Destination",
                "MQTTClientCon | Device.MQTT. | ClientNumberOfEntries",
                "MQTTClientCon | Device.MQTT.Capabilities. | ProtocolVersionsSupported TransportProtocolSupported",
                "MQTTClientCon | Device.MQTT.Client.{i}. | Enable= Status ProtocolVersion= BrokerAddress= BrokerPort="
                        + " CleanSession= KeepAliveTime= Name= ClientID= Username= Password= TransportProtocol="
                        + " MessageRetryTime= ConnectRetryTime= ConnectRetryIntervalMultiplier="
                        + " ConnectRetryMaxInterval= ResponseInformation",
                "MQTTClientBase | Device.MQTT.Client.{i}.Stats. | BrokerConnectionEstablished MQTTMessagesSent"
                        + " MQTTMessagesReceived ConnectionErrors",
                "MQTTClientExtended | Device.MQTT.Client.{i}. | WillEnable= WillTopic= WillValue= WillQoS= WillRetain=",
                "MQTTClientExtended | Device.MQTT.Client.{i}.Stats. | LastPublishMessageSent LastPublishMessageReceived"
                        + " PublishSent PublishReceived SubscribeSent UnSubscribeSent PublishErrors",
                "MQTTClientSubscribe | Device.MQTT.Client.{i}. | SubscriptionNumberOfEntries",
                "MQTTClientSubscribe | Device.MQTT.Client.{i}.Subscription.{i}. | Topic= QoS Enable=",
                "MQTTAgent | Device.LocalAgent.MTP.{i}.MQTT. | Reference ResponseTopicConfigured="
                        + " ResponseTopicDiscovered",
                "MQTTController | Device.LocalAgent.Controller.{i}.MTP.{i}.MQTT. | AgentMTPReference Topic=",
                "UDSAgent | Device.LocalAgent.MTP.{i}.UDS. | UnixDomainSocketRef",
                "UDSController | Device.LocalAgent.Controller.{i}.MTP.{i}.UDS. | UnixDomainSocketRef USPServiceRef",
                "UDS | Device.UnixDomainSockets. | UnixDomainSocketNumberOfEntries",
                "UDS | Device.UnixDomainSockets.UnixDomainSocket.{i}. | Alias Mode Path"
            })
    @Requirement({"R-STOMP.0", "R-STOMP.1", "R-MQTT.4", "R-MQTT.5", "R-UDS.1"})
    void the_profiles_of_the_transports_are_supported(String profile, String path, String parameters) throws Exception {
        ObjectDefinition object =
                start(WEB_SOCKET).model().supported().object(path).orElseThrow();

        for (String parameter : parameters.split(" ")) {
            String name = parameter.replace("=", "");
            assertThat(object.parameter(name)).as("%s: %s", profile, name).isPresent();
            assertThat(object.parameter(name).orElseThrow().access().isWritable() || !parameter.endsWith("="))
                    .as("%s: %s can be written", profile, name)
                    .isTrue();
        }
    }

    @Test
    void what_this_agent_does_not_speak_is_refused() throws Exception {
        start(WEB_SOCKET, MQTT);
        ask(stage.next());
        together(2);

        controller.askInVain(Stage.setting("Device.MQTT.Client.1.", "TransportProtocol", "WebSocket"));
        controller.askInVain(Stage.setting(MTPS + "2.MQTT.", "PublishQoS", "2"));
    }
}
