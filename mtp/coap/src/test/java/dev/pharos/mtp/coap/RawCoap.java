// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.usp.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// A UDP socket that speaks CoAP byte by byte, without the library that the transport uses.
final class RawCoap implements AutoCloseable {
    static final int POST = 0x02;
    static final int GET = 0x01;
    private static final int PATIENCE_MILLIS = 30_000;

    private final DatagramSocket socket;
    private final InetSocketAddress peer;

    RawCoap(int peerPort) throws IOException {
        this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.socket.setSoTimeout(PATIENCE_MILLIS);
        this.peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), peerPort);
    }

    int port() {
        return socket.getLocalPort();
    }

    String replyTo() {
        return "reply-to=coap://127.0.0.1:" + port() + "/a";
    }

    /// A message that came: its four header bytes, token, options and payload.
    record Message(Bytes bytes, InetSocketAddress from) {
        int code() {
            return bytes.at(1) & 0xff;
        }

        String hex() {
            return bytes.toHex();
        }

        private int tokenEnd() {
            return 4 + (bytes.at(0) & 0xf);
        }

        Bytes token() {
            return bytes.slice(4, tokenEnd());
        }

        /// All after the token.
        String rest() {
            return bytes.slice(tokenEnd(), bytes.size()).toHex();
        }
    }

    /// A confirmable request, option by option.
    static final class Builder {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int option;

        Builder(int code, int id, int token) {
            out.write(0x41);
            out.write(code);
            out.write(id >> 8);
            out.write(id);
            out.write(token);
        }

        Builder option(int number, byte... value) {
            int delta = number - option;
            option = number;
            out.write((delta < 13 ? delta : 13) << 4 | (value.length < 13 ? value.length : 13));
            if (delta >= 13) {
                out.write(delta - 13);
            }
            if (value.length >= 13) {
                out.write(value.length - 13);
            }
            out.writeBytes(value);
            return this;
        }

        Builder path(String segment) {
            return option(11, segment.getBytes(StandardCharsets.UTF_8));
        }

        Builder contentFormat(int format) {
            return option(12, (byte) format);
        }

        Builder query(String text) {
            return option(15, text.getBytes(StandardCharsets.UTF_8));
        }

        /// Block1 with a number below 16.
        Builder block(int number, boolean more, int exponent) {
            return option(27, (byte) (number << 4 | (more ? 8 : 0) | exponent));
        }

        byte[] payload(byte... content) {
            out.write(0xff);
            out.writeBytes(content);
            return out.toByteArray();
        }

        byte[] bare() {
            return out.toByteArray();
        }
    }

    /// The POST of a Record to `/usp` that wants its answers here.
    byte[] post(int id, String record) {
        return new Builder(POST, id, 0xab)
                .path("usp")
                .contentFormat(42)
                .query(replyTo())
                .payload(record.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] message) throws IOException {
        socket.send(new DatagramPacket(message, message.length, peer));
    }

    Message receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return new Message(Bytes.adopt(Arrays.copyOf(packet.getData(), packet.getLength())), (InetSocketAddress)
                packet.getSocketAddress());
    }

    /// What comes within a moment, if anything.
    Optional<Message> receiveWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return Optional.of(receive());
        } catch (SocketTimeoutException nothing) {
            return Optional.empty();
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /// Sends a request, and gives the code of its response: 0x44 for 2.04.
    int ask(byte[] request) throws IOException {
        send(request);
        return receive().code();
    }

    /// Acknowledges a request with a response in the same message.
    void answer(Message request, int code) throws IOException {
        Bytes token = request.token();
        byte[] out = new byte[4 + token.size()];
        out[0] = (byte) (0x60 | token.size());
        out[1] = (byte) code;
        out[2] = request.bytes().at(2);
        out[3] = request.bytes().at(3);
        token.copyTo(out, 4);
        socket.send(new DatagramPacket(out, out.length, request.from()));
    }

    @Override
    public void close() {
        socket.close();
    }
}
