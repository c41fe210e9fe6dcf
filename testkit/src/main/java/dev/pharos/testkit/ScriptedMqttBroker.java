// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import java.io.ByteArrayOutputStream;
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

/// An MQTT broker that reads and writes packets as a test dictates, for what no broker at hand says by itself: special
/// properties, wrong answers, none at all, repetitions, another order, an end at a chosen packet. One client at a time.
public final class ScriptedMqttBroker implements AutoCloseable {
    public static final int CONNECT = 1;
    public static final int PUBLISH = 3;
    public static final int PUBACK = 4;
    public static final int SUBSCRIBE = 8;
    public static final int UNSUBSCRIBE = 10;
    public static final int DISCONNECT = 14;

    public static final int RESPONSE_INFORMATION = 0x1a;
    public static final int ASSIGNED_CLIENT_IDENTIFIER = 0x12;
    private static final int USER_PROPERTY = 0x26;
    private static final int RESPONSE_TOPIC = 0x08;
    private static final int CONTENT_TYPE = 0x03;

    /// Generous, since a test that passes never waits for it.
    private static final int PATIENCE_MILLIS = 90_000;

    /// What a broker speaks.
    public enum Version {
        V3_1_1,
        V5
    }

    private final Version version;
    private final ServerSocket listener = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    private @Nullable Socket client;

    public ScriptedMqttBroker(Version version) throws IOException {
        this.version = version;
        listener.setSoTimeout(PATIENCE_MILLIS);
    }

    public URI uri() {
        return URI.create("mqtt://127.0.0.1:" + listener.getLocalPort());
    }

    // ---- the session

    /// Waits for the next client and its CONNECT.
    ///
    /// @return what stands in it, strings as they are
    public String awaitConnect() throws IOException {
        drop();
        Socket accepted = listener.accept();
        accepted.setSoTimeout(PATIENCE_MILLIS);
        client = accepted;
        return text(next(CONNECT));
    }

    /// Whether another client comes within this time.
    public boolean isCalledWithin(Duration time) throws IOException {
        listener.setSoTimeout((int) time.toMillis());
        try (Socket another = listener.accept()) {
            return another.isConnected();
        } catch (SocketTimeoutException nobody) {
            return false;
        } finally {
            listener.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /// Waits for the next client and its CONNECT, and answers with these CONNACK properties.
    public String welcome(byte... properties) throws IOException {
        String connect = awaitConnect();
        answerConnect(0, properties);
        return connect;
    }

    /// Answers a CONNECT with a reason code of the version that is spoken.
    public void answerConnect(int code, byte... properties) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(0);
        body.write(code);
        if (version == Version.V5) {
            body.write(properties.length);
            body.writeBytes(properties);
        }
        send(0x20, body.toByteArray());
    }

    /// Waits for SUBSCRIBE and answers it with one reason code for each filter.
    public String subscribed(int... codes) throws IOException {
        byte[] subscribe = next(SUBSCRIBE);
        answerSubscribe(((subscribe[0] & 0xff) << 8) | (subscribe[1] & 0xff), codes);
        return text(subscribe);
    }

    public void answerSubscribe(int packetId, int... codes) throws IOException {
        ByteArrayOutputStream body = id(packetId);
        if (version == Version.V5) {
            body.write(0);
        }
        for (int code : codes) {
            body.write(code);
        }
        send(0x90, body.toByteArray());
    }

    /// Waits for UNSUBSCRIBE and answers it with one reason code for each filter, which 3.1.1 does not have.
    public String unsubscribed(int... codes) throws IOException {
        byte[] unsubscribe = next(UNSUBSCRIBE);
        ByteArrayOutputStream body = id(packetId(unsubscribe, 0));
        if (version == Version.V5) {
            body.write(0);
            for (int code : codes) {
                body.write(code);
            }
        }
        send(0xB0, body.toByteArray());
        return text(unsubscribe);
    }

    /// Publishes at QoS 1.
    ///
    /// @param again whether it says of itself that it may have been sent before
    /// @param replyTo the response topic; 3.1.1 has it in the topic
    public void publish(int packetId, boolean again, String topic, String replyTo, String payload) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (version == Version.V5) {
            body.writeBytes(string(topic));
            body.writeBytes(id(packetId).toByteArray());
            ByteArrayOutputStream properties = new ByteArrayOutputStream();
            properties.writeBytes(property(CONTENT_TYPE, "usp.msg"));
            properties.writeBytes(property(RESPONSE_TOPIC, replyTo));
            body.write(properties.size());
            body.writeBytes(properties.toByteArray());
        } else {
            body.writeBytes(string(topic + "/reply-to=" + replyTo.replace("/", "%2F")));
            body.writeBytes(id(packetId).toByteArray());
        }
        body.writeBytes(payload.getBytes(StandardCharsets.UTF_8));
        send(again ? 0x3a : 0x32, body.toByteArray());
    }

    /// Waits for the acknowledgement of what was published.
    ///
    /// @return its packet identifier
    public int acknowledged() throws IOException {
        return packetId(next(PUBACK), 0);
    }

    /// Waits for a PUBLISH of QoS 1.
    ///
    /// @return its packet identifier
    public int published() throws IOException {
        byte[] publish = next(PUBLISH);
        return packetId(publish, 2 + packetId(publish, 0));
    }

    public void acknowledge(int packetId) throws IOException {
        send(0x40, id(packetId).toByteArray());
    }

    /// The body of the next packet, which must be of this type.
    public byte[] next(int type) throws IOException {
        byte[] packet = BrokerProtocol.MQTT.next(connected().getInputStream());
        int head = 1;
        while (packet[head++] < 0) {
            // the length goes on
        }
        int first = packet[0] & 0xff;
        byte[] body = Arrays.copyOfRange(packet, head, packet.length);
        if (first >> 4 != type) {
            throw new IOException(
                    "wanted packet type " + type + ", came " + (first >> 4) + " " + Arrays.toString(body));
        }
        return body;
    }

    /// Ends the connection without a word.
    public void drop() throws IOException {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    // ---- bytes

    /// One whole packet.
    public void send(int first, byte... body) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        int rest = body.length;
        do {
            packet.write(rest > 127 ? (rest % 128) | 128 : rest);
            rest /= 128;
        } while (rest > 0);
        packet.writeBytes(body);
        raw(packet.toByteArray());
    }

    public void raw(byte... bytes) throws IOException {
        connected().getOutputStream().write(bytes);
    }

    private Socket connected() throws IOException {
        Socket there = client;
        if (there == null) {
            throw new IOException("no client");
        }
        return there;
    }

    /// A property with one string.
    public static byte[] property(int id, String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(id);
        out.writeBytes(string(value));
        return out.toByteArray();
    }

    /// The user property by which a broker says what to subscribe to.
    public static byte[] subscribeTopic(String filter) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(property(USER_PROPERTY, "subscribe-topic"));
        out.writeBytes(string(filter));
        return out.toByteArray();
    }

    private static byte[] string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = id(utf8.length);
        out.writeBytes(utf8);
        return out.toByteArray();
    }

    private static ByteArrayOutputStream id(int number) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(number >> 8);
        out.write(number);
        return out;
    }

    private static int packetId(byte[] body, int at) {
        return ((body[at] & 0xff) << 8) | (body[at + 1] & 0xff);
    }

    /// Strings of a packet are found in it as they are.
    public static String text(byte[] packet) {
        return new String(packet, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        drop();
        listener.close();
    }
}
