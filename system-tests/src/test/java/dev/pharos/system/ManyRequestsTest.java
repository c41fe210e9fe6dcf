// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.AgentMtpBinding;
import dev.pharos.agent.UspAgent;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.bench.broker.MosquittoProcess;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.datamodel.format.ModelFormatException;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.mtp.mqtt.MqttConfig;
import dev.pharos.mtp.mqtt.MqttMtp;
import dev.pharos.mtp.uds.UdsServerConfig;
import dev.pharos.mtp.uds.UdsServerMtp;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent that is slower than its controller, over each transport: whatever the controller has under way at once,
/// all of it is answered and none of it refused.
class ManyRequestsTest {
    private static final EndpointId CONTROLLER = EndpointId.of("self::controller");
    private static final EndpointId AGENT = EndpointId.of("proto::agent");
    private static final int WINDOW = 512;
    private static final int REQUESTS = 5_000;
    private static final long PATIENCE_SECONDS = 90;

    @TempDir
    Path folder;

    private final CountDownLatch awake = new CountDownLatch(1);

    @Test
    void over_websocket_none_of_512_at_a_time_is_lost_or_refused() throws Exception {
        WebSocketServerMtp place = new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, CONTROLLER));
        Asking asking = new Asking();
        place.start(asking);
        allAreAnswered(asking, place, "ws://127.0.0.1:" + place.port() + WebSocketServerConfig.DEFAULT_PATH);
    }

    @Test
    void over_mqtt_none_of_512_at_a_time_is_lost_or_refused() throws Exception {
        try (MosquittoProcess broker = MosquittoProcess.start()) {
            MqttMtp place = new MqttMtp(MqttConfig.controller(broker.uri(), CONTROLLER));
            Asking asking = new Asking();
            place.start(asking);
            allAreAnswered(asking, place, broker.uri().toString());
        }
    }

    @Test
    void over_unix_sockets_none_of_512_at_a_time_is_lost_or_refused() throws Exception {
        Path socket = folder.resolve("controller");
        UdsServerMtp place = new UdsServerMtp(UdsServerConfig.at(socket, CONTROLLER));
        Asking asking = new Asking();
        place.start(asking);
        allAreAnswered(asking, place, "unix:" + socket);
    }

    private void allAreAnswered(Asking asking, Mtp place, String address) throws Exception {
        AgentConfig config = AgentConfig.of(
                AGENT,
                new DeviceIdentity("00256D", "Slow", "S1"),
                "1.0",
                List.of(ControllerConfig.of(CONTROLLER, ControllerRole.FULL)));
        try (place;
                SharedTimer timer = new SharedTimer();
                UspAgent agent = new UspAgent(
                        config,
                        List.of(new Sleeper()),
                        List.of(new AgentMtpBinding(
                                ControllerAddress.parse(address, Access.NONE).transport(AGENT, CONTROLLER),
                                CONTROLLER)),
                        AgentRuntime.with(timer))) {
            agent.start();
            asking.run();
        }
        assertThat(asking.answers)
                .hasSize(REQUESTS)
                .allSatisfy((_, body) -> assertThat(body)
                        .isInstanceOfSatisfying(
                                GetResponse.class,
                                response -> assertThat(response.requestedPathResults()
                                                .getFirst()
                                                .fault())
                                        .isEmpty()));
    }

    /// A controller that asks as fast as it may.
    private final class Asking implements MtpReceiver {
        private final BlockingQueue<MtpConnection> agents = new ArrayBlockingQueue<>(1);
        private final Semaphore free = new Semaphore(WINDOW);
        private final Map<String, Body> answers = new ConcurrentHashMap<>();

        void run() throws Exception {
            MtpConnection agent = agents.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(agent).isNotNull();
            for (int i = 0; i < REQUESTS; i++) {
                if (i == WINDOW) {
                    // A whole window waits by now, at the agent or on the way to it.
                    awake.countDown();
                }
                assertThat(free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("after %d answers", answers.size())
                        .isTrue();
                send(agent, new MessageId("m" + i));
            }
            assertThat(free.tryAcquire(WINDOW, PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("after %d answers", answers.size())
                    .isTrue();
        }

        private static void send(MtpConnection agent, MessageId id) throws IOException, InterruptedException {
            Bytes message = MessageCodec.encode(new UspMessage(id, new GetRequest(List.of("Device.Slow.Value"), 0)));
            Bytes record =
                    RecordCodec.encode(UspRecord.plain(AGENT, CONTROLLER, new RecordType.NoSessionContext(message)));
            while (true) {
                try {
                    agent.send(record);
                    return;
                } catch (QueueFullException full) {
                    Thread.sleep(1);
                }
            }
        }

        @Override
        public void connected(MtpConnection connection) {}

        @Override
        public void received(MtpConnection connection, Bytes bytes) {
            try {
                if (RecordCodec.decode(bytes).type() instanceof RecordType.NoSessionContext(Bytes payload)) {
                    UspMessage answer = MessageCodec.decode(payload);
                    answers.put(answer.id().value(), answer.body());
                    free.release();
                } else {
                    agents.offer(connection);
                }
            } catch (MalformedInputException malformed) {
                throw new AssertionError(malformed.detail(), malformed);
            }
        }

        @Override
        public void disconnected(MtpConnection connection, String reason) {}

        @Override
        public void refused(PeerIdentity peer, String reason) {}
    }

    /// A device that answers nothing before it is awake.
    private final class Sleeper implements ServiceElement {
        @Override
        public SupportedDataModel supported() {
            try {
                return ModelFormat.read(new StringReader("""
                        model urn:broadband-forum-org:tr-181-2-19-0
                        object Device. readOnly
                        object Device.Slow. readOnly
                          param Value readOnly string
                        """), "Sleeper");
            } catch (ModelFormatException | IOException broken) {
                throw new IllegalStateException(broken);
            }
        }

        @Override
        public void start(DeviceContext context) {}

        @Override
        public boolean isLive(String supportedParameterPath) {
            return true;
        }

        @Override
        public String read(ObjectInstance object, String parameter) {
            try {
                awake.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return "here";
        }
    }
}
