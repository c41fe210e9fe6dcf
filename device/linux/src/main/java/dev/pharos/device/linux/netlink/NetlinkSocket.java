// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.netlink;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.NoSuchElementException;
import java.util.Optional;

/// A `NETLINK_ROUTE` socket of the C library. Received from by one thread at a time; sent to by any.
final class NetlinkSocket implements Closeable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int NETLINK_ROUTE = 0;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int ENOBUFS = 105;
    private static final int ADDRESS_BYTES = 12;
    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final long ERRNO = CAPTURE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private final Arena arena = Arena.ofShared();
    private final MethodHandle receive;
    private final MethodHandle send;
    private final MethodHandle close;
    private final int descriptor;
    private final MemorySegment state = arena.allocate(CAPTURE);
    private final MemorySegment buffer = arena.allocate(NetlinkBounds.BUFFER, 8);
    private final MemorySegment sender = arena.allocate(ADDRESS_BYTES, 4);
    private final MemorySegment senderLength = arena.allocate(JAVA_INT);

    /// A call of a native function, which may fail in any way.
    @FunctionalInterface
    private interface Downcall {
        long run() throws Throwable;
    }

    /// @param groups the announcements to hear, a mask of `RTMGRP_…`
    /// @throws IOException where this system or its policy lets us have no such socket
    static NetlinkSocket open(int groups) throws IOException {
        try {
            return new NetlinkSocket(groups);
        } catch (IllegalCallerException | NoSuchElementException | UnsupportedOperationException unavailable) {
            throw new IOException("native calls are not available: " + unavailable.getMessage(), unavailable);
        }
    }

    private NetlinkSocket(int groups) throws IOException {
        MethodHandle socket = handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        MethodHandle bind = handle("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        MethodHandle option =
                handle("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        receive = handle(
                "recvfrom", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));
        send = handle("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
        close = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        descriptor = (int)
                must("socket", () -> (int) socket.invokeExact(state, AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_ROUTE));
        try {
            MemorySegment size = arena.allocate(JAVA_INT);
            size.set(JAVA_INT, 0, NetlinkBounds.SOCKET_BUFFER);
            must("setsockopt", () ->
                    (int) option.invokeExact(state, descriptor, SOL_SOCKET, SO_RCVBUF, size, Integer.BYTES));
            MemorySegment address = arena.allocate(ADDRESS_BYTES, 4);
            address.set(JAVA_SHORT, 0, (short) AF_NETLINK);
            address.set(JAVA_INT, 8, groups);
            must("bind", () -> (int) bind.invokeExact(state, descriptor, address, ADDRESS_BYTES));
        } catch (IOException failed) {
            close();
            throw failed;
        }
    }

    // the module's purpose needs these six functions, and each is called with what its manual page wants
    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), type, Linker.Option.captureCallState("errno"));
    }

    /// Sends one message to the kernel.
    void send(byte[] message) throws IOException {
        try (Arena own = Arena.ofConfined()) {
            MemorySegment bytes = own.allocate(message.length, 4);
            bytes.copyFrom(MemorySegment.ofArray(message));
            MemorySegment failure = own.allocate(CAPTURE);
            long sent = run(() -> (long) send.invokeExact(failure, descriptor, bytes, (long) message.length, 0));
            if (sent != message.length) {
                throw new IOException("send failed with errno " + failure.get(JAVA_INT, ERRNO));
            }
        }
    }

    /// The next datagram of the kernel.
    ///
    /// @param wait whether to wait for one
    /// @return empty where there is none now
    /// @throws NetlinkOverrunException where some were lost
    Optional<ByteBuffer> receive(boolean wait) throws IOException {
        int flags = MSG_TRUNC | (wait ? 0 : MSG_DONTWAIT);
        while (true) {
            senderLength.set(JAVA_INT, 0, ADDRESS_BYTES);
            long length = run(() -> (long)
                    receive.invokeExact(state, descriptor, buffer, buffer.byteSize(), flags, sender, senderLength));
            if (length < 0) {
                int errno = state.get(JAVA_INT, ERRNO);
                if (errno == EAGAIN) {
                    return Optional.empty();
                }
                if (errno == ENOBUFS) {
                    throw new NetlinkOverrunException();
                }
                if (errno != EINTR) {
                    throw new IOException("recvfrom failed with errno " + errno);
                }
            } else if (length > buffer.byteSize()) {
                throw new NetlinkOverrunException();
            } else if (sender.get(JAVA_INT, 4) == 0) {
                // only the kernel has the port 0; other processes are not believed
                return Optional.of(buffer.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder()));
            }
        }
    }

    /// By the thread that receives, or once nobody does.
    @Override
    public void close() {
        run(() -> (int) close.invokeExact(state, descriptor));
        arena.close();
    }

    private long must(String function, Downcall call) throws IOException {
        long result = run(call);
        if (result < 0) {
            throw new IOException(function + " failed with errno " + state.get(JAVA_INT, ERRNO));
        }
        return result;
    }

    private static long run(Downcall call) {
        try {
            return call.run();
        } catch (RuntimeException | Error ours) {
            throw ours;
        } catch (Throwable impossible) {
            throw new IllegalStateException("a native call threw", impossible);
        }
    }
}
