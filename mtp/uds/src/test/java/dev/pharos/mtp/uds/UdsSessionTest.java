// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.PausingReceiver;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Server and client of this transport against each other, over real sockets.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class UdsSessionTest {
    private static final EndpointId AGENT = EndpointId.of("proto::agent%2D1");
    private static final EndpointId CONTROLLER = EndpointId.of("proto::controller");
    private static final ReconnectPause SOON = new ReconnectPause(Duration.ofMillis(20), Duration.ofMillis(60));

    private final RecordingReceiver atServer = new RecordingReceiver();
    private final RecordingReceiver atClient = new RecordingReceiver();

    @TempDir
    private Path folder = Path.of("");

    private Path path = Path.of("");
    private UdsServerMtp server = new UdsServerMtp(UdsServerConfig.at(path, CONTROLLER));
    private UdsClientMtp client = new UdsClientMtp(UdsClientConfig.to(path, AGENT));

    @BeforeEach
    void make_both_ends() {
        path = folder.resolve("usp");
        server = new UdsServerMtp(UdsServerConfig.at(path, CONTROLLER));
        client = new UdsClientMtp(UdsClientConfig.to(path, AGENT).withPause(SOON));
    }

    private void startBoth() throws IOException {
        server.start(atServer);
        client.start(atClient);
    }

    @AfterEach
    void close_both() {
        client.close();
        server.close();
    }

    @Test
    @Requirement({"R-UDS.2", "R-UDS.3", "R-UDS.4", "R-UDS.16", "R-UDS.17"})
    void records_travel_both_ways_and_each_side_knows_the_other() throws IOException {
        startBoth();
        MtpConnection toAgent = atServer.nextConnected();
        MtpConnection toController = atClient.nextConnected();
        assertThat(toAgent.peer().endpointId()).contains(AGENT);
        assertThat(toController.peer().endpointId()).contains(CONTROLLER);
        assertThat(toAgent.connectInfo()).isEqualTo(new ConnectInfo.Uds());
        toController.send(Bytes.ofUtf8("hello"));
        assertThat(atServer.nextRecord()).isEqualTo(Bytes.ofUtf8("hello"));
        toAgent.send(Bytes.EMPTY);
        assertThat(atClient.nextRecord()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void the_kernel_says_that_the_peer_runs_as_the_same_user() throws IOException {
        startBoth();
        String user = ProcessHandle.current().info().user().orElseThrow();
        assertThat(atServer.nextConnected().peer()).satisfies(peer -> {
            assertThat(peer.loopback()).isTrue();
            assertThat(peer.address()).isEqualTo("unix:" + path + " user " + user);
        });
        assertThat(atClient.nextConnected().peer().loopback()).isTrue();
    }

    @Test
    void many_records_of_all_sizes_arrive_unchanged_and_in_order() throws IOException {
        startBoth();
        MtpConnection toController = atClient.nextConnected();
        atServer.nextConnected();
        Random random = new Random(7);
        for (int size : new int[] {0, 1, 1023, 65_535, 65_536, 1_000_000, 5 * 1024 * 1024}) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            toController.send(Bytes.copyOf(content));
            assertThat(atServer.nextRecord()).isEqualTo(Bytes.adopt(content));
        }
        for (int i = 0; i < 200; i++) {
            toController.send(Bytes.ofUtf8("n" + i));
        }
        for (int i = 0; i < 200; i++) {
            assertThat(atServer.nextRecord()).isEqualTo(Bytes.ofUtf8("n" + i));
        }
    }

    @Test
    @Requirement("R-UDS.5")
    void a_client_dials_anew_after_a_loss_and_while_nobody_listens() throws IOException {
        client.start(atClient);
        assertThat(atClient.next(Event.Refused.class).peer().address()).isEqualTo("unix:" + path);
        server.start(atServer);
        assertThat(atClient.skipTo(Event.Connected.class).connection().isOpen()).isTrue();
        atServer.nextConnected().close(CloseReason.NORMAL);
        atClient.next(Event.Disconnected.class);
        atClient.skipTo(Event.Connected.class);
        atServer.skipTo(Event.Connected.class);
    }

    @Test
    @Requirement("R-UDS.5")
    void the_pause_is_any_time_from_one_to_five_seconds_however_often_it_failed() {
        Random random = new Random(5);
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        for (int i = 0; i < 10_000; i++) {
            long pause = ReconnectPause.DEFAULT.next(random).toMillis();
            assertThat(pause).isBetween(1000L, 5000L);
            shortest = Math.min(shortest, pause);
            longest = Math.max(longest, pause);
        }
        assertThat(shortest).isLessThan(1010);
        assertThat(longest).isGreaterThan(4990);
        assertThat(UdsClientConfig.to(path, AGENT).pause()).isEqualTo(ReconnectPause.DEFAULT);
    }

    @Test
    void an_end_by_us_is_told_to_both_receivers_once() throws IOException {
        startBoth();
        MtpConnection toAgent = atServer.nextConnected();
        atClient.nextConnected();
        toAgent.close(CloseReason.REPLACED);
        toAgent.close(CloseReason.REPLACED);
        assertThat(atServer.next(Event.Disconnected.class).reason()).contains("REPLACED");
        assertThat(atClient.next(Event.Disconnected.class).reason()).contains("this endpoint has connected anew");
        assertThat(toAgent.isOpen()).isFalse();
        assertThatThrownBy(() -> toAgent.send(Bytes.EMPTY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void a_peer_that_does_not_read_fills_its_queue_and_nothing_else() throws IOException {
        ConnectionLimits narrow = new ConnectionLimits(1 << 20, 8, 1 << 20);
        server = new UdsServerMtp(UdsServerConfig.at(path, CONTROLLER).withLimits(narrow));
        startBoth();
        MtpConnection toAgent = atServer.nextConnected();
        MtpConnection toController = atClient.nextConnected();
        toController.reading(false);
        Bytes big = Bytes.adopt(new byte[300_000]);
        await().untilAsserted(() -> assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        toAgent.send(big);
                    }
                })
                .isInstanceOf(QueueFullException.class));
        assertThat(toAgent.isOpen()).isTrue();
        toController.reading(true);
        assertThat(atClient.nextRecord()).isEqualTo(big);
        await().untilAsserted(() -> toAgent.send(Bytes.ofUtf8("after")));
        Bytes last = atClient.nextRecord();
        while (!last.equals(Bytes.ofUtf8("after"))) {
            assertThat(last).isEqualTo(big);
            last = atClient.nextRecord();
        }
    }

    @Test
    void a_receiver_that_stops_with_each_record_is_given_one_at_a_time_of_all_that_came_at_once() throws IOException {
        PausingReceiver slow = new PausingReceiver();
        server.start(slow);
        client.start(atClient);
        MtpConnection toController = atClient.nextConnected();
        MtpConnection toAgent = slow.nextConnected();
        for (int i = 0; i < 200; i++) {
            toController.send(Bytes.ofUtf8("record " + i));
        }
        for (int i = 0; i < 200; i++) {
            assertThat(slow.nextRecord(toAgent)).isEqualTo(Bytes.ofUtf8("record " + i));
        }
        assertThat(slow.unasked()).isZero();
    }

    @Test
    void what_was_sent_before_a_close_still_arrives() throws IOException {
        startBoth();
        MtpConnection toAgent = atServer.nextConnected();
        atClient.nextConnected();
        toAgent.send(Bytes.ofUtf8("farewell"));
        toAgent.close(CloseReason.NORMAL);
        assertThat(atClient.nextRecord()).isEqualTo(Bytes.ofUtf8("farewell"));
        atClient.next(Event.Disconnected.class);
    }

    @Test
    void a_stopped_server_ends_its_connections_and_takes_its_socket_away() throws IOException {
        startBoth();
        atServer.nextConnected();
        atClient.nextConnected();
        server.close();
        atClient.next(Event.Disconnected.class);
        assertThat(path).doesNotExist();
        assertThat(folder).isEmptyDirectory();
    }
}
