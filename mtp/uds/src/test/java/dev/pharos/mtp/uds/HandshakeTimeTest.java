// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.EndpointId;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// How long each side waits for the other's handshake, on a channel whose time the test sets.
class HandshakeTimeTest {
    private final RecordingReceiver receiver = new RecordingReceiver();

    private EmbeddedChannel channel(boolean client) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        UdsConnection.End end = new UdsConnection.End(
                EndpointId.of("proto::own"), client, "unix:/x", ConnectionLimits.DEFAULT, () -> {});
        UdsConnection connection = new UdsConnection(channel, end, receiver);
        channel.pipeline().addLast(new FrameDecoder(), connection);
        channel.pipeline().fireChannelActive();
        return channel;
    }

    @Test
    @Requirement("R-UDS.18")
    void a_client_gives_a_silent_server_up_after_30_seconds() {
        EmbeddedChannel channel = channel(true);
        channel.<ByteBuf>readOutbound().release();
        channel.advanceTimeBy(29_900, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(200, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        assertThat(receiver.next(Event.Refused.class).reason()).isEqualTo("no handshake within 30 s");
        channel.releaseOutbound();
    }

    @Test
    void a_server_gives_a_silent_client_up_too_and_says_so() {
        EmbeddedChannel channel = channel(false);
        assertThat(channel.<ByteBuf>readOutbound()).isNull();
        channel.advanceTimeBy(30_100, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        assertThat(receiver.next(Event.Refused.class).reason()).isEqualTo("no handshake within 30 s");
        channel.releaseOutbound();
    }
}
