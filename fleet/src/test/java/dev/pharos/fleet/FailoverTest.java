// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

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
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.uds.UdsServerConfig;
import dev.pharos.mtp.uds.UdsServerMtp;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent with a way over WebSocket and, where that leads nowhere, one over a UNIX socket, both real.
class FailoverTest {
    private static final EndpointId AGENT = EndpointId.of("proto::agent");
    private static final EndpointId CONTROLLER = EndpointId.of("proto::controller");

    private static WebSocketServerMtp listen(int port, RecordingReceiver receiver) throws IOException {
        WebSocketServerMtp server = new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", port, CONTROLLER));
        server.start(receiver);
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static UspAgent agent(int port, Path socket, SharedTimer timer) {
        AgentConfig config = new AgentConfig(
                AGENT,
                new DeviceIdentity("00256D", "Test", "1"),
                "1",
                List.of(ControllerConfig.of(CONTROLLER, ControllerRole.FULL)
                        .withMtps(List.of(
                                new ControllerMtp.WebSocket("127.0.0.1", port, "/usp", false),
                                new ControllerMtp.Uds(Optional.of(socket))))),
                Optional.empty(),
                new RebootAction.Refused());
        ControllerAddress address = ControllerAddress.parse("ws://127.0.0.1:" + port + "/usp", Access.NONE);
        return new UspAgent(config, List.of(), List.of(), AgentRuntime.with(timer))
                .dialling(new ControllerDialler(
                        List.of(new ManagingController(CONTROLLER, address, ControllerRole.FULL)),
                        UnaryOperator.identity()));
    }

    /// The next Record of a kind, as the controller gets it.
    private static RecordType next(RecordingReceiver receiver) throws Exception {
        return RecordCodec.decode(receiver.skipTo(Event.Received.class).record())
                .type();
    }

    private static void ask(MtpConnection agent, Request<?> request) throws IOException {
        Bytes payload = MessageCodec.encode(new UspMessage(new MessageId("1"), request));
        agent.send(RecordCodec.encode(UspRecord.plain(AGENT, CONTROLLER, new RecordType.NoSessionContext(payload))));
    }

    /// Has the agent try again after a second, at once as well since the way has changed.
    private static SetRequest soon() {
        return new SetRequest(
                false,
                List.of(new SetRequest.UpdateObject(
                        "Device.LocalAgent.Controller.1.MTP.1.WebSocket.",
                        List.of(
                                new ParameterSetting("SessionRetryMinimumWaitInterval", "1", true),
                                new ParameterSetting("SessionRetryIntervalMultiplier", "1000", true)))));
    }

    @Test
    void an_agent_goes_over_to_the_next_way_and_returns(@TempDir Path folder) throws Exception {
        Path socket = folder.resolve("controller");
        int port = freePort();
        RecordingReceiver overSocket = new RecordingReceiver();
        RecordingReceiver overWeb = new RecordingReceiver();
        try (SharedTimer timer = new SharedTimer();
                UdsServerMtp second = new UdsServerMtp(UdsServerConfig.at(socket, CONTROLLER));
                UspAgent agent = agent(port, socket, timer)) {
            second.start(overSocket);
            agent.start();
            MtpConnection toAgent = overSocket.nextConnected();
            assertThat(next(overSocket)).isInstanceOf(RecordType.UdsConnect.class);
            WebSocketServerMtp first = listen(port, overWeb);
            ask(toAgent, soon());
            RecordType answer = next(overSocket);
            assertThat(answer).isInstanceOf(RecordType.NoSessionContext.class);
            Bytes answered = ((RecordType.NoSessionContext) answer).payload();
            assertThat(MessageCodec.decode(answered).body()).isInstanceOf(SetResponse.class);

            overWeb.nextConnected();
            assertThat(next(overWeb)).isInstanceOf(RecordType.WebSocketConnect.class);
            overSocket.skipTo(Event.Disconnected.class);
            assertThat(overSocket.pending()).isEmpty();

            first.close();
            overSocket.nextConnected();
            assertThat(next(overSocket)).isInstanceOf(RecordType.UdsConnect.class);
            overWeb.skipTo(Event.Disconnected.class);
            try (WebSocketServerMtp back = listen(port, overWeb)) {
                overWeb.nextConnected();
                overSocket.skipTo(Event.Disconnected.class);
                assertThat(back.port()).isEqualTo(port);
            }
        }
    }
}
