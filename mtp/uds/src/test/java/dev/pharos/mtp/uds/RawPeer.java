// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/// A peer that writes exactly the bytes a test wants, and reads frames. Whoever waits for what never comes is
/// ended by the time limit of its test.
final class RawPeer implements Closeable {
    private final SocketChannel channel;

    RawPeer(SocketChannel channel) {
        this.channel = channel;
    }

    static RawPeer dial(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(path));
        return new RawPeer(channel);
    }

    /// A client that has shaken hands.
    static RawPeer known(Path path) throws IOException {
        RawPeer peer = dial(path);
        peer.handshake("proto::raw");
        peer.frame();
        return peer;
    }

    static ServerSocketChannel listen(Path path) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path));
        return listener;
    }

    void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    void hex(String hex) throws IOException {
        write(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    void handshake(String id) throws IOException {
        write(frameOf(1, id.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] frameOf(int type, byte[] value) {
        return ByteBuffer.allocate(13 + value.length)
                .putInt(0x5f555350)
                .putInt(5 + value.length)
                .put((byte) type)
                .putInt(value.length)
                .put(value)
                .array();
    }

    /// The next frame, whole.
    byte[] frame() throws IOException {
        ByteBuffer head = read(8);
        int length = head.getInt(4);
        return ByteBuffer.allocate(8 + length).put(head).put(read(length)).array();
    }

    /// The text of the Error that comes next.
    String error() throws IOException {
        ByteBuffer frame = ByteBuffer.wrap(frame());
        if (frame.get(8) != 2) {
            throw new AssertionError("no Error but a TLV of type " + frame.get(8));
        }
        return new String(frame.array(), 13, frame.getInt(9), StandardCharsets.UTF_8);
    }

    private ByteBuffer read(int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the peer closed the connection");
            }
        }
        return buffer.flip();
    }

    /// Whether the stream has ended and nothing more came before.
    boolean atEnd() {
        try {
            return channel.read(ByteBuffer.allocate(1)) < 0;
        } catch (IOException reset) {
            // The kernel's way of saying that the peer left without reading all that we wrote.
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
