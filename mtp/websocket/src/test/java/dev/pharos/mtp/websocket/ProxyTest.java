// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.pki.SubjectName;
import dev.pharos.testkit.ConnectProxy;
import dev.pharos.testkit.ConnectProxy.Manner;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A client that reaches its server through an HTTP proxy, both real.
class ProxyTest {
    private static final EndpointId AGENT = EndpointId.of("proto::agent");
    private static final EndpointId CONTROLLER = EndpointId.of("proto::controller");

    private final RecordingReceiver atServer = new RecordingReceiver();
    private final RecordingReceiver atClient = new RecordingReceiver();

    private static HttpProxy at(ConnectProxy proxy) {
        return HttpProxy.parse("http://127.0.0.1:" + proxy.port(), Optional.empty());
    }

    private static HttpProxy at(ConnectProxy proxy, String user, String password) {
        return HttpProxy.parse("http://" + user + "@127.0.0.1:" + proxy.port(), Optional.of(password));
    }

    private WebSocketClientMtp dial(String uri, HttpProxy proxy) throws IOException {
        return dial(WebSocketClientConfig.to(URI.create(uri), AGENT), proxy);
    }

    private WebSocketClientMtp dial(WebSocketClientConfig config, HttpProxy proxy) throws IOException {
        WebSocketClientMtp made =
                new WebSocketClientMtp(config.withBackoff(new RetryBackoff(Duration.ofMillis(100), 1000))
                        .through(proxy));
        made.start(atClient);
        return made;
    }

    @Test
    void records_pass_through_the_tunnel_and_the_proxy_looks_up_the_name() throws Exception {
        try (WebSocketServerMtp server = new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, CONTROLLER));
                ConnectProxy proxy = new ConnectProxy(new Manner.Opens())) {
            server.start(atServer);
            try (WebSocketClientMtp client = dial("ws://controller.invalid:" + server.port() + "/usp", at(proxy))) {
                MtpConnection toServer = atClient.nextConnected();
                atServer.nextConnected();
                toServer.send(Bytes.ofUtf8("hello"));
                assertThat(atServer.nextRecord()).isEqualTo(Bytes.ofUtf8("hello"));
                assertThat(proxy.asked()).containsExactly("CONNECT controller.invalid:" + server.port() + " HTTP/1.1");
                // The proxy is on this host; who is behind it need not be.
                assertThat(toServer.security()).isEqualTo(LinkSecurity.NONE);
                assertThat(toServer.peer().loopback()).isFalse();
                assertThat(client.description()).doesNotContain("127.0.0.1");
            }
        }
    }

    @Test
    void tls_is_with_the_server_and_not_with_the_proxy(@TempDir Path folder) throws Exception {
        TestAuthority authority = new TestAuthority(folder);
        TestAuthority.Files own = authority.issue(SubjectName.host("controller.invalid"));
        try (WebSocketServerMtp server = new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, CONTROLLER)
                        .withTls(TlsSettings.server(own.chain(), own.key())));
                ConnectProxy proxy = new ConnectProxy(new Manner.OpensTo("me", "secret"))) {
            server.start(atServer);
            URI uri = URI.create("wss://controller.invalid:" + server.port() + "/usp");
            try (WebSocketClientMtp client = dial(
                    WebSocketClientConfig.to(uri, AGENT).withTls(TlsSettings.trusting(authority.trusted())),
                    at(proxy, "me", "secret"))) {
                assertThat(atClient.nextConnected().security().encrypted()).isTrue();
                assertThat(client.description()).startsWith("wss://controller.invalid");
            }
        }
    }

    @Test
    void a_login_that_is_missing_or_wrong_is_told_without_the_password() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(new Manner.OpensTo("me", "secret"))) {
            try (WebSocketClientMtp without = dial("ws://controller.invalid/usp", at(proxy))) {
                assertThat(atClient.next(Event.Refused.class).reason())
                        .isEqualTo("the proxy 127.0.0.1:" + proxy.port() + " asks for a user name and a password");
                assertThat(without.description()).isNotEmpty();
            }
            try (WebSocketClientMtp wrong = dial("ws://controller.invalid/usp", at(proxy, "me", "guess"))) {
                assertThat(atClient.skipTo(Event.Refused.class).reason())
                        .doesNotContain("guess")
                        .satisfiesAnyOf(
                                reason -> assertThat(reason).contains("asks for a user name"),
                                reason -> assertThat(reason).contains("does not accept the user name and password"));
                assertThat(wrong.description()).doesNotContain("guess");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 403 Forbidden, opens no tunnel: 403 Forbidden",
        "HTTP/1.1 502 Bad Gateway, opens no tunnel: 502 Bad Gateway",
        "SSH-2.0-OpenSSH, answers what is no HTTP",
        "'', closed the connection",
    })
    void what_a_proxy_says_in_place_of_a_tunnel_is_told_and_tried_again(String answer, String reason) throws Exception {
        String said = answer.isEmpty() ? "" : answer + "\r\nContent-Length: 0\r\n\r\n";
        try (ConnectProxy proxy = new ConnectProxy(new Manner.Says(said));
                WebSocketClientMtp client = dial("ws://controller.invalid/usp", at(proxy))) {
            assertThat(atClient.next(Event.Refused.class).reason())
                    .isEqualTo("the proxy 127.0.0.1:" + proxy.port() + " " + reason);
            atClient.next(Event.Refused.class);
            assertThat(client.description()).isNotEmpty();
        }
    }

    @Test
    void a_proxy_that_is_not_there_is_named() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        HttpProxy gone = HttpProxy.parse("http://127.0.0.1:" + port, Optional.empty());
        try (WebSocketClientMtp client = dial("ws://controller.invalid/usp", gone)) {
            assertThat(atClient.next(Event.Refused.class).reason()).startsWith("the proxy 127.0.0.1:" + port + ": ");
            assertThat(client.description()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://proxy",
                "proxy:3128",
                "http://proxy/path",
                "http://",
                "http://me:secret@proxy",
                "http://me:secret @proxy",
                "http:secret@proxy",
                "%"
            })
    void an_address_that_is_none_of_a_proxy_is_refused_without_what_is_secret(String address) {
        assertThatThrownBy(() -> HttpProxy.parse(address, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("proxy")
                .hasMessageNotContaining("secret");
    }

    @Test
    void an_address_of_a_proxy_has_its_usual_port_and_no_password_in_its_text() {
        HttpProxy proxy = HttpProxy.parse("http://me@[::1]", Optional.of("secret"));

        assertThat(proxy).isEqualTo(new HttpProxy("::1", 3128, Optional.of(new HttpProxy.Login("me", "secret"))));
        assertThat(proxy.toString()).doesNotContain("secret");
        assertThat(proxy.address()).isEqualTo("[::1]:3128");
        assertThatThrownBy(() -> HttpProxy.parse("http://me@proxy", Optional.empty()))
                .hasMessageContaining("password");
    }
}
