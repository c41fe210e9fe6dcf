// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cli.proxy.MtpProxy;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.stomp.StompConfig;
import dev.pharos.mtp.stomp.StompDestinations;
import dev.pharos.mtp.stomp.StompMtp;
import dev.pharos.mtp.uds.UdsClientConfig;
import dev.pharos.mtp.uds.UdsClientMtp;
import dev.pharos.mtp.uds.UdsServerConfig;
import dev.pharos.mtp.uds.UdsServerMtp;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents behind a STOMP broker, which here is Artemis, and a controller that knows sockets alone.
final class StompProxyTest {
    private static final EndpointId CONTROLLER = EndpointId.of("self::acs");

    @TempDir
    Path folder;

    private EmbeddedActiveMQ broker() throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setPersistenceEnabled(false);
        configuration.setSecurityEnabled(false);
        configuration.setJMXManagementEnabled(false);
        configuration.setBrokerInstance(folder.toFile());
        configuration.addAcceptorConfiguration(
                "stomp", "tcp://127.0.0.1:0?protocols=STOMP;stompMinLargeMessageSize=-1");
        return new EmbeddedActiveMQ().setConfiguration(configuration).start();
    }

    private static URI address(EmbeddedActiveMQ broker) {
        NettyAcceptor acceptor =
                (NettyAcceptor) broker.getActiveMQServer().getRemotingService().getAcceptor("stomp");
        return URI.create("stomp://127.0.0.1:" + acceptor.getActualPort());
    }

    private static Bytes record(EndpointId from, EndpointId to, RecordType type) {
        return RecordCodec.encode(UspRecord.plain(to, from, type));
    }

    private static RecordType words(String payload) {
        return new RecordType.NoSessionContext(Bytes.ofUtf8(payload));
    }

    @Test
    void two_agents_at_a_broker_have_each_a_connection_to_the_controller() throws Exception {
        EmbeddedActiveMQ broker = broker();
        RecordingReceiver acs = new RecordingReceiver();
        List<String> told = new CopyOnWriteArrayList<>();
        Path socket = folder.resolve("acs.sock");
        try (UdsServerMtp controller = new UdsServerMtp(UdsServerConfig.at(socket, CONTROLLER));
                MtpProxy proxy = new MtpProxy(
                        new StompMtp(StompConfig.controller(address(broker), CONTROLLER)),
                        CONTROLLER,
                        id -> new UdsClientMtp(UdsClientConfig.to(socket, id)),
                        10,
                        told::add)) {
            controller.start(acs);
            proxy.start();
            goes(EndpointId.of("proto::one"), address(broker), acs);
            goes(EndpointId.of("proto::two"), address(broker), acs);
            assertThat(proxy.rows()).hasSize(2);
            assertThat(told).noneMatch(line -> line.contains("is let go"));
        } finally {
            broker.stop();
        }
    }

    private static void goes(EndpointId id, URI broker, RecordingReceiver acs) throws Exception {
        RecordingReceiver device = new RecordingReceiver();
        try (StompMtp agent =
                new StompMtp(StompConfig.agent(broker, id, StompDestinations.forController(CONTROLLER)))) {
            agent.start(device);
            MtpConnection far = device.skipTo(Event.Connected.class).connection();
            far.send(record(
                    id,
                    CONTROLLER,
                    new RecordType.StompConnect(RecordType.StompVersion.V1_2, StompDestinations.forAgent(id))));
            MtpConnection near = acs.skipTo(Event.Connected.class).connection();
            assertThat(near.peer().endpointId()).contains(id);
            assertThat(RecordCodec.decode(acs.nextRecord()).type()).isEqualTo(new RecordType.UdsConnect());
            Bytes said = record(id, CONTROLLER, words("from behind the broker"));
            far.send(said);
            assertThat(acs.nextRecord()).isEqualTo(said);
            Bytes answer = record(CONTROLLER, id, words("answer"));
            near.send(answer);
            assertThat(device.skipTo(Event.Received.class).record()).isEqualTo(answer);
        }
    }
}
