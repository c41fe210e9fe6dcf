// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import dev.pharos.testkit.TestAuthority.Files;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A TLS listener on streams, over TCP or a UNIX domain socket, as those see it who mean no good.
public record StreamDoor(SocketAddress address) implements HostileIdentities.Door {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int ANSWER_BYTES = 4096;

    private interface Conversation {
        void hold(SocketChannel channel, ByteArrayOutputStream heard) throws IOException, GeneralSecurityException;
    }

    @Override
    public String encrypted(Optional<Files> shown, byte[] opening) throws IOException {
        return heard((channel, heard) -> {
            ChannelTls tls = ChannelTls.over(channel, RecklessTls.context(shown));
            tls.write(opening);
            for (int next = tls.read(); next >= 0 && heard.size() < ANSWER_BYTES; next = tls.read()) {
                heard.write(next);
            }
        });
    }

    @Override
    public String plain(byte[] opening) throws IOException {
        return said(opening);
    }

    @Override
    public String outdated() throws IOException {
        return said(OldHello.TLS_1_1.toByteArray());
    }

    @Override
    public boolean knowsItsPeers() {
        return true;
    }

    private String said(byte[] bytes) throws IOException {
        return heard((channel, heard) -> {
            channel.write(ByteBuffer.wrap(bytes));
            ByteBuffer next = ByteBuffer.allocate(ANSWER_BYTES);
            while (channel.read(next.clear()) >= 0 && heard.size() < ANSWER_BYTES) {
                heard.write(next.array(), 0, next.position());
            }
        });
    }

    /// What was heard until the end.
    private String heard(Conversation conversation) throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try (SocketChannel channel = SocketChannel.open(address);
                ExecutorService own = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> ended = own.submit(() -> {
                conversation.hold(channel, heard);
                return heard;
            });
            try {
                ended.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException undecided) {
                // which ends what it waits for
                List<Runnable> _ = own.shutdownNow();
                throw new AssertionError(
                        "neither let in nor turned away, answered with '" + heard.toString(StandardCharsets.ISO_8859_1)
                                + "'",
                        undecided);
            } catch (ExecutionException hungUp) {
                if (!(hungUp.getCause() instanceof IOException)) {
                    throw new AssertionError("the attack could not be made", hungUp);
                }
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }
        return heard.toString(StandardCharsets.ISO_8859_1);
    }
}
