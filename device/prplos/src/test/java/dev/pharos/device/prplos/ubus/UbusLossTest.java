// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.pharos.testkit.ubus.UbusDaemon;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A ubusd that goes, comes again, or is none.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class UbusLossTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder = Path.of("");

    private Path socket() {
        return folder.resolve("ubus.sock");
    }

    private UbusClient client() {
        return UbusClient.open(UbusConfig.at(socket()).withPause(Duration.ofMillis(10)));
    }

    @Test
    void all_comes_back_when_ubusd_does() throws Exception {
        try (UbusDaemon daemon = UbusDaemon.at(socket());
                UbusClient server = client();
                UbusClient other = client()) {
            BlockingQueue<UbusEvent> heard = new LinkedBlockingQueue<>();
            server.serve(UbusConversation.echo("echo"));
            other.listen("news", heard::add);
            other.subscribe("echo", heard::add);
            assertThat(other.invoke("echo", "echo", UbusTable.EMPTY, PATIENCE)).hasSize(1);

            daemon.stop();
            await().atMost(PATIENCE).until(() -> !other.awaitConnected(Duration.ZERO));
            daemon.start();

            await().atMost(PATIENCE).until(() -> !other.lookup("echo", PATIENCE).isEmpty() && server.isWatched("echo"));
            assertThat(other.invoke("echo", "echo", UbusTable.EMPTY, PATIENCE)).hasSize(1);
            server.send("news", UbusTable.EMPTY, PATIENCE);
            assertThat(heard.take().name()).isEqualTo("news");
            server.notify("echo", "changed", UbusTable.EMPTY, PATIENCE);
            assertThat(heard.take().name()).isEqualTo("changed");
            assertThat(daemon.invoked()).containsExactly("echo echo", "echo echo");
        }
    }

    @Test
    void a_call_fails_at_once_when_ubusd_goes_and_the_next_one_waits_for_it() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        UbusObject object = new UbusObject(
                "hang",
                Map.of(
                        "hang",
                        UbusMethod.of(call -> {
                            begun.countDown();
                            new CountDownLatch(1).await();
                            return List.of();
                        }),
                        "quick",
                        UbusMethod.of(call -> List.of())));
        try (UbusDaemon daemon = UbusDaemon.at(socket());
                UbusClient server = client();
                UbusClient caller = client()) {
            server.serve(object);
            Thread.ofVirtual().start(() -> {
                try {
                    begun.await();
                    daemon.stop();
                } catch (IOException | InterruptedException broken) {
                    throw new IllegalStateException(broken);
                }
            });

            // the object is offered once the server is connected, which may be later than the caller
            await().atMost(PATIENCE)
                    .until(() -> !caller.lookup("hang", PATIENCE).isEmpty());
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> caller.invoke("hang", "hang", UbusTable.EMPTY, PATIENCE))
                    .withMessageContaining("ubusd has closed the connection");
            await().atMost(PATIENCE).until(() -> !caller.awaitConnected(Duration.ofMillis(1)));
            assertThatExceptionOfType(UbusException.class)
                    .isThrownBy(() -> caller.invoke("hang", "quick", UbusTable.EMPTY, Duration.ofMillis(50)))
                    .satisfies(away -> assertThat(away.status()).isEqualTo(UbusStatus.CONNECTION_FAILED));
            daemon.start();
            await().atMost(PATIENCE)
                    .until(() -> !caller.lookup("hang", PATIENCE).isEmpty());
            assertThat(caller.invoke("hang", "quick", UbusTable.EMPTY, PATIENCE))
                    .isEmpty();
        }
    }

    @Test
    void a_client_may_be_there_before_ubusd() throws Exception {
        try (UbusClient client = client()) {
            client.serve(UbusConversation.echo("early"));
            assertThat(client.awaitConnected(Duration.ofMillis(30))).isFalse();
            try (UbusDaemon daemon = UbusDaemon.at(socket());
                    UbusClient caller = client()) {
                assertThat(client.awaitConnected(PATIENCE)).isTrue();
                assertThat(caller.invoke("early", "echo", UbusTable.EMPTY, PATIENCE))
                        .hasSize(1);
                assertThat(daemon.socket()).isEqualTo(socket());
            }
        }
    }

    @Test
    void a_closed_client_calls_no_more() throws Exception {
        UbusClient client = client();
        client.close();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> client.invoke("any", "any", UbusTable.EMPTY, PATIENCE))
                .withMessageContaining("closed");
    }

    @Test
    void what_offers_no_more_is_no_longer_looked_for_by_its_old_id() throws Exception {
        try (UbusDaemon daemon = UbusDaemon.at(socket());
                UbusClient caller = client()) {
            for (int round = 0; round < 2; round++) {
                try (UbusClient server = client()) {
                    server.serve(UbusConversation.echo("moving"));
                    assertThat(server.awaitConnected(PATIENCE)).isTrue();
                    assertThat(caller.invoke("moving", "echo", UbusTable.EMPTY, PATIENCE))
                            .hasSize(1);
                }
                await().atMost(PATIENCE)
                        .until(() -> caller.lookup("moving", PATIENCE).isEmpty());
            }
            assertThat(daemon.invoked()).hasSize(2);
        }
    }

    /// What a liar sends after its greeting: a message of an impossible length; one of an unknown type and an
    /// answer that nobody asked for, after which the connection is still good.
    @ParameterizedTest
    @ValueSource(strings = {"000100010000000000000003", "0001000100000000ffffffff", "00ff"})
    void a_liar_is_left(String lie) throws Exception {
        try (ServerSocketChannel liar = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            liar.bind(UnixDomainSocketAddress.of(socket()));
            try (UbusClient client = client()) {
                SocketChannel channel = liar.accept();
                channel.write(hex("00000000a42d3ee500000004"));
                assertThat(client.awaitConnected(PATIENCE)).isTrue();
                channel.write(hex(lie));
                if (lie.length() < 24) {
                    channel.close();
                }
                await().atMost(PATIENCE).until(() -> !client.awaitConnected(Duration.ZERO));
                channel.close();
            }
        }
    }

    @Test
    void what_nobody_asked_for_and_nobody_knows_is_passed_over() throws Exception {
        try (ServerSocketChannel liar = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            liar.bind(UnixDomainSocketAddress.of(socket()));
            try (UbusClient client = client();
                    SocketChannel channel = liar.accept()) {
                channel.write(hex("00000000a42d3ee500000004" + "002a00010000000000000004"
                        + "00010007000000000000000c0100000800000000" + "000300010000000000000004"));
                assertThat(client.awaitConnected(PATIENCE)).isTrue();
                // a call of an object that we do not have
                channel.write(hex("0005000211111111000000180300000822222222" + "0400000678000000" + "07000004"));
                ByteBuffer answer = ByteBuffer.allocate(28);
                while (answer.hasRemaining()) {
                    channel.read(answer);
                }
                assertThat(answer.array())
                        .asHexString()
                        .isEqualToIgnoringCase("0001000211111111000000140100000800000004" + "0300000822222222");
                assertThat(client.awaitConnected(Duration.ZERO)).isTrue();
            }
        }
    }

    private static ByteBuffer hex(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}
