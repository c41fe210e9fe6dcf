// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InProcessMtpTest {
    private static final EndpointId AGENT = EndpointId.of("proto::agent");
    private static final EndpointId CONTROLLER = EndpointId.of("proto::controller");

    private final InProcessMtp.Pair pair = InProcessMtp.pair(AGENT, CONTROLLER, 3);
    private final RecordingReceiver atAgent = new RecordingReceiver();
    private final RecordingReceiver atController = new RecordingReceiver();

    @AfterEach
    void closePair() {
        pair.close();
    }

    private MtpConnection startBoth() throws IOException {
        pair.first().start(atAgent);
        pair.second().start(atController);
        MtpConnection connection = atAgent.nextConnected();
        assertThat(connection.peer().endpointId()).contains(CONTROLLER);
        return connection;
    }

    @Test
    void records_arrive_in_order_at_the_other_end() throws IOException {
        MtpConnection toController = startBoth();
        MtpConnection toAgent = atController.nextConnected();
        for (int i = 0; i < 3; i++) {
            toController.send(Bytes.ofUtf8("record " + i));
        }
        for (int i = 0; i < 3; i++) {
            assertThat(atController.nextRecord()).isEqualTo(Bytes.ofUtf8("record " + i));
        }
        toAgent.send(Bytes.ofUtf8("answer"));
        assertThat(atAgent.nextRecord()).isEqualTo(Bytes.ofUtf8("answer"));
    }

    @Test
    void a_full_queue_refuses_and_empties_when_reading_resumes() throws IOException {
        MtpConnection toController = startBoth();
        MtpConnection toAgent = atController.nextConnected();
        toAgent.reading(false);
        for (int i = 0; i < 3; i++) {
            toController.send(Bytes.ofUtf8("record " + i));
        }
        assertThatThrownBy(() -> toController.send(Bytes.EMPTY)).isInstanceOf(QueueFullException.class);
        assertThat(atController.pending()).isEmpty();
        toAgent.reading(true);
        for (int i = 0; i < 3; i++) {
            assertThat(atController.nextRecord()).isEqualTo(Bytes.ofUtf8("record " + i));
        }
    }

    @Test
    void a_closed_connection_is_told_to_both_and_can_be_made_anew() throws IOException {
        MtpConnection toController = startBoth();
        MtpConnection toAgent = atController.nextConnected();
        toController.close(CloseReason.NORMAL);
        atAgent.next(Event.Disconnected.class);
        atController.next(Event.Disconnected.class);
        assertThat(toAgent.isOpen()).isFalse();
        assertThatThrownBy(() -> toAgent.send(Bytes.EMPTY)).isInstanceOf(IOException.class);
        pair.reconnect();
        atAgent.nextConnected().send(Bytes.ofUtf8("again"));
        atController.nextConnected();
        assertThat(atController.nextRecord()).isEqualTo(Bytes.ofUtf8("again"));
        pair.cut("a digger");
        assertThat(atController.next(Event.Disconnected.class).reason()).isEqualTo("a digger");
    }

    @Test
    void closing_one_end_disconnects_the_other() throws IOException {
        startBoth();
        atController.nextConnected();
        pair.first().close();
        atController.next(Event.Disconnected.class);
        pair.reconnect();
        assertThat(atController.pending()).isEmpty();
    }

    @Test
    void a_manual_clock_moves_only_by_hand() {
        ManualClock clock = new ManualClock(Instant.EPOCH);
        var elsewhere = clock.withZone(ZoneId.of("Asia/Tokyo"));
        clock.advance(Duration.ofHours(2));
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH.plusSeconds(7200));
        assertThat(elsewhere.instant()).isEqualTo(clock.instant());
        clock.set(Instant.EPOCH);
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    }
}
