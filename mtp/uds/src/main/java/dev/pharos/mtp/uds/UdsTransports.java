// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The event loops that all servers and clients of this process share. They live while at least one is
/// started. The JDK's own channels are used and no native library, so that this transport runs wherever
/// Java does.
final class UdsTransports {
    private static final Object LOCK = new Object();
    private static @Nullable UdsTransports current;
    private static int users;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            new DefaultThreadFactory("pharos-uds", true),
            NioIoHandler.newFactory());

    private UdsTransports() {}

    static UdsTransports acquire() {
        synchronized (LOCK) {
            UdsTransports shared = current;
            if (shared == null) {
                shared = new UdsTransports();
                current = shared;
            }
            users++;
            return shared;
        }
    }

    /// Gives back what [#acquire()] gave, once.
    void release() {
        synchronized (LOCK) {
            users--;
            if (users == 0) {
                current = null;
                loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(FailureLog.LISTENER);
            }
        }
    }

    EventLoopGroup loops() {
        return loops;
    }
}
