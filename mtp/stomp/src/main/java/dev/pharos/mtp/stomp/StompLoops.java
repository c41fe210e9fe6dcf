// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The event loops that all STOMP sessions of this process share, so that thousands of them cost no more threads
/// than one. They live while at least one transport is started.
final class StompLoops {
    private static final Object LOCK = new Object();
    private static @Nullable StompLoops current;
    private static int users;

    private final EventLoopGroup loops;
    private final boolean epoll;

    private StompLoops() {
        epoll = Epoll.isAvailable();
        IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        loops = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("pharos-stomp", true), handlers);
    }

    static StompLoops acquire() {
        synchronized (LOCK) {
            StompLoops shared = current;
            if (shared == null) {
                shared = new StompLoops();
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

    Class<? extends SocketChannel> channel() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }
}
