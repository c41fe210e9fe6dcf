// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics.capture;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.pharos.usp.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Optional;

/// What passes one link of the host, or all of them: a packet(7) socket. Used by one thread, opened and closed by any.
public final class PacketSocket implements Closeable {
    private static final int AF_PACKET = 17;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_RAW = 3;
    private static final int CLOEXEC = 0x80000;
    private static final short ALL_PROTOCOLS = 3;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_TIMESTAMPNS = 64;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_AUXDATA = 8;
    private static final int MSG_TRUNC = 0x20;
    private static final int EPERM = 1;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int ENETDOWN = 100;

    private static final int ADDRESS_BYTES = 20;
    private static final int MESSAGE_BYTES = 56;
    private static final int CONTROL_BYTES = 256;
    private static final int CONTROL_HEADER = 16;
    private static final int OUTGOING = 4;
    private static final int LOOPBACK = 772;
    private static final int VLAN_VALID = 0x10;
    private static final int VLAN_TPID_VALID = 0x40;
    private static final short USUAL_TPID = (short) 0x8100;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment state = arena.allocate(NativeCalls.CAPTURE);
    private final MemorySegment buffer = arena.allocate(CaptureBounds.SNAP, 8);
    private final MemorySegment sender = arena.allocate(ADDRESS_BYTES, 4);
    private final MemorySegment control = arena.allocate(CONTROL_BYTES, 8);
    private final MemorySegment part = arena.allocate(16, 8);
    private final MemorySegment message = arena.allocate(MESSAGE_BYTES, 8);
    private final NativeCalls calls;
    private final LinkKind kind;
    private final int descriptor;

    /// @param raw whether packets come with the header of their link
    private PacketSocket(NativeCalls calls, boolean raw, String link) throws IOException {
        this.calls = calls;
        // it hears nothing before it is bound to its link
        descriptor = calls.socket(state, AF_PACKET, (raw ? SOCK_RAW : SOCK_DGRAM) | CLOEXEC, 0);
        try {
            must("socket", descriptor);
            setUp(link.isEmpty() ? 0 : index(link));
            kind = raw ? LinkKind.of(hardware()) : LinkKind.COOKED;
        } catch (IOException failed) {
            if (descriptor >= 0) {
                calls.close(state, descriptor);
            }
            arena.close();
            throw failed;
        }
    }

    /// Listens to one link.
    ///
    /// @param link its name
    /// @throws NoSuchFileException where the host has no such link
    /// @throws IOException where this system or its policy lets us have no such socket
    public static PacketSocket of(String link) throws IOException {
        NativeCalls calls = NativeCalls.load();
        PacketSocket socket = new PacketSocket(calls, true, link);
        if (socket.kind != LinkKind.COOKED) {
            return socket;
        }
        socket.close();
        return new PacketSocket(calls, false, link);
    }

    /// Listens to all links.
    ///
    /// @throws IOException where this system or its policy lets us have no such socket
    public static PacketSocket ofAll() throws IOException {
        return new PacketSocket(NativeCalls.load(), false, "");
    }

    private int index(String link) throws NoSuchFileException {
        int index = calls.index(state, arena.allocateFrom(link));
        if (index <= 0) {
            throw new NoSuchFileException(link);
        }
        return index;
    }

    private int hardware() throws IOException {
        must("getsockname", calls.bound(state, descriptor, sender, arena.allocate(JAVA_INT)));
        return Short.toUnsignedInt(sender.get(JAVA_SHORT, 8));
    }

    private void setUp(int link) throws IOException {
        MemorySegment number = arena.allocate(JAVA_INT);
        number.set(JAVA_INT, 0, CaptureBounds.SOCKET_BUFFER);
        must("setsockopt", calls.option(state, descriptor, SOL_SOCKET, SO_RCVBUF, number));
        number.set(JAVA_INT, 0, 1);
        must("setsockopt", calls.option(state, descriptor, SOL_PACKET, PACKET_AUXDATA, number));
        // a kernel that knows no such times lets us look at the clock ourselves
        int _ = calls.option(state, descriptor, SOL_SOCKET, SO_TIMESTAMPNS, number);
        MemorySegment wait = arena.allocate(JAVA_LONG, 2);
        wait.set(JAVA_LONG, 8, CaptureBounds.LOOK.toNanos() / 1_000);
        must("setsockopt", calls.option(state, descriptor, SOL_SOCKET, SO_RCVTIMEO, wait));
        MemorySegment address = arena.allocate(ADDRESS_BYTES, 4);
        address.set(JAVA_SHORT, 0, (short) AF_PACKET);
        address.set(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2, ALL_PROTOCOLS);
        address.set(JAVA_INT, 4, link);
        must("bind", calls.bind(state, descriptor, address));
        part.set(ADDRESS, 0, buffer);
        part.set(JAVA_LONG, 8, buffer.byteSize());
    }

    /// What the packets of this socket begin with.
    public LinkKind kind() {
        return kind;
    }

    /// The next packet.
    ///
    /// @return empty where none came for a moment; then it may be asked for again
    public Optional<Packet> receive() throws IOException {
        message.fill((byte) 0);
        message.set(ADDRESS, 0, sender);
        message.set(JAVA_INT, 8, ADDRESS_BYTES);
        message.set(ADDRESS, 16, part);
        message.set(JAVA_LONG, 24, 1);
        message.set(ADDRESS, 32, control);
        message.set(JAVA_LONG, 40, CONTROL_BYTES);
        long length = calls.receive(state, descriptor, message, MSG_TRUNC);
        if (length < 0) {
            // a link that goes down may come up again
            if (length == -EAGAIN || length == -EINTR || length == -ENETDOWN) {
                return Optional.empty();
            }
            throw new IOException("recvmsg failed with errno " + -length);
        }
        boolean twice =
                sender.get(JAVA_BYTE, 10) == OUTGOING && Short.toUnsignedInt(sender.get(JAVA_SHORT, 8)) == LOOPBACK;
        return twice ? Optional.empty() : Optional.of(packet((int) Math.min(length, Integer.MAX_VALUE - 64)));
    }

    /// What the kernel says of a packet beside its bytes.
    ///
    /// @param tag the four bytes of a VLAN tag that it has taken out; empty where there was none
    private record Beside(Instant time, Bytes tag) {}

    private Packet packet(int length) {
        Beside beside = beside();
        int kept = (int) Math.min(length, buffer.byteSize());
        Bytes made = kind == LinkKind.COOKED ? cooked() : Bytes.EMPTY;
        Bytes whole = kind.whole(made, beside.tag(), buffer.asSlice(0, kept).asByteBuffer());
        return new Packet(beside.time(), whole.size() + length - kept, whole);
    }

    /// Of whom it came, as the kernel says.
    private Bytes cooked() {
        return Bytes.adopt(ByteBuffer.allocate(LinkKind.COOKED_HEADER)
                .putShort(sender.get(JAVA_BYTE, 10))
                .putShort(sender.get(JAVA_SHORT, 8))
                .putShort((short) Byte.toUnsignedInt(sender.get(JAVA_BYTE, 11)))
                .put(sender.asSlice(12, 8).asByteBuffer())
                .putShort(sender.get(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2))
                .array());
    }

    private Beside beside() {
        Instant time = Instant.EPOCH;
        Bytes tag = Bytes.EMPTY;
        long end = Math.min(message.get(JAVA_LONG, 40), CONTROL_BYTES);
        for (long at = 0; at + CONTROL_HEADER <= end; ) {
            long size = control.get(JAVA_LONG, at);
            if (size < CONTROL_HEADER || size > end - at) {
                break;
            }
            int level = control.get(JAVA_INT, at + 8);
            int type = control.get(JAVA_INT, at + 12);
            long body = at + CONTROL_HEADER;
            if (level == SOL_SOCKET && type == SO_TIMESTAMPNS && size >= CONTROL_HEADER + 16) {
                time = Instant.ofEpochSecond(control.get(JAVA_LONG, body), control.get(JAVA_LONG, body + 8));
            } else if (level == SOL_PACKET && type == PACKET_AUXDATA && size >= CONTROL_HEADER + 20) {
                tag = tag(control.asSlice(body, 20));
            }
            at += (size + 7) & ~7L;
        }
        return new Beside(time.equals(Instant.EPOCH) ? Instant.now() : time, tag);
    }

    /// @param auxiliary a `tpacket_auxdata`
    static Bytes tag(MemorySegment auxiliary) {
        int status = auxiliary.get(JAVA_INT, 0);
        if ((status & VLAN_VALID) == 0) {
            return Bytes.EMPTY;
        }
        short tpid = (status & VLAN_TPID_VALID) == 0 ? USUAL_TPID : auxiliary.get(JAVA_SHORT, 18);
        return Bytes.adopt(ByteBuffer.allocate(4)
                .putShort(tpid)
                .putShort(auxiliary.get(JAVA_SHORT, 16))
                .array());
    }

    private static void must(String function, int result) throws IOException {
        if (result == -EPERM) {
            throw new IOException("the agent may not see packets here: it needs CAP_NET_RAW, as root has it");
        }
        if (result < 0) {
            throw new IOException(function + " failed with errno " + -result);
        }
    }

    /// By the thread that receives, or once nobody does.
    @Override
    public void close() {
        int _ = calls.close(state, descriptor);
        arena.close();
    }
}
