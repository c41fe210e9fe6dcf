// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.testkit.PausingReceiver;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Peers who do what they should not: they are told so with the right code, people read why, and nobody else
/// notices.
class HostileCoapPeerTest {
    private static final byte[] HELLO = (Peers.AGENT + "\nhello").getBytes(StandardCharsets.UTF_8);

    private final RecordingReceiver receiver = new RecordingReceiver();
    private CoapServerMtp server = Peers.server(Peers.terms());

    private RawCoap attacker() throws Exception {
        server.start(receiver);
        return new RawCoap(server.port());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void assertRefused(String reason) {
        assertThat(receiver.next(Event.Refused.class).reason()).contains(reason);
    }

    @Test
    void another_method_another_path_and_another_format_are_told_so() throws Exception {
        try (RawCoap peer = attacker()) {
            for (int code : new int[] {0x03, 0x04}) {
                byte[] request =
                        new RawCoap.Builder(code, 10 + code, 1).path("usp").bare();
                assertThat(peer.ask(request)).isEqualTo(0x85);
                assertRefused("4.05 Method Not Allowed");
            }
            // so others look whether somebody is there, and nobody needs to read of it
            assertThat(peer.ask(
                            new RawCoap.Builder(RawCoap.GET, 1, 1).path("usp").bare()))
                    .isEqualTo(0x85);
            assertThat(peer.ask(new RawCoap.Builder(RawCoap.POST, 20, 1)
                            .path("other")
                            .query(peer.replyTo())
                            .payload(HELLO)))
                    .isEqualTo(0x84);
            assertRefused("4.04 Not Found");
            assertThat(peer.ask(new RawCoap.Builder(RawCoap.POST, 21, 1)
                            .path("usp")
                            .contentFormat(50)
                            .query(peer.replyTo())
                            .payload(HELLO)))
                    .isEqualTo(0x8f);
            assertRefused("4.15 Unsupported Content Format");
        }
    }

    @Test
    void what_is_no_record_is_answered_with_4_00() throws Exception {
        try (RawCoap peer = attacker()) {
            assertThat(peer.ask(peer.post(1, "no line at all"))).isEqualTo(0x80);
            assertRefused("4.00 Bad Request: not a Record");
            assertThat(peer.ask(new RawCoap.Builder(RawCoap.POST, 2, 1)
                            .path("usp")
                            .query(peer.replyTo())
                            .bare()))
                    .isEqualTo(0x80);
            assertRefused("not a Record");
        }
    }

    @Test
    void a_critical_option_that_is_unknown_and_a_proxy_are_refused() throws Exception {
        try (RawCoap peer = attacker()) {
            assertThat(peer.ask(new RawCoap.Builder(RawCoap.POST, 1, 1)
                            .path("usp")
                            .query(peer.replyTo())
                            .option(65, (byte) 1)
                            .payload(HELLO)))
                    .isEqualTo(0x82);
            assertThat(peer.ask(new RawCoap.Builder(RawCoap.POST, 2, 1)
                            .option(35, "coap://192.0.2.1/x".getBytes(StandardCharsets.UTF_8))
                            .payload(HELLO)))
                    .isEqualTo(0xa5);
            assertRefused("5.05 Proxy Not Supported");
        }
    }

    @Test
    void nobody_has_answers_sent_to_another_host() throws Exception {
        try (RawCoap peer = attacker()) {
            for (String query : new String[] {"reply-to=coap://192.0.2.9:5683/usp", "x=1", "reply-to=%"}) {
                assertThat(peer.ask(new RawCoap.Builder(RawCoap.POST, query.length(), 1)
                                .path("usp")
                                .query(query)
                                .payload(HELLO)))
                        .isEqualTo(0x80);
                assertRefused("reply-to");
            }
            assertThat(receiver.pending()).isEmpty();
        }
    }

    @Test
    void who_does_not_answer_gets_one_small_request_and_none_of_our_records() throws Exception {
        server = Peers.server(Peers.terms().withTransmission(Peers.IMPATIENT));
        try (RawCoap forger = attacker();
                RawCoap victim = new RawCoap(server.port())) {
            // The victim's port in the place of its address: on this host, sources cannot be told apart otherwise.
            int asked = forger.ask(new RawCoap.Builder(RawCoap.POST, 1, 1)
                    .path("usp")
                    .query(victim.replyTo())
                    .payload(HELLO));
            assertThat(asked).isEqualTo(0x44);
            MtpConnection connection = receiver.nextConnected();
            connection.send(Peers.large(Peers.CONTROLLER, 100_000));
            assertThat(receiver.skipTo(Event.Disconnected.class).reason())
                    .contains("not reached where it wants its answers");
            int bytes = 0;
            for (Optional<RawCoap.Message> next = victim.receiveWithin(300);
                    next.isPresent();
                    next = victim.receiveWithin(300)) {
                assertThat(next.get().code()).isEqualTo(RawCoap.GET);
                bytes += next.get().bytes().size();
            }
            assertThat(bytes).isBetween(1, 2 * 40);
        }
    }

    @Test
    void a_record_too_large_is_refused_from_its_first_block_on() throws Exception {
        server = Peers.server(Peers.terms().withLimits(new ConnectionLimits(1000, 4, 4000)));
        try (RawCoap peer = attacker()) {
            byte[] block = Arrays.copyOf(HELLO, 1024);
            peer.send(new RawCoap.Builder(RawCoap.POST, 1, 1)
                    .path("usp")
                    .query(peer.replyTo())
                    .block(0, true, 6)
                    .payload(block));
            assertThat(peer.receive().code()).isEqualTo(0x8d);
            assertRefused("4.13 Request Entity Too Large: a record of more than 1000 bytes");
            assertThat(peer.ask(new RawCoap.Builder(RawCoap.POST, 2, 1)
                            .path("usp")
                            .query(peer.replyTo())
                            .payload(block)))
                    .isEqualTo(0x8d);
        }
    }

    @Test
    void who_claims_to_be_another_has_no_part_in_the_others_connection() throws Exception {
        try (RawCoap peer = attacker()) {
            assertThat(peer.ask(peer.post(1, Peers.AGENT + "\nmine"))).isEqualTo(0x44);
            MtpConnection own = receiver.nextConnected();
            assertThat(receiver.nextRecord()).isEqualTo(Peers.record(Peers.AGENT, "mine"));
            assertThat(peer.ask(peer.post(2, "os::00256D-2\nforged"))).isEqualTo(0x44);
            MtpConnection forged = receiver.nextConnected();
            assertThat(forged).isNotEqualTo(own);
            assertThat(forged.peer().endpointId()).hasToString("Optional[os::00256D-2]");
            assertThat(own.isOpen()).isTrue();
        }
    }

    @Test
    void while_the_receiver_takes_nothing_senders_wait_and_beyond_a_bound_are_asked_to_come_later() throws Exception {
        PausingReceiver pausing = new PausingReceiver();
        server.start(pausing);
        try (RawCoap peer = new RawCoap(server.port())) {
            assertThat(peer.ask(peer.post(1, Peers.AGENT + "\n1"))).isEqualTo(0x44);
            MtpConnection connection = pausing.nextConnected();
            for (int id = 2; id < 2 + Limits.HELD_RECORDS; id++) {
                peer.send(peer.post(id, Peers.AGENT + "\n" + id));
                // acknowledged, without a response yet
                assertThat(peer.receive().hex()).isEqualTo(String.format("6000%04x", id));
            }
            assertThat(peer.ask(peer.post(99, Peers.AGENT + "\nmore"))).isEqualTo(0xa3);
            for (int id = 1; id < 2 + Limits.HELD_RECORDS; id++) {
                assertThat(pausing.nextRecord(connection)).isEqualTo(Peers.record(Peers.AGENT, Integer.toString(id)));
                if (id > 1) {
                    RawCoap.Message late = peer.receive();
                    assertThat(late.code()).isEqualTo(0x44);
                    peer.send(new byte[] {
                        0x60, 0, late.bytes().at(2), late.bytes().at(3)
                    });
                }
            }
            assertThat(pausing.unasked()).isZero();
        }
    }

    @Test
    void an_agent_takes_records_from_its_controller_only() throws Exception {
        RecordingReceiver atClient = new RecordingReceiver();
        server.start(receiver);
        try (CoapClientMtp client = Peers.client(server, Peers.terms())) {
            client.start(atClient);
            atClient.nextConnected().send(Peers.record(Peers.AGENT, "hello"));
            String address = receiver.nextConnected().peer().address();
            int port = Integer.parseInt(address.replaceAll(".*:(\\d+)/.*", "$1"));
            try (RawCoap stranger = new RawCoap(port)) {
                assertThat(stranger.ask(stranger.post(1, Peers.CONTROLLER + "\nobey")))
                        .isEqualTo(0x83);
            }
            assertThat(atClient.pending()).isEmpty();
        }
    }

    @Test
    void a_peer_that_answers_with_an_error_has_no_connection_any_more() throws Exception {
        try (RawCoap peer = attacker()) {
            assertThat(peer.ask(peer.post(1, Peers.AGENT + "\n"))).isEqualTo(0x44);
            MtpConnection connection = receiver.nextConnected();
            Bytes _ = receiver.nextRecord();
            connection.send(Peers.record(Peers.CONTROLLER, "question"));
            peer.answer(peer.receive(), 0x85);
            peer.answer(peer.receive(), 0x84);
            assertThat(receiver.next(Event.Disconnected.class).reason())
                    .isEqualTo("it answered 4.04 Not Found to a record");
            assertThat(connection.isOpen()).isFalse();
        }
    }
}
