// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.UspAgent;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.config.RebootAction;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.controller.ControllerSettings;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.fleet.ControllerDialler;
import dev.pharos.fleet.ManagingController;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.mqtt.MqttConfig;
import dev.pharos.mtp.mqtt.MqttMtp;
import dev.pharos.mtp.mqtt.MqttSession;
import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.mtp.stomp.StompConfig;
import dev.pharos.mtp.stomp.StompDestinations;
import dev.pharos.mtp.stomp.StompMtp;
import dev.pharos.mtp.stomp.StompSession;
import dev.pharos.mtp.uds.UdsServerConfig;
import dev.pharos.mtp.uds.UdsServerMtp;
import dev.pharos.requirements.Requirement;
import dev.pharos.server.broker.BrokerLogin;
import dev.pharos.server.broker.EmbeddedBroker;
import dev.pharos.server.broker.EmbeddedBrokerConfig;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An agent whose first way by Order goes over a broker, the server's own, and whose second is a UNIX socket.
class BrokerFailoverTest {
    private static final EndpointId AGENT = EndpointId.of("proto::with-two-ways");
    private static final EndpointId CONTROLLER = ControllerSettings.DEFAULT_ID;

    enum Protocol {
        MQTT(
                "Device.MQTT.Client.1.",
                "ConnectRetryTime",
                "ConnectRetryIntervalMultiplier",
                RecordType.MqttConnect.class),
        STOMP(
                "Device.STOMP.Connection.1.",
                "ServerRetryInitialInterval",
                "ServerRetryIntervalMultiplier",
                RecordType.StompConnect.class);

        private final String row;
        private final String wait;
        private final String multiplier;
        private final Class<? extends RecordType> hello;

        Protocol(String row, String wait, String multiplier, Class<? extends RecordType> hello) {
            this.row = row;
            this.wait = wait;
            this.multiplier = multiplier;
            this.hello = hello;
        }

        EmbeddedBroker broker(int port) throws IOException {
            EmbeddedBrokerConfig config =
                    new EmbeddedBrokerConfig("127.0.0.1", port, CONTROLLER, true, (transport, address, reason) -> {});
            return EmbeddedBroker.start(
                    this == MQTT
                            ? config
                            : config.withStomp(new EmbeddedBrokerConfig.Stomp(Optional.of(port), Optional.empty()))
                                    .withoutMqtt());
        }

        Mtp controller(EmbeddedBroker broker) {
            BrokerLogin login = broker.controllerLogin();
            return this == MQTT
                    ? new MqttMtp(MqttConfig.controller(broker.controllerAddress(), CONTROLLER)
                            .withWitness(broker.witness())
                            .withSession(MqttSession.DEFAULT
                                    .withClientId("controller")
                                    .withLogin(login.userName(), login.password()))
                            .withPeersOnThisHost())
                    : new StompMtp(StompConfig.controller(broker.controllerStompAddress(), CONTROLLER)
                            .withWitness(broker.stompWitness())
                            .withSession(StompSession.DEFAULT.withLogin(login.userName(), login.password()))
                            .withPeersOnThisHost());
        }

        ControllerMtp way(int port) {
            ControllerMtp.Server server = new ControllerMtp.Server("127.0.0.1", port, false, "");
            return this == MQTT
                    ? new ControllerMtp.Mqtt(server, MqttTopics.forController(CONTROLLER), MqttTopics.forAgent(AGENT))
                    : new ControllerMtp.Stomp(server, StompDestinations.forController(CONTROLLER));
        }

        /// Has the agent try again after a second, at once as well since the way has changed.
        UspMessage soon() {
            return new UspMessage(
                    new MessageId("soon"),
                    new SetRequest(
                            false,
                            List.of(new UpdateObject(
                                    row,
                                    List.of(
                                            new ParameterSetting(wait, "1", true),
                                            new ParameterSetting(multiplier, "1000", true))))));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static UspAgent agent(Protocol protocol, int port, Path socket, SharedTimer timer) {
        AgentConfig config = new AgentConfig(
                AGENT,
                new DeviceIdentity("00256D", "Test", "1"),
                "1",
                List.of(ControllerConfig.of(CONTROLLER, ControllerRole.FULL)
                        .withMtps(List.of(protocol.way(port), new ControllerMtp.Uds(Optional.of(socket))))),
                Optional.empty(),
                new RebootAction.Refused());
        ControllerAddress address = ControllerAddress.parse(
                (protocol == Protocol.MQTT ? "mqtt" : "stomp") + "://127.0.0.1:" + port, Access.NONE);
        return new UspAgent(config, List.of(), List.of(), AgentRuntime.with(timer))
                .dialling(new ControllerDialler(
                        List.of(new ManagingController(CONTROLLER, address, ControllerRole.FULL)),
                        UnaryOperator.identity()));
    }

    /// Waits for a Record of this kind, whatever else comes before it.
    private static void until(RecordingReceiver receiver, Class<? extends RecordType> kind) throws Exception {
        RecordType type;
        do {
            type = RecordCodec.decode(receiver.skipTo(Event.Received.class).record())
                    .type();
        } while (!kind.isInstance(type));
    }

    @Requirement("R-MTP.8")
    @ParameterizedTest
    @EnumSource
    void an_agent_goes_over_to_the_next_way_when_the_broker_is_gone_and_returns_to_it(
            Protocol protocol, @TempDir Path folder) throws Exception {
        Path socket = folder.resolve("controller");
        int port = freePort();
        RecordingReceiver overSocket = new RecordingReceiver();
        try (SharedTimer timer = new SharedTimer();
                UdsServerMtp second = new UdsServerMtp(UdsServerConfig.at(socket, CONTROLLER));
                UspAgent agent = agent(protocol, port, socket, timer)) {
            second.start(overSocket);
            RecordingReceiver overBroker = new RecordingReceiver();
            try (EmbeddedBroker broker = protocol.broker(port);
                    Mtp first = protocol.controller(broker)) {
                first.start(overBroker);
                agent.start();
                MtpConnection toAgent = overBroker.nextConnected();
                until(overBroker, protocol.hello);
                toAgent.send(RecordCodec.encode(UspRecord.plain(
                        AGENT, CONTROLLER, new RecordType.NoSessionContext(MessageCodec.encode(protocol.soon())))));
                until(overBroker, RecordType.NoSessionContext.class);
                assertThat(overSocket.pending())
                        .as("the second way is not used")
                        .isEmpty();
            }
            overSocket.nextConnected();
            until(overSocket, RecordType.UdsConnect.class);

            RecordingReceiver again = new RecordingReceiver();
            try (EmbeddedBroker broker = protocol.broker(port);
                    Mtp first = protocol.controller(broker)) {
                first.start(again);
                until(again, protocol.hello);
                overSocket.skipTo(Event.Disconnected.class);
            }
        }
    }
}
