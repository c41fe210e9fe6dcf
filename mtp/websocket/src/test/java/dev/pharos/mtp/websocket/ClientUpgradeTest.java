// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A client and what a server, written by hand, may answer it.
class ClientUpgradeTest {
    private static final EndpointId AGENT = EndpointId.of("proto::agent");
    private static final int BINARY = 2;

    private final RecordingReceiver receiver = new RecordingReceiver();
    private ServerSocket listener;
    private WebSocketClientMtp client;

    @BeforeEach
    void dial() throws IOException {
        listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(90_000);
        client = new WebSocketClientMtp(
                WebSocketClientConfig.to(URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/usp?site=7"), AGENT)
                        .withBackoff(new RetryBackoff(Duration.ofMillis(50), 1500)));
        client.start(receiver);
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
        client.close();
    }

    /// @param protocol the line that names the sub-protocol, or nothing
    private static String answer(String request, String protocol) {
        Matcher key = Pattern.compile("(?i)Sec-WebSocket-Key: (\\S+)").matcher(request);
        assertThat(key.find()).isTrue();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                            .getBytes(StandardCharsets.US_ASCII));
            return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n" + protocol + "\r\n";
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    @Requirement("R-WS.10")
    void every_request_offers_the_subprotocol() throws IOException {
        for (int attempt = 0; attempt < 3; attempt++) {
            try (RawPeer server = new RawPeer(listener.accept())) {
                assertThat(server.head())
                        .startsWith("GET /usp?site=7&eid=proto::agent HTTP/1.1")
                        .containsIgnoringCase("\r\nSec-WebSocket-Protocol: v1.usp\r\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Sec-WebSocket-Protocol: chat\r\n", "Sec-WebSocket-Protocol: \r\n"})
    @Requirement("R-WS.12")
    void an_answer_without_the_subprotocol_ends_the_attempt_and_the_next_one_may_succeed(String wrong)
            throws IOException {
        try (RawPeer server = new RawPeer(listener.accept())) {
            server.write(answer(server.head(), wrong));
            assertThat(receiver.next(Event.Refused.class).reason()).isNotEmpty();
            assertThat(server.rest()).as("no frame follows").isEmpty();
        }
        try (RawPeer server = new RawPeer(listener.accept())) {
            server.write(answer(server.head(), "Sec-WebSocket-Protocol: v1.usp\r\n"));
            receiver.nextConnected();
        }
    }

    @Test
    @Requirement("R-WS.19")
    void a_server_that_asks_to_be_left_alone_for_a_second_is_not_dialled_before() throws IOException {
        try (RawPeer server = new RawPeer(listener.accept())) {
            assertThat(server.head()).isNotEmpty();
            server.write("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");
        }
        assertThat(receiver.next(Event.Refused.class).reason()).contains("503");
        long refused = System.nanoTime();
        try (RawPeer server = new RawPeer(listener.accept())) {
            assertThat(Duration.ofNanos(System.nanoTime() - refused))
                    .as("without, it is 75 ms at most")
                    .isGreaterThan(Duration.ofMillis(900));
            server.write(answer(server.head(), "Sec-WebSocket-Protocol: v1.usp\r\n"));
            receiver.nextConnected();
        }
    }

    @Test
    @Requirement("R-WS.14a")
    void a_large_record_leaves_as_one_frame() throws IOException {
        byte[] content = new byte[1_000_000];
        new Random(3).nextBytes(content);
        try (RawPeer server = new RawPeer(listener.accept())) {
            server.write(answer(server.head(), "Sec-WebSocket-Protocol: v1.usp\r\n"));
            MtpConnection connection = receiver.nextConnected();
            connection.send(Bytes.copyOf(content));
            RawPeer.Frame frame = server.frame();
            assertThat(frame.last()).isTrue();
            assertThat(frame.opcode()).isEqualTo(BINARY);
            assertThat(frame.payload()).isEqualTo(Bytes.copyOf(content));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ws://controller.example/usp, controller.example, 80",
        "wss://controller.example/usp?a=b, controller.example, 443",
        "WS://[2001:db8::1]:8183/, 2001:db8::1, 8183",
        "ws://192.0.2.1, 192.0.2.1, 80"
    })
    @Requirement("R-WS.1")
    void a_server_is_named_by_a_websocket_uri(String uri, String host, int port) {
        WebSocketClientConfig config = WebSocketClientConfig.to(URI.create(uri), AGENT);
        assertThat(config.host()).isEqualTo(host);
        assertThat(config.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://controller.example/usp",
                "controller.example/usp",
                "ws:/usp",
                "ws://controller.example/usp#part",
                "ws://user@controller.example/usp"
            })
    @Requirement("R-WS.1")
    void what_is_no_websocket_uri_is_refused(String uri) {
        assertThatThrownBy(() -> WebSocketClientConfig.to(URI.create(uri), AGENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(uri);
    }
}
