// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.agent.config.ControllerMtp.Server;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.connection.Dialler;
import dev.pharos.agent.connection.Route;
import dev.pharos.agent.fixture.HomeDevice;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.ManualTimer;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.mtp.Mtp;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.InProcessMtp;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddRequest.CreateObject;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.AddResponse.OperationSuccess;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
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

    private final BlockingQueue<Dialled> dialled = new LinkedBlockingQueue<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final ManualClock clock = ManualClock.standing();
    private final ManualTimer timer = new ManualTimer(clock);
    private LockstepController controller = new LockstepController(Stage.CONTROLLER, Stage.AGENT);

    /// What the agent wanted, and the other end of it.
    private record Dialled(Route route, InProcessMtp.Pair pair) {}

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private UspAgent start(ControllerMtp... ways) throws IOException {
        AgentConfig config = Stage.config(List.of(ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL)
                        .withMtps(List.of(ways))))
                .withDataDirectory(folder);
        Dialler dialler = new Dialler() {
            @Override
            public Mtp dial(EndpointId agent, EndpointId peer, Route route) {
                if (route instanceof Route.WebSocket webSocket
                        && webSocket.host().equals("nowhere.example")) {
                    throw new IllegalArgumentException("as the test wants");
                }
                InProcessMtp.Pair pair = InProcessMtp.pair(agent, peer);
                opened.push(pair);
                dialled.add(new Dialled(route, pair));
                return pair.first();
            }
        };
        AgentRuntime runtime = new AgentRuntime(clock, timer, RandomGenerator.of("L64X128MixRandom"));
        UspAgent agent = new UspAgent(config, List.of(new HomeDevice()), List.of(), runtime).dialling(dialler);
        opened.push(agent);
        agent.start();
        return agent;
    }

    private void stop(UspAgent agent) {
        opened.remove(agent);
        agent.close();
    }

    /// The next thing dialled.
    private Dialled next() throws InterruptedException {
        Dialled next = dialled.poll(60, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    /// Takes the other end of a connection as the one to ask over.
    private void ask(Dialled over) throws IOException {
        controller = new LockstepController(Stage.CONTROLLER, Stage.AGENT);
        controller.start(over.pair().second());
        controller.nextRecord();
    }

    private void settle() {
        timer.advance(Duration.ofSeconds(1));
    }

    private Map<String, String> get(String object) {
        return controller
                .ask(new GetRequest(List.of(object), 1))
                .requestedPathResults()
                .getFirst()
                .resolvedPathResults()
                .stream()
                .findFirst()
                .map(GetResponse.ResolvedPathResult::resultParams)
                .orElse(Map.of());
    }

    private String status(String object) {
        return get(object).getOrDefault("Status", "");
    }

    private String add(String table, Map<String, String> parameters) {
        AddResponse response =
                controller.ask(new AddRequest(false, List.of(new CreateObject(table, Stage.settings(parameters)))));
        return ((OperationSuccess) response.createdObjectResults().getFirst().operationStatus()).instantiatedPath();
    }

    private void set(String object, String parameter, String value) {
        SetResponse response = controller.ask(setting(object, parameter, value));
        assertThat(response.updatedObjectResults().getFirst().operationStatus())
                .isInstanceOf(SetResponse.OperationSuccess.class);
    }

    private static SetRequest setting(String object, String parameter, String value) {
        return new SetRequest(
                false,
                List.of(new SetRequest.UpdateObject(object, List.of(new ParameterSetting(parameter, value, true)))));
    }

    /// Ways that are used together with the first one, and not only where that one leads nowhere.
    private void together(int... ways) {
        for (int way : ways) {
            set(WAYS + way + ".", "Order", "1");
        }
        settle();
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
        ask(next());
        together(2);
        Dialled stomp = next();

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
        new LockstepController(Stage.CONTROLLER, Stage.AGENT).start(stomp.pair().second());

        Eventually.holds(() -> status("Device.STOMP.Connection.1.").equals("Enabled"));
        assertThat(get(MTPS + "2.")).containsEntry("Status", "Up");
        assertThat(get("Device.STOMP.")).containsEntry("ConnectionNumberOfEntries", "1");
    }

    @Test
    @Requirement({"R-MQTT.4"})
    void a_configured_broker_of_mqtt_is_rows_that_lead_to_it_and_say_how_it_stands() throws Exception {
        start(WEB_SOCKET, MQTT);
        ask(next());
        together(2);
        Dialled mqtt = next();

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
        new LockstepController(Stage.CONTROLLER, Stage.AGENT).start(mqtt.pair().second());
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
        ask(next());
        together(2);
        Dialled uds = next();

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
        ask(next());
        addStomp("secret");
        settle();

        Route added = next().route();
        assertThat(added).isInstanceOfSatisfying(Route.Stomp.class, route -> {
            assertThat(route.connection().broker())
                    .isEqualTo(new Route.Broker("added.example", 61_613, true, "me", "secret"));
            assertThat(route.destination()).isEqualTo("/queue/controller");
            assertThat(route.own()).contains("/queue/agent");
        });
        assertThat(dialled).isEmpty();

        stop(agent);
        start(WEB_SOCKET);
        assertThat(next().route()).isInstanceOf(Route.WebSocket.class);
        assertThat(next().route()).isEqualTo(added);
    }

    @Test
    void a_password_is_not_read_back_without_a_secured_role() throws Exception {
        start(WEB_SOCKET, MQTT);
        ask(next());
        together(2);
        next();
        String connection = addStomp("secret");
        set("Device.MQTT.Client.1.", "Password", "secret");

        assertThat(get(connection)).containsEntry("Password", "").containsEntry("Username", "me");
        assertThat(get("Device.MQTT.Client.1.")).containsEntry("Password", "");
        assertThat(added(connection).toString()).doesNotContain("secret");
    }

    private Route added(String connection) throws InterruptedException {
        settle();
        Dialled found = next();
        while (!(found.route() instanceof Route.Stomp)) {
            found = next();
        }
        assertThat(connection).startsWith("Device.STOMP.Connection.");
        return found.route();
    }

    @Test
    @Requirement({"R-MQTT.4", "R-STOMP.1"})
    void what_is_written_in_a_row_makes_its_connection_anew_and_no_other() throws Exception {
        start(WEB_SOCKET, MQTT, STOMP);
        ask(next());
        together(2, 3);
        Dialled mqtt = next();
        Dialled stomp = next();
        new LockstepController(Stage.CONTROLLER, Stage.AGENT).start(mqtt.pair().second());
        Eventually.holds(() -> status("Device.MQTT.Client.1.").equals("Connected"));

        set("Device.STOMP.Connection.1.", "OutgoingHeartbeat", "5000");
        settle();
        assertThat(next().route())
                .isInstanceOfSatisfying(
                        Route.Stomp.class,
                        route -> assertThat(route.connection().heartBeat())
                                .contains(new Route.HeartBeat(Duration.ofSeconds(5), Duration.ofSeconds(60))));

        String filter =
                add("Device.MQTT.Client.1.Subscription.", Map.of("Enable", "true", "Topic", "usp/all", "QoS", "1"));
        set(MTPS + "2.MQTT.", "ResponseTopicConfigured", "usp/me");
        settle();
        assertThat(next().route()).isInstanceOfSatisfying(Route.Mqtt.class, route -> {
            assertThat(route.filters()).containsExactly(new Route.Filter("usp/all", 1));
            assertThat(route.own()).contains("usp/me");
        });
        assertThat(get("Device.MQTT.Client.1.")).containsEntry("SubscriptionNumberOfEntries", "1");
        controller.ask(new DeleteRequest(false, List.of(filter)));
        settle();
        assertThat(next().route())
                .isInstanceOfSatisfying(
                        Route.Mqtt.class, route -> assertThat(route.filters()).isEmpty());
        assertThat(dialled).isEmpty();
        assertThat(stomp.route()).isNotNull();
    }

    @Test
    void what_is_disabled_ends_and_says_so() throws Exception {
        start(WEB_SOCKET, STOMP);
        ask(next());
        together(2);
        Dialled stomp = next();
        LockstepController there = new LockstepController(Stage.CONTROLLER, Stage.AGENT);
        there.start(stomp.pair().second());
        there.nextRecord();

        set("Device.STOMP.Connection.1.", "Enable", "false");
        settle();

        Eventually.holds(() -> !there.isConnected());
        Eventually.holds(() -> status("Device.STOMP.Connection.1.").equals("Disabled"));
        assertThat(get(MTPS + "2.")).containsEntry("Status", "Down");
    }

    @Test
    void a_client_reconnects_when_it_is_told_to() throws Exception {
        start(WEB_SOCKET, MQTT);
        ask(next());
        together(2);
        Dialled mqtt = next();

        controller.ask(new OperateRequest("Device.MQTT.Client.1.ForceReconnect()", "", true, Map.of()));
        settle();

        assertThat(next().route()).isEqualTo(mqtt.route());
    }

    @Test
    void other_addresses_in_the_configuration_win_over_what_was_written_before() throws Exception {
        UspAgent agent = start(WEB_SOCKET, STOMP);
        ask(next());
        together(2);
        next();
        set("Device.STOMP.Connection.1.", "Port", "99");
        stop(agent);
        stop(start(WEB_SOCKET, STOMP));
        next();
        assertThat(((Route.Stomp) next().route()).connection().broker().port()).isEqualTo(99);

        start(WEB_SOCKET, new ControllerMtp.Stomp(new Server("other.example", 61_614, true, "user"), "/queue/usp"));
        ask(next());
        together(2);
        assertThat(((Route.Stomp) next().route()).connection().broker())
                .isEqualTo(new Route.Broker("other.example", 61_614, true, "user", ""));
        assertThat(get("Device.STOMP.")).containsEntry("ConnectionNumberOfEntries", "1");
    }

    @Test
    void a_way_that_cannot_be_used_leaves_the_others() throws Exception {
        start(MQTT, new ControllerMtp.WebSocket("nowhere.example", 443, "/usp", true));
        Dialled mqtt = next();
        ask(mqtt);

        assertThat(get("Device.MQTT.Client.1.")).containsKey("Status");
        assertThat(dialled).isEmpty();
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
        ask(next());
        together(2);

        controller.askInVain(setting("Device.MQTT.Client.1.", "TransportProtocol", "WebSocket"));
        controller.askInVain(setting(MTPS + "2.MQTT.", "PublishQoS", "2"));
    }
}
