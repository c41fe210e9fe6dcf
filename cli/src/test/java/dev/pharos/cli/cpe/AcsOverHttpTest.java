// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pharos.cwmp.CwmpNamespace;
import dev.pharos.cwmp.rpc.GetRpcMethods;
import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.cwmp.soap.Received;
import dev.pharos.cwmp.soap.SoapHeader;
import dev.pharos.cwmp.soap.SoapWriter;
import dev.pharos.cwmp.soap.WritingQuirks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A device's messages over HTTP, to an ACS that does what each test says.
class AcsOverHttpTest {
    private static final Envelope MESSAGE =
            new Envelope(new CwmpNamespace(2), SoapHeader.ofId("1"), new GetRpcMethods());

    private final HttpServer acs = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private final List<String> cookies = new CopyOnWriteArrayList<>();
    private final List<Integer> lengths = new CopyOnWriteArrayList<>();

    AcsOverHttpTest() throws IOException {
        acs.start();
    }

    @AfterEach
    void it_stops() {
        acs.stop(0);
    }

    /// Answers one request.
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private void at(String path, Answer answer) {
        acs.createContext(path, exchange -> {
            logins.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            cookies.add(String.valueOf(exchange.getRequestHeaders().getFirst("Cookie")));
            lengths.add(exchange.getRequestBody().readAllBytes().length);
            answer.to(exchange);
            exchange.close();
        });
    }

    private static void send(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }

    private AcsOverHttp exchange(String username) throws NoSuchAlgorithmException {
        return exchange(username, Compression.DISABLED);
    }

    private AcsOverHttp exchange(String username, Compression compression) throws NoSuchAlgorithmException {
        return new AcsOverHttp(
                URI.create("http://127.0.0.1:" + acs.getAddress().getPort() + "/cwmp"),
                new AcsOverHttp.Login(username, "secret", false),
                SSLContext.getDefault(),
                compression);
    }

    private static void challenge(HttpExchange exchange, String... challenges) throws IOException {
        for (String each : challenges) {
            exchange.getResponseHeaders().add("WWW-Authenticate", each);
        }
        send(exchange, 401);
    }

    @Test
    void messages_and_nothing_go_there_and_back_with_the_cookies_that_were_given() throws Exception {
        at("/cwmp", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "a=1; Path=/elsewhere; HttpOnly");
            exchange.getResponseHeaders().add("Set-Cookie", "b=\"2\"");
            byte[] body = new SoapWriter(WritingQuirks.NONE).write(MESSAGE);
            if (lengths.getLast() > 0) {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            } else {
                send(exchange, 204);
            }
        });
        try (var acsExchange = exchange("")) {
            assertThat(acsExchange.post(Optional.of(MESSAGE))).isEqualTo(new Received.Message(MESSAGE));
            assertThat(acsExchange.post(Optional.empty())).isEqualTo(new Received.Nothing());
        }
        assertThat(cookies).containsExactly("null", "a=1; b=\"2\"");
    }

    @Test
    void a_challenge_is_answered_and_its_answer_shown_with_each_message_and_counted() throws Exception {
        at("/cwmp", exchange -> {
            if (logins.getLast().equals("null")) {
                challenge(exchange, "Basic realm=\"x\"", "Digest realm=\"x\", qop=\"auth\", nonce=\"n\"");
            } else {
                send(exchange, 204);
            }
        });
        try (var acsExchange = exchange("box")) {
            acsExchange.post(Optional.of(MESSAGE));
            acsExchange.post(Optional.empty());
        }
        assertThat(logins).hasSize(3);
        assertThat(logins.get(1)).startsWith("Digest username=\"box\"").contains("nc=00000001");
        assertThat(logins.get(2)).contains("nc=00000002").doesNotContain("secret");
    }

    @Test
    void a_login_that_is_not_taken_ends_it_and_so_does_none_where_one_is_wanted() throws Exception {
        at("/cwmp", exchange -> challenge(exchange, "Digest realm=\"x\", nonce=\"n" + logins.size() + "\""));
        try (var acsExchange = exchange("box")) {
            assertThatThrownBy(() -> acsExchange.post(Optional.of(MESSAGE)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("it does not take our login");
        }
        assertThat(logins).hasSize(1 + Limits.LOGINS);
        try (var acsExchange = exchange("")) {
            assertThatThrownBy(() -> acsExchange.post(Optional.of(MESSAGE))).hasMessage("it wants a login");
        }
    }

    @Test
    void it_goes_where_the_acs_sends_it_but_not_in_circles_and_not_where_others_can_read_it() throws Exception {
        at("/cwmp", exchange -> {
            exchange.getResponseHeaders().add("Location", "/there?x=1");
            send(exchange, 307);
        });
        at("/there", exchange -> send(exchange, 204));
        try (var acsExchange = exchange("")) {
            assertThat(acsExchange.post(Optional.of(MESSAGE))).isEqualTo(new Received.Nothing());
            acsExchange.post(Optional.empty());
        }
        assertThat(lengths).hasSize(3);
        acs.removeContext("/there");
        at("/there", exchange -> {
            exchange.getResponseHeaders().add("Location", "/cwmp");
            send(exchange, 302);
        });
        try (var acsExchange = exchange("")) {
            assertThatThrownBy(() -> acsExchange.post(Optional.empty())).hasMessageContaining("status 30");
        }
        acs.removeContext("/cwmp");
        at("/cwmp", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://acs.example/cwmp");
            send(exchange, 302);
        });
        try (var acsExchange = exchange("")) {
            assertThatThrownBy(() -> acsExchange.post(Optional.empty())).hasMessageContaining("do not go");
        }
    }

    @Test
    void what_is_no_envelope_is_said_to_be_none_and_another_status_ends_it() throws Exception {
        at("/cwmp", exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("oops!".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        });
        try (var acsExchange = exchange("")) {
            assertThat(acsExchange.post(Optional.empty())).isInstanceOf(Received.Malformed.class);
        }
        acs.removeContext("/cwmp");
        at("/cwmp", exchange -> send(exchange, 503));
        try (var acsExchange = exchange("")) {
            assertThatThrownBy(() -> acsExchange.post(Optional.empty())).hasMessage("it answers with the status 503");
        }
        acs.stop(0);
        try (var acsExchange = exchange("")) {
            assertThatThrownBy(() -> acsExchange.post(Optional.empty())).hasMessage("it cannot be reached");
        }
    }

    /// An ACS that knows compression, and answers in what it is asked in.
    private static void answerIn(HttpExchange exchange, byte[] asked) throws IOException {
        String coding = exchange.getRequestHeaders().getFirst("Content-Encoding");
        assertThat(exchange.getRequestHeaders().getFirst("Accept-Encoding")).isEqualTo(coding);
        InputStream whole = coding.equals("gzip")
                ? new GZIPInputStream(new ByteArrayInputStream(asked))
                : new InflaterInputStream(new ByteArrayInputStream(asked));
        assertThat(whole.readAllBytes()).isEqualTo(new SoapWriter(WritingQuirks.NONE).write(MESSAGE));
        byte[] body = Compression.of(coding.equals("gzip") ? "GZIP" : "Deflate")
                .compressed(new SoapWriter(WritingQuirks.NONE).write(MESSAGE));
        exchange.getResponseHeaders().add("Content-Encoding", coding);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    @Test
    void messages_are_compressed_both_ways_as_it_is_set() throws Exception {
        acs.createContext("/cwmp", exchange -> {
            answerIn(exchange, exchange.getRequestBody().readAllBytes());
            exchange.close();
        });
        for (Compression each : List.of(Compression.GZIP, Compression.DEFLATE)) {
            try (AcsOverHttp way = exchange("", each)) {
                assertThat(way.post(Optional.of(MESSAGE))).isEqualTo(new Received.Message(MESSAGE));
            }
        }
    }

    @Test
    void an_acs_that_does_not_know_compression_is_spoken_to_without() throws Exception {
        List<String> codings = new CopyOnWriteArrayList<>();
        acs.createContext("/cwmp", exchange -> {
            String coding = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            codings.add(coding);
            exchange.getRequestBody().readAllBytes();
            send(exchange, coding.equals("null") ? 204 : 415);
            exchange.close();
        });
        try (AcsOverHttp way = exchange("", Compression.GZIP)) {
            assertThat(way.post(Optional.of(MESSAGE))).isEqualTo(new Received.Nothing());
            assertThat(way.post(Optional.of(MESSAGE))).isEqualTo(new Received.Nothing());
        }
        assertThat(codings).containsExactly("gzip", "null", "null");
    }

    @Test
    void what_is_no_answer_in_its_coding_or_grows_too_large_is_refused() throws Exception {
        byte[] zeros = Compression.GZIP.compressed(new byte[dev.pharos.cwmp.Limits.ENVELOPE_BYTES + 1]);
        Map<String, byte[]> answers =
                Map.of("gzip", "no".getBytes(StandardCharsets.UTF_8), "br", new byte[] {1}, "x-gzip", zeros);
        List<String> next = new CopyOnWriteArrayList<>();
        acs.createContext("/cwmp", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = answers.getOrDefault(next.getLast(), new byte[0]);
            exchange.getResponseHeaders().add("Content-Encoding", next.getLast());
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        Map<String, String> reasons = Map.of(
                "gzip", "its answer is no gzip",
                "br", "it answers in a coding that is not understood here",
                "x-gzip", "its answer is larger than 16777216 bytes");
        for (Map.Entry<String, String> each : reasons.entrySet()) {
            next.add(each.getKey());
            try (AcsOverHttp way = exchange("")) {
                assertThatThrownBy(() -> way.post(Optional.of(MESSAGE)))
                        .isInstanceOf(IOException.class)
                        .hasMessage(each.getValue());
            }
        }
    }
}
