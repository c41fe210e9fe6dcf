// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.udp.StunMessage;
import dev.pharos.cwmp.udp.UdpCall;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A device that asks for its address outside, beside a STUN server that does what a test says.
class StunBindingTest {
    private static final InetSocketAddress OUTSIDE =
            new InetSocketAddress(InetAddress.ofLiteral("203.0.113.9"), 40_000);

    private final DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final BlockingQueue<String> happened = new LinkedBlockingQueue<>();
    private Optional<CallListener.Login> login = Optional.of(new CallListener.Login("us", "word"));
    private final StunBinding binding = new StunBinding(new StunBinding.Home() {
        @Override
        public Optional<CallListener.Login> login() {
            return login;
        }

        @Override
        public void called() {
            happened.add("called");
        }

        @Override
        public void seen(Optional<InetSocketAddress> outside, boolean translated) {
            happened.add(outside.map(Object::toString).orElse("nowhere") + " " + translated);
        }
    });

    StunBindingTest() throws IOException {
        server.setSoTimeout(30_000);
    }

    @BeforeEach
    void it_begins() {
        binding.settle(Optional.of(settings()));
    }

    @AfterEach
    void it_ends() {
        binding.close();
        server.close();
    }

    private StunBinding.Settings settings() {
        return settings("stun", "secret");
    }

    private StunBinding.Settings settings(String username, String password) {
        return new StunBinding.Settings(
                "127.0.0.1", server.getLocalPort(), Duration.ofMillis(300), new CallListener.Login(username, password));
    }

    private record Asked(StunMessage question, SocketAddress from) {}

    private Asked asked() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
        server.receive(packet);
        return new Asked(
                StunMessage.decode(Bytes.copyOf(Arrays.copyOf(packet.getData(), packet.getLength())))
                        .orElseThrow(),
                packet.getSocketAddress());
    }

    private void send(Bytes datagram, SocketAddress to) throws IOException {
        byte[] bytes = datagram.toByteArray();
        server.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private String next() throws InterruptedException {
        return Optional.ofNullable(happened.poll(30, TimeUnit.SECONDS)).orElse("nothing");
    }

    /// Answers until the device knows where it is: a question that a newer one has followed is of no more interest.
    private SocketAddress bound() throws Exception {
        InetSocketAddress own = (InetSocketAddress) server.getLocalSocketAddress();
        SocketAddress device;
        do {
            Asked asked = asked();
            device = asked.from();
            send(asked.question().bindingResponse(OUTSIDE, own).encode(), device);
        } while (happened.isEmpty());
        assertThat(next()).isEqualTo("/203.0.113.9:40000 true");
        return device;
    }

    @Test
    void it_asks_again_and_again_and_tells_only_what_is_new() throws Exception {
        SocketAddress device = bound();
        InetSocketAddress own = (InetSocketAddress) server.getLocalSocketAddress();
        for (int i = 0; i < 2; i++) {
            Asked again = asked();
            assertThat(again.from()).isEqualTo(device);
            send(again.question().bindingResponse(OUTSIDE, own).encode(), again.from());
        }
        Asked last = asked();
        InetSocketAddress untranslated = (InetSocketAddress) last.from();
        send(last.question().bindingResponse(untranslated, own).encode(), last.from());
        assertThat(next()).isEqualTo(untranslated + " false");
        assertThat(happened).isEmpty();
    }

    @Test
    void an_answer_to_another_question_counts_for_nothing() throws Exception {
        Asked asked = asked();
        StunMessage other = StunMessage.bindingRequest(Bytes.ofHex("00".repeat(16)));
        InetSocketAddress own = (InetSocketAddress) server.getLocalSocketAddress();
        send(other.bindingResponse(OUTSIDE, own).encode(), asked.from());
        send(Bytes.ofUtf8("nonsense"), asked.from());
        send(Bytes.EMPTY, asked.from());
        assertThat(happened.poll(500, TimeUnit.MILLISECONDS)).isNull();
        bound();
    }

    @Test
    void a_call_counts_once_however_many_copies_come_and_an_older_one_not_at_all() throws Exception {
        SocketAddress device = bound();
        Bytes call = UdpCall.signed(1_000, 1, "us", "n", "word").encode("203.0.113.9:40000");
        for (int i = 0; i < 3; i++) {
            send(call, device);
        }
        assertThat(next()).isEqualTo("called");
        send(UdpCall.signed(999, 2, "us", "n", "word").encode("x:1"), device);
        send(UdpCall.signed(1_001, 3, "us", "n", "another").encode("x:1"), device);
        send(UdpCall.signed(1_001, 3, "them", "n", "word").encode("x:1"), device);
        assertThat(happened.poll(500, TimeUnit.MILLISECONDS)).isNull();
        send(UdpCall.signed(1_001, 4, "us", "n", "word").encode("x:1"), device);
        assertThat(next()).isEqualTo("called");
    }

    @Test
    void nobody_may_call_before_there_is_a_login() throws Exception {
        login = Optional.empty();
        SocketAddress device = bound();
        send(UdpCall.signed(1_000, 1, "", "n", "").encode("x:1"), device);
        assertThat(happened.poll(500, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void a_server_that_falls_silent_is_asked_on_and_the_address_is_not_known_any_more() throws Exception {
        bound();
        for (int i = 0; i < Limits.STUN_TRIES; i++) {
            asked();
        }
        assertThat(next()).isEqualTo("nowhere false");
        bound();
    }

    @Test
    void where_it_is_not_wanted_nothing_is_asked() throws Exception {
        bound();
        binding.settle(Optional.empty());
        assertThat(next()).isEqualTo("nowhere false");
        server.setSoTimeout(700);
        int more = 0;
        try {
            while (more < 3) {
                asked();
                more++;
            }
        } catch (java.net.SocketTimeoutException silence) {
            // what had been sent before it stopped
        }
        assertThat(more).isLessThan(2);
        server.setSoTimeout(30_000);
        binding.settle(Optional.of(settings()));
        bound();
    }

    /// Refuses what is not signed until it is.
    private Asked signed() throws IOException {
        Asked asked = asked();
        while (!asked.question().isSigned()) {
            send(
                    asked.question()
                            .refusal(StunMessage.UNAUTHORIZED, "Unauthorized")
                            .encode(),
                    asked.from());
            asked = asked();
        }
        return asked;
    }

    @Test
    void a_server_that_wants_a_signature_gets_one_and_has_to_show_one() throws Exception {
        InetSocketAddress own = (InetSocketAddress) server.getLocalSocketAddress();
        Asked asked = signed();
        assertThat(asked.question().username()).contains("stun");
        assertThat(asked.question().isSignedWith("secret")).isTrue();
        // somebody who does not know the password answers for the server
        send(asked.question().bindingResponse(OUTSIDE, own).encode(), asked.from());
        send(asked.question().bindingResponse(OUTSIDE, own).signed("", "wrong").encode(), asked.from());
        assertThat(happened).isEmpty();
        do {
            asked = asked();
            assertThat(asked.question().isSigned()).isTrue();
            send(
                    asked.question()
                            .bindingResponse(OUTSIDE, own)
                            .signed("", "secret")
                            .encode(),
                    asked.from());
        } while (happened.isEmpty());
        assertThat(next()).isEqualTo("/203.0.113.9:40000 true");
    }

    @Test
    void without_a_name_it_signs_nothing_and_wrong_signatures_are_not_repeated_in_haste() throws Exception {
        binding.settle(Optional.of(settings("", "secret")));
        for (int i = 0; i < 2; i++) {
            Asked asked = asked();
            assertThat(asked.question().isSigned()).isFalse();
            send(
                    asked.question()
                            .refusal(StunMessage.UNAUTHORIZED, "Unauthorized")
                            .encode(),
                    asked.from());
        }
        binding.settle(Optional.of(settings("stun", "old")));
        Asked asked = signed();
        long began = System.nanoTime();
        send(
                asked.question()
                        .refusal(StunMessage.WRONG_INTEGRITY, "Integrity Check Failure")
                        .encode(),
                asked.from());
        Asked again = asked();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(100));
        assertThat(again.question().isSigned()).isTrue();
        assertThat(happened).allMatch(each -> each.startsWith("nowhere"));
    }
}
