// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.mtp.coap.CoapClientConfig;
import dev.pharos.mtp.coap.CoapClientMtp;
import dev.pharos.mtp.coap.CoapServerConfig;
import dev.pharos.mtp.coap.CoapServerMtp;
import dev.pharos.mtp.coap.CoapTerms;
import dev.pharos.mtp.mqtt.MqttConfig;
import dev.pharos.mtp.mqtt.MqttMtp;
import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.mtp.uds.UdsClientConfig;
import dev.pharos.mtp.uds.UdsClientMtp;
import dev.pharos.mtp.uds.UdsServerConfig;
import dev.pharos.mtp.uds.UdsServerMtp;
import dev.pharos.mtp.websocket.WebSocketClientConfig;
import dev.pharos.mtp.websocket.WebSocketClientMtp;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Agents, the proxy and a controller, each with transports of their own, over the loopback network.
final class MtpProxyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EndpointId CONTROLLER = EndpointId.of("self::acs");
    private static final EndpointId AGENT = EndpointId.of("proto::agent");

    @TempDir
    Path folder;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final RecordingReceiver acs = new RecordingReceiver();
    private final RecordingReceiver device = new RecordingReceiver();

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private <T extends AutoCloseable> T opened(T what) {
        open.push(what);
        return what;
    }

    private static Bytes record(EndpointId from, EndpointId to, String payload) {
        return RecordCodec.encode(UspRecord.plain(to, from, new RecordType.NoSessionContext(Bytes.ofUtf8(payload))));
    }

    private static RecordType type(Bytes record) throws Exception {
        return RecordCodec.decode(record).type();
    }

    private static Bytes greeting(RecordType type) {
        return RecordCodec.encode(UspRecord.plain(CONTROLLER, AGENT, type));
    }

    private Path socket() {
        return folder.resolve("agents.sock");
    }

    private Mtp sockets() {
        return new UdsServerMtp(UdsServerConfig.at(socket(), CONTROLLER));
    }

    private WebSocketServerMtp controllerOverWebSocket(int port) throws IOException {
        WebSocketServerMtp server =
                opened(new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", port, CONTROLLER)));
        server.start(acs);
        return server;
    }

    private MtpProxy proxy(Mtp door, String controller, int most, Duration unreached) throws IOException {
        ControllerAddress address = ControllerAddress.parse(controller, Access.NONE);
        MtpProxy proxy = opened(
                new MtpProxy(door, CONTROLLER, id -> address.transport(id, CONTROLLER), most, unreached, told::add));
        proxy.start();
        return proxy;
    }

    private MtpConnection agentOverSocket(EndpointId id) throws IOException {
        UdsClientMtp client = opened(new UdsClientMtp(UdsClientConfig.to(socket(), id)));
        client.start(device);
        return device.skipTo(Event.Connected.class).connection();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    @Test
    void records_of_an_agent_on_a_socket_reach_a_controller_on_websocket_as_they_are_and_back() throws Exception {
        WebSocketServerMtp controller = controllerOverWebSocket(0);
        MtpProxy proxy = proxy(sockets(), "ws://127.0.0.1:" + controller.port() + "/usp", 10, PATIENCE);
        MtpConnection agent = agentOverSocket(AGENT);
        agent.send(greeting(new RecordType.UdsConnect()));
        Bytes first = record(AGENT, CONTROLLER, "first");
        agent.send(first);
        MtpConnection there = acs.nextConnected();
        assertThat(there.peer().endpointId()).contains(AGENT);
        assertThat(type(acs.nextRecord())).isEqualTo(new RecordType.WebSocketConnect());
        assertThat(acs.nextRecord()).isEqualTo(first);
        Bytes back = record(CONTROLLER, AGENT, "back");
        there.send(record(EndpointId.of("self::other"), AGENT, "of somebody else"));
        there.send(back);
        assertThat(device.nextRecord()).isEqualTo(back);
        assertThat(told).anyMatch(line -> line.contains("is not passed on"));
        Path status = folder.resolve("proxy.json");
        await().atMost(PATIENCE)
                .until(() -> proxy.rows().getFirst().toController().records() == 2);
        String document = proxy.writeStatus(status, "");
        JsonNode row = JsonMapper.shared()
                .readTree(Files.readString(status))
                .path("agents")
                .path(0);
        assertThat(row.path("id").asString()).isEqualTo(AGENT.toString());
        assertThat(row.path("controllerReached").asBoolean()).isTrue();
        assertThat(row.path("toAgent").path("bytes").asInt()).isEqualTo(back.size());
        assertThat(row.path("toController").path("waiting").asInt()).isZero();
        Files.delete(status);
        assertThat(proxy.writeStatus(status, document)).isEqualTo(document);
        assertThat(status).as("nothing has changed").doesNotExist();
    }

    @Test
    void an_agent_that_goes_is_forgotten_and_its_connection_to_the_controller_ends() throws Exception {
        WebSocketServerMtp controller = controllerOverWebSocket(0);
        MtpProxy proxy = proxy(sockets(), "ws://127.0.0.1:" + controller.port() + "/usp", 10, PATIENCE);
        MtpConnection agent = agentOverSocket(AGENT);
        MtpConnection there = acs.nextConnected();
        assertThat(proxy.rows()).hasSize(1);
        open.pop().close();
        assertThat(acs.next(Event.Disconnected.class).connection()).isEqualTo(there);
        await().atMost(PATIENCE).until(() -> proxy.rows().isEmpty());
        assertThat(agent.isOpen()).isFalse();
        assertThat(told).anyMatch(line -> line.startsWith(AGENT + ": has gone"));
    }

    @Test
    void what_an_agent_says_before_the_controller_is_there_waits_in_order_and_within_bounds() throws Exception {
        int port = freePort();
        MtpProxy proxy = proxy(sockets(), "ws://127.0.0.1:" + port + "/usp", 10, PATIENCE);
        MtpConnection agent = agentOverSocket(AGENT);
        agent.send(greeting(new RecordType.UdsConnect()));
        String padding = "x".repeat(10_000);
        int count = 300;
        Thread sender = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < count; i++) {
                sendInTheEnd(agent, record(AGENT, CONTROLLER, i + padding));
            }
        });
        await().atMost(PATIENCE)
                .until(() -> proxy.rows().getFirst().toController().waiting() > 20);
        Thread.sleep(500);
        long waits = proxy.rows().getFirst().toController().waiting();
        assertThat(waits * padding.length()).as("the rest waits at the agent").isLessThan(Limits.HELD);
        assertThat(proxy.rows().getFirst().trouble()).isNotEmpty();
        controllerOverWebSocket(port);
        MtpConnection _ = acs.nextConnected();
        assertThat(type(acs.nextRecord())).isEqualTo(new RecordType.WebSocketConnect());
        for (int i = 0; i < count; i++) {
            assertThat(acs.nextRecord()).isEqualTo(record(AGENT, CONTROLLER, i + padding));
        }
        sender.join();
        assertThat(agent.isOpen()).isTrue();
    }

    private static void sendInTheEnd(MtpConnection to, Bytes record) {
        while (true) {
            try {
                to.send(record);
                return;
            } catch (QueueFullException full) {
                try {
                    Thread.sleep(10);
                } catch (InterruptedException stop) {
                    return;
                }
            } catch (IOException gone) {
                throw new IllegalStateException(gone);
            }
        }
    }

    @Test
    void an_agent_whose_controller_is_never_reached_is_let_go_so_that_it_finds_out() throws Exception {
        MtpProxy proxy = proxy(sockets(), "ws://127.0.0.1:" + freePort() + "/usp", 10, Duration.ofSeconds(2));
        MtpConnection agent = agentOverSocket(AGENT);
        assertThat(device.next(Event.Disconnected.class).connection()).isEqualTo(agent);
        assertThat(told).anyMatch(line -> line.contains("let go, since the controller is not reached"));
        open.pop().close();
        await().atMost(PATIENCE).until(() -> proxy.rows().isEmpty());
    }

    @Test
    void a_greeting_is_said_again_where_the_controller_comes_back() throws Exception {
        WebSocketServerMtp controller = controllerOverWebSocket(0);
        int port = controller.port();
        MtpProxy _ = proxy(sockets(), "ws://127.0.0.1:" + port + "/usp", 10, PATIENCE);
        MtpConnection agent = agentOverSocket(AGENT);
        agent.send(greeting(new RecordType.UdsConnect()));
        MtpConnection _ = acs.nextConnected();
        Bytes _ = acs.nextRecord();
        controller.close();
        Event.Disconnected _ = acs.next(Event.Disconnected.class);
        Bytes later = record(AGENT, CONTROLLER, "later");
        agent.send(later);
        controllerOverWebSocket(port);
        MtpConnection _ = acs.skipTo(Event.Connected.class).connection();
        assertThat(type(acs.nextRecord())).isEqualTo(new RecordType.WebSocketConnect());
        assertThat(acs.nextRecord()).isEqualTo(later);
        assertThat(agent.isOpen()).isTrue();
    }

    @Test
    void who_is_one_too_many_or_speaks_for_another_is_refused() throws Exception {
        WebSocketServerMtp controller = controllerOverWebSocket(0);
        MtpProxy proxy = proxy(sockets(), "ws://127.0.0.1:" + controller.port() + "/usp", 1, PATIENCE);
        MtpConnection agent = agentOverSocket(AGENT);
        MtpConnection _ = acs.nextConnected();
        RecordingReceiver second = new RecordingReceiver();
        UdsClientMtp other = opened(new UdsClientMtp(UdsClientConfig.to(socket(), EndpointId.of("proto::second"))));
        other.start(second);
        Event.Disconnected _ = second.skipTo(Event.Disconnected.class);
        assertThat(told).anyMatch(line -> line.contains("refused: 1 agents are there"));
        open.pop().close();
        agent.send(record(EndpointId.of("proto::second"), CONTROLLER, "not mine"));
        Event.Disconnected _ = device.skipTo(Event.Disconnected.class);
        assertThat(told).anyMatch(line -> line.contains("it sends Records from proto::second"));
        assertThat(acs.pending()).noneMatch(event -> event instanceof Event.Received);
        assertThat(proxy.rows()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void the_same_agent_anew_takes_the_place_of_its_old_connection() throws Exception {
        WebSocketServerMtp controller = controllerOverWebSocket(0);
        MtpProxy proxy = proxy(sockets(), "ws://127.0.0.1:" + controller.port() + "/usp", 10, PATIENCE);
        MtpConnection _ = agentOverSocket(AGENT);
        MtpConnection there = acs.nextConnected();
        RecordingReceiver anew = new RecordingReceiver();
        UdsClientMtp again = opened(new UdsClientMtp(UdsClientConfig.to(socket(), AGENT)));
        again.start(anew);
        MtpConnection _ = anew.nextConnected();
        await().atMost(PATIENCE)
                .until(() -> told.stream()
                                .filter(line -> line.startsWith(AGENT + ": has come"))
                                .count()
                        >= 2);
        Bytes back = record(CONTROLLER, AGENT, "to whoever is there");
        there.send(back);
        await().atMost(PATIENCE)
                .until(() -> Stream.concat(anew.pending().stream(), device.pending().stream())
                        .anyMatch(event -> event instanceof Event.Received received
                                && received.record().equals(back)));
        assertThat(proxy.rows()).hasSize(1);
    }

    @Test
    void an_agent_over_coap_which_says_no_greeting_is_greeted_for_at_a_controller_on_websocket() throws Exception {
        WebSocketServerMtp controller = controllerOverWebSocket(0);
        CoapTerms terms = CoapTerms.with(record -> RecordCodec.decode(record).from());
        CoapServerMtp door = new CoapServerMtp(CoapServerConfig.at("127.0.0.1", 0, terms));
        MtpProxy proxy = proxy(door, "ws://127.0.0.1:" + controller.port() + "/usp", 10, PATIENCE);
        CoapClientMtp client =
                opened(new CoapClientMtp(CoapClientConfig.to("coap://127.0.0.1:" + door.port() + "/usp", terms)));
        client.start(device);
        MtpConnection agent = device.skipTo(Event.Connected.class).connection();
        Bytes first = record(AGENT, CONTROLLER, "first");
        agent.send(first);
        MtpConnection there = acs.nextConnected();
        assertThat(there.peer().endpointId()).contains(AGENT);
        assertThat(type(acs.nextRecord())).isEqualTo(new RecordType.WebSocketConnect());
        assertThat(acs.nextRecord()).isEqualTo(first);
        Bytes back = record(CONTROLLER, AGENT, "back");
        there.send(back);
        assertThat(device.skipTo(Event.Received.class).record()).isEqualTo(back);
        Bytes second = record(AGENT, CONTROLLER, "second");
        agent.send(second);
        assertThat(acs.nextRecord()).isEqualTo(second);
        assertThat(proxy.rows()).hasSize(1);
    }

    @Test
    void over_a_real_broker_both_ways_round() throws Exception {
        Optional<Path> binary = Stream.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(binary.isPresent(), "mosquitto is not installed");
        URI broker = mosquitto(binary.get());
        // an agent on WebSocket, a controller behind the broker
        MqttMtp controller = opened(new MqttMtp(MqttConfig.controller(broker, CONTROLLER)));
        controller.start(acs);
        WebSocketServerMtp door = new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, CONTROLLER));
        MtpProxy _ = proxy(door, broker.toString(), 10, PATIENCE);
        WebSocketClientMtp client = opened(new WebSocketClientMtp(
                WebSocketClientConfig.to(URI.create("ws://127.0.0.1:" + door.port() + "/usp"), AGENT)));
        client.start(device);
        MtpConnection agent = device.skipTo(Event.Connected.class).connection();
        agent.send(greeting(new RecordType.WebSocketConnect()));
        Bytes first = record(AGENT, CONTROLLER, "first");
        agent.send(first);
        Event.Received greeted = acs.skipTo(Event.Received.class);
        assertThat(type(greeted.record()))
                .isEqualTo(new RecordType.MqttConnect(RecordType.MqttVersion.V5, MqttTopics.forAgent(AGENT)));
        assertThat(acs.nextRecord()).isEqualTo(first);
        Bytes back = record(CONTROLLER, AGENT, "back");
        greeted.connection().send(back);
        assertThat(device.nextRecord()).isEqualTo(back);
        client.close();
        // an agent behind the broker, a controller on a socket
        controller.close();
        RecordingReceiver local = new RecordingReceiver();
        UdsServerMtp socket = opened(new UdsServerMtp(UdsServerConfig.at(folder.resolve("acs.sock"), CONTROLLER)));
        socket.start(local);
        MtpProxy other = proxy(
                new MqttMtp(MqttConfig.controller(broker, CONTROLLER)),
                "unix:" + folder.resolve("acs.sock"),
                10,
                PATIENCE);
        EndpointId behind = EndpointId.of("proto::behind");
        RecordingReceiver remote = new RecordingReceiver();
        MqttMtp mqtt = opened(new MqttMtp(MqttConfig.agent(broker, behind, MqttTopics.forController(CONTROLLER))));
        mqtt.start(remote);
        MtpConnection far = remote.skipTo(Event.Connected.class).connection();
        Bytes said = record(behind, CONTROLLER, "from behind the broker");
        await().atMost(PATIENCE).until(() -> {
            far.send(said);
            return other.rows().size() == 1;
        });
        MtpConnection near = local.nextConnected();
        assertThat(near.peer().endpointId()).contains(behind);
        assertThat(local.skipTo(Event.Received.class).record()).isEqualTo(said);
        Bytes answer = record(CONTROLLER, behind, "answer");
        near.send(answer);
        assertThat(remote.skipTo(Event.Received.class).record()).isEqualTo(answer);
    }

    private URI mosquitto(Path binary) throws IOException {
        int port = freePort();
        Path settings = Files.writeString(
                folder.resolve("mosquitto.conf"), "user root\nlistener " + port + " 127.0.0.1\nallow_anonymous true\n");
        Process process = new ProcessBuilder(binary.toString(), "-c", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start();
        open.push(() -> {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        });
        await().atMost(PATIENCE).until(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        });
        return URI.create("mqtt://localhost:" + port);
    }
}
