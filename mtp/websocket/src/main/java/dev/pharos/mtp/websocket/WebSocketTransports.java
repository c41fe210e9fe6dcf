// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The event loops and the keep-alive that all WebSocket servers and clients of this process share, so that
/// nineteen thousand clients cost no more threads than one. They live while at least one transport is
/// started.
final class WebSocketTransports {
    private static final Object LOCK = new Object();
    private static @Nullable WebSocketTransports current;
    private static int users;

    private final EventLoopGroup loops;
    private final KeepAlive keepAlive = new KeepAlive();
    private final boolean epoll;

    private WebSocketTransports() {
        epoll = Epoll.isAvailable();
        IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        loops = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("pharos-websocket", true), handlers);
    }

    static WebSocketTransports acquire() {
        synchronized (LOCK) {
            WebSocketTransports shared = current;
            if (shared == null) {
                shared = new WebSocketTransports();
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
                keepAlive.stop();
                loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(FailureLog.LISTENER);
            }
        }
    }

    EventLoopGroup loops() {
        return loops;
    }

    KeepAlive keepAlive() {
        return keepAlive;
    }

    Class<? extends ServerSocketChannel> serverChannel() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    Class<? extends SocketChannel> clientChannel() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }
}
