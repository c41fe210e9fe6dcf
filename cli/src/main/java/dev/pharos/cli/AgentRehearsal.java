// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.NotifyResponse;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What an agent goes through in its first minutes, done once while its image is made: a controller in the same
/// process onboards it, reads, writes and subscribes. The Java runtime keeps what was loaded and how it ran in the
/// image's ahead-of-time cache.
///
/// Arguments: an empty folder for the agent's data. Exit status 0 where the agent answered everything.
public final class AgentRehearsal implements MtpReceiver {
    private static final EndpointId CONTROLLER = EndpointId.of("self::pharos");
    private static final EndpointId AGENT = EndpointId.of("proto::rehearsal");
    private static final int READS = 2_000;
    private static final long PATIENCE_SECONDS = 60;
    private static final String SUBSCRIPTIONS = "Device.LocalAgent.Subscription.";

    private final BlockingQueue<MtpConnection> agents = new LinkedBlockingQueue<>();
    private final BlockingQueue<Body> answers = new LinkedBlockingQueue<>();
    private int messages;

    private AgentRehearsal() {}

    public static void main(String[] arguments) throws Exception {
        AgentRehearsal rehearsal = new AgentRehearsal();
        try (WebSocketServerMtp listener =
                new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, CONTROLLER))) {
            listener.start(rehearsal);
            String url = "ws://127.0.0.1:" + listener.port() + WebSocketServerConfig.DEFAULT_PATH;
            Thread.ofPlatform().daemon().start(() -> agent(url, arguments[0]));
            rehearsal.act();
        }
        System.exit(0);
    }

    private static void agent(String url, String data) {
        try {
            PharosAgent.run("--endpoint-id", AGENT.toString(), "--controller", url, "--data", data);
        } catch (IOException | InterruptedException failed) {
            // nobody connects now, which ends the rehearsal
            System.err.println("rehearsal: " + failed);
        }
    }

    private void act() throws IOException, InterruptedException {
        MtpConnection agent = agents.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (agent == null) {
            throw new IOException("the agent did not connect");
        }
        ask(agent, new GetSupportedProtocolRequest("1.4"));
        ask(agent, new GetSupportedDmRequest(List.of("Device."), false, true, true, true, true));
        ask(agent, new GetInstancesRequest(List.of("Device."), false));
        ask(agent, new GetRequest(List.of("Device."), 0));
        ask(
                agent,
                new AddRequest(
                        false,
                        List.of(new AddRequest.CreateObject(
                                SUBSCRIPTIONS,
                                List.of(
                                        setting("ID", "rehearsal"),
                                        setting("NotifType", "ValueChange"),
                                        setting("ReferenceList", "Device.LocalAgent.Controller."),
                                        setting("Enable", "true"))))));
        for (int i = 0; i < 20; i++) {
            ask(
                    agent,
                    new SetRequest(
                            false,
                            List.of(new SetRequest.UpdateObject(
                                    "Device.LocalAgent.Controller.1.",
                                    List.of(setting("PeriodicNotifInterval", Integer.toString(3_600 + i)))))));
        }
        for (int i = 0; i < READS; i++) {
            ask(agent, new GetRequest(List.of("Device.DeviceInfo."), 0));
        }
        ask(agent, new DeleteRequest(false, List.of(SUBSCRIPTIONS + "[ID==\"rehearsal\"].")));
    }

    private static ParameterSetting setting(String name, String value) {
        return new ParameterSetting(name, value, true);
    }

    private void ask(MtpConnection agent, Body request) throws IOException, InterruptedException {
        send(agent, new MessageId("rehearsal-" + messages++), request);
        Body answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answer == null || answer instanceof UspError) {
            throw new IOException("to " + request + " the agent answered " + answer);
        }
    }

    private static void send(MtpConnection agent, MessageId id, Body body) throws IOException {
        RecordType content = new RecordType.NoSessionContext(MessageCodec.encode(new UspMessage(id, body)));
        agent.send(RecordCodec.encode(UspRecord.plain(AGENT, CONTROLLER, content)));
    }

    @Override
    public void connected(MtpConnection connection) {
        agents.add(connection);
    }

    @Override
    public void received(MtpConnection connection, Bytes record) {
        try {
            if (!(RecordCodec.decode(record).type() instanceof RecordType.NoSessionContext content)) {
                return;
            }
            UspMessage message = MessageCodec.decode(content.payload());
            if (message.body() instanceof NotifyRequest notify) {
                if (notify.sendResponse()) {
                    send(connection, message.id(), new NotifyResponse(notify.subscriptionId()));
                }
            } else {
                answers.add(message.body());
            }
        } catch (MalformedInputException | IOException failed) {
            // the answer that is missing now ends the rehearsal
            System.err.println("rehearsal: " + failed.getMessage());
        }
    }

    @Override
    public void disconnected(MtpConnection connection, String reason) {}

    @Override
    public void refused(PeerIdentity peer, String reason) {
        System.err.println("rehearsal: refused: " + reason);
    }
}
