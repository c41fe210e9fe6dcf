// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.MtpAddress;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.mtp.Turnstile;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Agent and Controller with each other, without DTLS.
class CoapSessionTest {
    private static final int LARGE = 200 * 1024;

    private final RecordingReceiver atServer = new RecordingReceiver();
    private final RecordingReceiver atClient = new RecordingReceiver();
    private CoapServerMtp server = Peers.server(Peers.terms());

    private CoapClientMtp client() throws IOException {
        server.start(atServer);
        CoapClientMtp client = Peers.client(server, Peers.terms());
        client.start(atClient);
        return client;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void records_pass_both_ways() throws Exception {
        try (CoapClientMtp _ = client()) {
            MtpConnection own = atClient.nextConnected();
            assertThat(own.connectInfo()).isEqualTo(new ConnectInfo.Coap());
            assertThat(own.security()).isEqualTo(LinkSecurity.ON_THIS_HOST);
            assertThat(own.peer().loopback()).isTrue();
            own.send(Peers.record(Peers.AGENT, "from the agent"));
            MtpConnection theirs = atServer.nextConnected();
            assertThat(theirs.peer().endpointId()).hasValue(Peers.AGENT);
            assertThat(theirs.peer().proof()).isEqualTo(Proof.NONE);
            assertThat(theirs.peer().address()).startsWith("coap://127.0.0.1:").endsWith("/usp");
            assertThat(atServer.nextRecord()).isEqualTo(Peers.record(Peers.AGENT, "from the agent"));
            theirs.send(Peers.record(Peers.CONTROLLER, "from the controller"));
            assertThat(atClient.nextRecord()).isEqualTo(Peers.record(Peers.CONTROLLER, "from the controller"));
            for (int i = 0; i < 50; i++) {
                own.send(Peers.record(Peers.AGENT, "number " + i));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(atServer.nextRecord()).isEqualTo(Peers.record(Peers.AGENT, "number " + i));
            }
        }
    }

    @Test
    void two_hundred_kilobytes_pass_both_ways_in_blocks() throws Exception {
        try (CoapClientMtp _ = client()) {
            Bytes up = Peers.large(Peers.AGENT, LARGE);
            Bytes down = Peers.large(Peers.CONTROLLER, LARGE + 1);
            atClient.nextConnected().send(up);
            MtpConnection theirs = atServer.nextConnected();
            theirs.send(down);
            assertThat(atServer.nextRecord()).isEqualTo(up);
            assertThat(atClient.nextRecord()).isEqualTo(down);
        }
    }

    @Test
    void a_record_of_exactly_one_block_and_of_one_byte_more_pass() throws Exception {
        try (CoapClientMtp _ = client()) {
            MtpConnection own = atClient.nextConnected();
            for (int size : new int[] {1024, 1025, 2048}) {
                Bytes record = Peers.large(Peers.AGENT, size);
                own.send(record);
                assertThat(atServer.skipTo(Event.Received.class).record()).isEqualTo(record);
            }
        }
    }

    @Test
    void where_nobody_is_the_reason_is_told_and_it_is_tried_again() throws Exception {
        int free;
        try (RawCoap nobody = new RawCoap(9)) {
            free = nobody.port();
        }
        try (CoapClientMtp client =
                Peers.client("coap://127.0.0.1:" + free + "/usp", Peers.terms().withTransmission(Peers.IMPATIENT))) {
            client.start(atClient);
            assertThat(atClient.next(Event.Refused.class).reason()).isEqualTo("it does not answer");
            server = new CoapServerMtp(CoapServerConfig.at("127.0.0.1", free, Peers.terms()));
            server.start(atServer);
            MtpConnection _ = atClient.skipTo(Event.Connected.class).connection();
        }
    }

    @Test
    void a_peer_that_goes_is_missed_with_the_next_record_and_called_again() throws Exception {
        server.start(atServer);
        int port = server.port();
        try (CoapClientMtp client =
                Peers.client("coap://127.0.0.1:" + port + "/usp", Peers.terms().withTransmission(Peers.IMPATIENT))) {
            client.start(atClient);
            MtpConnection own = atClient.skipTo(Event.Connected.class).connection();
            server.close();
            own.send(Peers.record(Peers.AGENT, "is anybody there"));
            assertThat(atClient.next(Event.Disconnected.class).reason()).isEqualTo("it does not answer");
            assertThatThrownBy(() -> own.send(Peers.record(Peers.AGENT, "again")))
                    .isInstanceOf(IOException.class);
            server = new CoapServerMtp(CoapServerConfig.at("127.0.0.1", port, Peers.terms()));
            server.start(atServer);
            atClient.skipTo(Event.Connected.class).connection().send(Peers.record(Peers.AGENT, "back"));
            assertThat(atServer.skipTo(Event.Received.class).record()).isEqualTo(Peers.record(Peers.AGENT, "back"));
        }
    }

    @Test
    void what_was_sent_last_arrives_before_a_connection_closes() throws Exception {
        try (CoapClientMtp _ = client()) {
            MtpConnection own = atClient.nextConnected();
            own.send(Peers.large(Peers.AGENT, 5000));
            own.close(CloseReason.NORMAL);
            assertThat(atServer.skipTo(Event.Received.class).record()).isEqualTo(Peers.large(Peers.AGENT, 5000));
            assertThat(atClient.next(Event.Disconnected.class).reason()).isEqualTo("closed by us: NORMAL");
        }
    }

    @Test
    void a_client_that_closes_ends_its_connection_after_what_was_sent_last() throws Exception {
        CoapClientMtp client = client();
        atClient.nextConnected().send(Peers.record(Peers.AGENT, "goodbye"));
        client.close();
        assertThat(atServer.skipTo(Event.Received.class).record()).isEqualTo(Peers.record(Peers.AGENT, "goodbye"));
        MtpConnection _ = atClient.next(Event.Disconnected.class).connection();
        client.close();
    }

    @Test
    void more_than_the_queue_takes_is_refused_at_once() throws Exception {
        server = new CoapServerMtp(
                CoapServerConfig.at("127.0.0.1", 0, Peers.terms().withLimits(new ConnectionLimits(1000, 2, 5000))));
        server.start(atServer);
        try (RawCoap peer = new RawCoap(server.port())) {
            assertThat(peer.ask(peer.post(1, Peers.AGENT + "\n"))).isEqualTo(0x44);
            MtpConnection connection = atServer.nextConnected();
            // the peer answers nothing, so the first two stay
            connection.send(Peers.record(Peers.CONTROLLER, "1"));
            connection.send(Peers.record(Peers.CONTROLLER, "2"));
            assertThatThrownBy(() -> connection.send(Peers.record(Peers.CONTROLLER, "3")))
                    .isInstanceOf(QueueFullException.class);
        }
    }

    @Test
    void newcomers_beyond_what_the_turnstile_lets_through_are_asked_to_come_later() throws Exception {
        Turnstile turnstile = new Turnstile(1, 1, () -> 0);
        server = new CoapServerMtp(
                CoapServerConfig.at("127.0.0.1", 0, Peers.terms()).behind(turnstile));
        server.start(atServer);
        try (RawCoap first = new RawCoap(server.port());
                RawCoap second = new RawCoap(server.port())) {
            assertThat(first.ask(first.post(1, Peers.AGENT + "\n"))).isEqualTo(0x44);
            second.send(second.post(1, Peers.AGENT + "\n"));
            RawCoap.Message later = second.receive();
            assertThat(later.code()).isEqualTo(0xa3);
            // Max-Age (14): one second
            assertThat(later.rest()).isEqualTo("d10101");
            assertThat(first.ask(first.post(2, Peers.AGENT + "\n"))).isEqualTo(0x44);
            assertThat(turnstile.takeTurnedAway()).containsEntry("coap", 1L);
        }
    }

    @Test
    void a_taken_port_is_told_with_its_address() throws Exception {
        server.start(atServer);
        CoapServerMtp second = new CoapServerMtp(CoapServerConfig.at("127.0.0.1", server.port(), Peers.terms()));
        assertThatThrownBy(() -> second.start(atServer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on coap://127.0.0.1:" + server.port() + "/usp");
        second.close();
    }

    @Test
    void a_server_says_where_it_is() throws Exception {
        server = new CoapServerMtp(
                CoapServerConfig.at("127.0.0.1", 0, Peers.terms()).withPath("/a/b"));
        assertThat(server.address()).isEmpty();
        server.start(atServer);
        assertThat(server.address()).hasValue(new MtpAddress("coap", false, "127.0.0.1", server.port(), "/a/b"));
        assertThat(server.description()).isEqualTo("coap://127.0.0.1:" + server.port() + "/a/b");
        try (CoapClientMtp client = Peers.client(server, Peers.terms())) {
            client.start(atClient);
            atClient.nextConnected().send(Peers.record(Peers.AGENT, "x"));
            assertThat(atServer.skipTo(Event.Received.class).record()).isEqualTo(Peers.record(Peers.AGENT, "x"));
        }
        server.close();
        assertThat(server.address()).isEmpty();
    }

    @Test
    void addresses_that_are_none_are_refused_in_words() {
        assertThatThrownBy(() -> CoapClientConfig.to("coap://", Peers.terms()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no address of a CoAP resource");
        assertThatThrownBy(() -> CoapClientConfig.to("coaps://127.0.0.1/usp", Peers.terms()))
                .hasMessageContaining("needs a certificate of our own");
        assertThatThrownBy(
                        () -> CoapServerConfig.at("127.0.0.1", 0, Peers.terms()).withPath("usp"))
                .hasMessageContaining("begins with a slash");
    }
}
