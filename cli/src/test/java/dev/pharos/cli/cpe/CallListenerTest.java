// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.usp.http.HttpChallenge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Where an ACS calls a device, over real connections.
class CallListenerTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final AtomicInteger calls = new AtomicInteger();
    private Optional<CallListener.Login> login = Optional.of(new CallListener.Login("acs", "word"));
    private boolean willing = true;
    private final HttpClient client = HttpClient.newHttpClient();
    private final CallListener listener = CallListener.open(ANY, "/path", new CallListener.Callee() {
        @Override
        public Optional<CallListener.Login> login() {
            return login;
        }

        @Override
        public boolean called() {
            calls.incrementAndGet();
            return willing;
        }
    });

    CallListenerTest() throws IOException {}

    @AfterEach
    void it_stops() {
        client.shutdownNow();
        listener.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(listener.url()).resolve(path));
    }

    private int call(String name, String word) throws IOException, InterruptedException {
        HttpResponse<String> challenge = send(at("/path"));
        assertThat(challenge.statusCode()).isEqualTo(401);
        String answer = HttpChallenge.answer(
                        HttpChallenge.parse(challenge.headers().allValues("WWW-Authenticate")),
                        new HttpChallenge.Login(name, word, "GET", "/path"),
                        () -> "n")
                .orElseThrow();
        return send(at("/path").header("Authorization", answer)).statusCode();
    }

    @Test
    void who_has_the_login_has_a_session_opened_and_nobody_else() throws Exception {
        assertThat(listener.url()).matches("http://127\\.0\\.0\\.1:\\d+/path");
        assertThat(call("acs", "word")).isEqualTo(200);
        assertThat(calls).hasValue(1);
        assertThat(call("acs", "other word")).isEqualTo(401);
        assertThat(call("other", "word")).isEqualTo(401);
        String basic = "Basic YWNzOndvcmQ=";
        assertThat(send(at("/path").header("Authorization", basic)).statusCode())
                .isEqualTo(401);
        login = Optional.empty();
        assertThat(call("acs", "word")).isEqualTo(401);
        assertThat(call("", "")).isEqualTo(401);
        assertThat(calls).hasValue(1);
    }

    @Test
    void other_paths_and_methods_and_no_http_are_refused() throws Exception {
        assertThat(send(at("/")).statusCode()).isEqualTo(404);
        assertThat(send(at("/path").POST(HttpRequest.BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(405);
        try (Socket socket =
                new Socket(ANY.getAddress(), URI.create(listener.url()).getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(("GET /path" + "x".repeat(10_000)).getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 400 ");
        }
        assertThat(calls).hasValue(0);
    }

    @Test
    void a_device_that_opens_no_session_says_so_and_so_does_one_that_is_called_too_often() throws Exception {
        willing = false;
        assertThat(call("acs", "word")).isEqualTo(503);
        willing = true;
        int status = 200;
        for (int i = 0; i < 100 && status == 200; i++) {
            status = call("acs", "word");
        }
        assertThat(status).isEqualTo(503);
        assertThat(calls.get()).isLessThan(100);
    }

    @Test
    void a_place_that_is_taken_is_named() {
        int port = URI.create(listener.url()).getPort();
        assertThatThrownBy(() -> CallListener.open(
                        new InetSocketAddress(ANY.getAddress(), port), "/", new CallListener.Callee() {
                            @Override
                            public Optional<CallListener.Login> login() {
                                return Optional.empty();
                            }

                            @Override
                            public boolean called() {
                                return false;
                            }
                        }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(":" + port);
    }
}
