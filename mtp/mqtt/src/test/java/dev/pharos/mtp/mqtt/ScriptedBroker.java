// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads and writes MQTT 5 packets as a test dictates, for what no broker at hand says by itself. One client
/// at a time.
final class ScriptedBroker implements Closeable {
    static final int CONNECT = 1;
    static final int PUBLISH = 3;
    static final int SUBSCRIBE = 8;
    static final int DISCONNECT = 14;

    private final ServerSocket listener = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    private @Nullable Socket client;

    ScriptedBroker() throws IOException {
        listener.setSoTimeout(90_000);
    }

    URI uri() {
        return URI.create("mqtt://127.0.0.1:" + listener.getLocalPort());
    }

    /// Waits for the next client and its CONNECT, and answers with these CONNACK properties.
    String welcome(byte... properties) throws IOException {
        Socket accepted = listener.accept();
        accepted.setSoTimeout(90_000);
        client = accepted;
        String connect = text(next(CONNECT));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(new byte[] {0x20, (byte) (3 + properties.length), 0, 0, (byte) properties.length});
        answer.write(properties);
        write(answer.toByteArray());
        return connect;
    }

    /// Whether another client comes within this time.
    boolean isCalledWithin(Duration time) throws IOException {
        listener.setSoTimeout((int) time.toMillis());
        try (Socket another = listener.accept()) {
            return another.isConnected();
        } catch (SocketTimeoutException nobody) {
            return false;
        } finally {
            listener.setSoTimeout(90_000);
        }
    }

    /// Waits for SUBSCRIBE and answers it with one reason code for each filter.
    String subscribed(int... reasonCodes) throws IOException {
        byte[] subscribe = next(SUBSCRIBE);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(new byte[] {(byte) 0x90, (byte) (3 + reasonCodes.length), subscribe[0], subscribe[1], 0});
        for (int code : reasonCodes) {
            answer.write(code);
        }
        write(answer.toByteArray());
        return text(subscribe);
    }

    /// The body of the next packet, which must be of this type.
    byte[] next(int type) throws IOException {
        Socket connected = client;
        if (connected == null) {
            throw new IOException("no client");
        }
        DataInputStream in = new DataInputStream(connected.getInputStream());
        int first = in.readUnsignedByte();
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7f) << shift;
            shift += 7;
        } while (digit >= 0x80);
        byte[] body = new byte[length];
        in.readFully(body);
        if (first >> 4 != type) {
            throw new IOException(
                    "wanted packet type " + type + ", came " + (first >> 4) + " " + Arrays.toString(body));
        }
        return body;
    }

    void write(byte[] bytes) throws IOException {
        Socket connected = client;
        if (connected == null) {
            throw new IOException("no client");
        }
        connected.getOutputStream().write(bytes);
    }

    /// A property with one string.
    static byte[] property(int id, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(id);
        out.write(0);
        out.write(utf8.length);
        out.writeBytes(utf8);
        return out.toByteArray();
    }

    /// Strings of a packet are found in it as they are.
    static String text(byte[] packet) {
        return new String(packet, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        if (client != null) {
            client.close();
        }
        listener.close();
    }
}
