// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.acs.Calling.Login;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Calls to devices that answer in all the ways that devices do: each answer of the script is for one request.
class ConnectionRequestsTest {
    private static final Login LOGIN = new Login("us", "word");
    private static final String CHALLENGE =
            "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"box\", nonce=\"abc\", qop=\"auth\"\r\n%s"
                    + "Content-Length: 0\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final ConnectionRequests calls = new ConnectionRequests(Bytes.copyOf(new byte[] {1, 2, 3}));
    private final String url = "http://127.0.0.1:" + socket.getLocalPort() + "/x?y=1";

    ConnectionRequestsTest() throws IOException {}

    @AfterEach
    void it_stops() throws IOException {
        calls.close();
        socket.close();
    }

    /// A device that gives these answers, one after the other; an empty one ends the connection.
    private void device(String... answers) {
        Thread.ofVirtual().start(() -> {
            int next = 0;
            try {
                while (next < answers.length) {
                    try (Socket connection = socket.accept()) {
                        boolean open = true;
                        while (open && next < answers.length) {
                            String head = head(connection);
                            open = !head.isEmpty();
                            if (open) {
                                requests.add(head);
                                String answer = answers[next];
                                next++;
                                connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                                open = !answer.isEmpty() && !answer.contains("Connection: close");
                            }
                        }
                    }
                }
            } catch (SocketException stopped) {
                // the test is over
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    private static String head(Socket connection) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = connection.getInputStream().read();
            if (read < 0) {
                return "";
            }
            head.append((char) read);
        }
        return head.toString();
    }

    @Test
    void a_device_that_wants_a_digest_gets_one_and_comes() {
        device(CHALLENGE.formatted(""), OK);
        assertThat(calls.call(url, LOGIN)).isEmpty();
        assertThat(requests.getFirst()).startsWith("GET /x?y=1 HTTP/1.1\r\n").doesNotContain("Authorization");
        assertThat(requests.get(1))
                .contains("username=\"us\"", "uri=\"/x?y=1\"", "realm=\"box\"", "qop=auth")
                .doesNotContain("word");
    }

    @Test
    void one_that_wants_no_login_comes_too_and_one_that_hangs_up_after_its_challenge() {
        device("HTTP/1.1 204 No Content\r\n\r\n", CHALLENGE.formatted(""), "", OK);
        assertThat(calls.call(url, LOGIN)).isEmpty();
        assertThat(calls.call(url, LOGIN)).isEmpty();
    }

    @Test
    void a_password_is_not_sent_in_clear() {
        device("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"box\"\r\nContent-Length: 0\r\n\r\n");
        assertThat(calls.call(url, LOGIN))
                .hasValueSatisfying(why -> assertThat(why).contains("Digest"));
    }

    @Test
    void whoever_does_not_come_is_said_why() {
        device(
                CHALLENGE.formatted(""),
                CHALLENGE.formatted(""),
                "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 302 Over there\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
                "no HTTP\r\n\r\n",
                "no HTTP\r\n\r\n");
        assertThat(calls.call(url, LOGIN)).contains("it does not take our login for calls");
        assertThat(calls.call(url, LOGIN)).contains("it is busy, or called too often");
        assertThat(calls.call(url, LOGIN)).contains("it answers a call with the status 302");
        assertThat(calls.call(url, LOGIN)).contains("the call broke off");
        assertThat(requests).noneMatch(request -> request.contains("127.0.0.1:1/"));
    }

    @Test
    void nobody_there_and_a_silent_one_are_told_apart() throws IOException {
        assertThat(calls.call(url, LOGIN))
                .hasValueSatisfying(why -> assertThat(why).contains("does not answer"));
        socket.close();
        assertThat(calls.call(url, LOGIN))
                .hasValueSatisfying(why -> assertThat(why).contains("nobody listens"));
    }

    @Test
    void each_device_has_a_login_of_its_own_which_stays() {
        EndpointId one = EndpointId.of("os::00256D-1");
        EndpointId other = EndpointId.of("os::00256D-2");
        Login login = calls.loginFor(one).orElseThrow();
        assertThat(calls.loginFor(one)).contains(login);
        assertThat(calls.loginFor(other).orElseThrow().password()).isNotEqualTo(login.password());
        assertThat(login.username()).matches("pharos-[0-9a-f]{16}");
        assertThat(login.password()).hasSize(32);
        assertThat(login.toString()).doesNotContain(login.password());
        try (ConnectionRequests later = new ConnectionRequests(Bytes.copyOf(new byte[] {3, 2, 1}))) {
            assertThat(later.loginFor(one).orElseThrow().username()).isNotEqualTo(login.username());
        }
    }
}
