// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One address wants all connections of a web server.
class FairProtocolTest {
    private static final String REQUEST = "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n";

    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final FairProtocol protocol = new FairProtocol(2);
    private final Connector connector = new Connector(protocol);
    private final Tomcat tomcat = new Tomcat();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @BeforeEach
    void start() throws LifecycleException {
        protocol.tell((from, reason) -> refusals.add(from.getAddress().getHostAddress() + ": " + reason));
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(0);
        tomcat.setBaseDir(folder.toString());
        tomcat.setConnector(connector);
        // makes the one who answers, with 404 to everybody
        assertThat(tomcat.getHost()).isNotNull();
        tomcat.start();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private Socket from(String address) throws IOException {
        return new Socket(
                InetAddress.getLoopbackAddress(), connector.getLocalPort(), InetAddress.ofLiteral(address), 0);
    }

    /// Whether it is answered; the connection stays.
    private static boolean served(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            StringBuilder head = new StringBuilder();
            int next = socket.getInputStream().read();
            while (next >= 0 && !head.toString().endsWith("\r\n\r")) {
                head.append((char) next);
                next = socket.getInputStream().read();
            }
            return head.toString().startsWith("HTTP/1.1 ");
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void it_gets_its_share_and_others_are_served_and_who_leaves_makes_room() throws IOException {
        try (Socket first = from("127.0.0.2");
                Socket second = from("127.0.0.2");
                Socket third = from("127.0.0.2");
                Socket other = from("127.0.0.3")) {
            assertThat(served(first)).isTrue();
            assertThat(served(second)).isTrue();
            assertThat(served(third)).isFalse();
            assertThat(served(other)).isTrue();
            assertThat(refusals).containsExactly("127.0.0.2: too many connections at once, 2 from its address");
            assertThat(served(second)).as("it keeps what it has").isTrue();

            first.shutdownOutput();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                try (Socket again = from("127.0.0.2")) {
                    return served(again);
                }
            });
        }
    }
}
