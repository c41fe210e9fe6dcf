// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.udp;

import dev.pharos.usp.Bytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// A message of STUN as TR-069 uses it: that of RFC 3489, whose transaction has 16 bytes. A newer peer (RFC 5389) takes
/// the first four of them for its cookie and notices nothing.
///
/// @param type [#BINDING_REQUEST], [#BINDING_RESPONSE] or another
/// @param transaction 16 bytes, by which an answer is known
public record StunMessage(int type, Bytes transaction, List<Attribute> attributes) {
    public static final int BINDING_REQUEST = 0x0001;
    public static final int BINDING_RESPONSE = 0x0101;
    public static final int BINDING_ERROR = 0x0111;

    /// It has to be signed (MESSAGE-INTEGRITY).
    public static final int UNAUTHORIZED = 401;

    /// It is not signed with the password of who it says to be.
    public static final int WRONG_INTEGRITY = 431;

    /// It is signed, and does not say by whom.
    public static final int MISSING_USERNAME = 432;

    public static final int TRANSACTION_BYTES = 16;

    private static final int MAPPED_ADDRESS = 0x0001;
    private static final int SOURCE_ADDRESS = 0x0004;
    private static final int CHANGED_ADDRESS = 0x0005;
    private static final int USERNAME = 0x0006;
    private static final int MESSAGE_INTEGRITY = 0x0008;
    private static final int ERROR_CODE = 0x0009;
    private static final int UNKNOWN_ATTRIBUTES = 0x000A;
    private static final int CONNECTION_REQUEST_BINDING = 0xC001;

    /// Attributes above this may be passed over by who does not know them.
    private static final int OPTIONAL = 0x8000;

    /// Those of a Binding Request that this end knows, whether or not it follows them.
    private static final List<Integer> KNOWN = List.of(0x0002, 0x0003, 0x0006, 0x0008);

    private static final int HEAD = 20;
    private static final int BLOCK = 64;
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;
    private static final String BINDING_TEXT = "dslforum.org/TR-111 ";

    /// One attribute, by its number.
    public record Attribute(int type, Bytes value) {}

    public StunMessage {
        attributes = List.copyOf(attributes);
        if (transaction.size() != TRANSACTION_BYTES) {
            throw new IllegalArgumentException("a transaction has 16 bytes: " + transaction.size());
        }
    }

    /// What a device asks where it listens for calls.
    public static StunMessage bindingRequest(Bytes transaction) {
        return new StunMessage(
                BINDING_REQUEST,
                transaction,
                List.of(new Attribute(CONNECTION_REQUEST_BINDING, Bytes.ofUtf8(BINDING_TEXT))));
    }

    /// The answer to a Binding Request.
    ///
    /// @param seen from where the request came
    /// @param own where it came to, the only address of this server
    public StunMessage bindingResponse(InetSocketAddress seen, InetSocketAddress own) {
        return new StunMessage(
                BINDING_RESPONSE,
                transaction,
                List.of(
                        new Attribute(MAPPED_ADDRESS, encoded(seen)),
                        new Attribute(SOURCE_ADDRESS, encoded(own)),
                        new Attribute(CHANGED_ADDRESS, encoded(own))));
    }

    /// The same message, by who knows this login. A response is signed without a name.
    ///
    /// @param username at most 512 bytes; empty in a response
    /// @param password not empty
    public StunMessage signed(String username, String password) {
        List<Attribute> all = new ArrayList<>(attributes);
        if (!username.isEmpty()) {
            byte[] name = username.getBytes(StandardCharsets.UTF_8);
            // RFC 3489: its length is a multiple of four
            all.add(new Attribute(USERNAME, Bytes.adopt(Arrays.copyOf(name, padded(name.length)))));
        }
        all.add(new Attribute(MESSAGE_INTEGRITY, Bytes.adopt(new byte[HmacSha1.BYTES])));
        StunMessage unsigned = new StunMessage(type, transaction, all);
        all.set(
                all.size() - 1,
                new Attribute(MESSAGE_INTEGRITY, Bytes.adopt(HmacSha1.of(unsigned.signedText(true), password))));
        return new StunMessage(type, transaction, all);
    }

    /// What is signed, where the signature is the last attribute: all before it.
    ///
    /// @param filled up with zeros to a multiple of 64 bytes, as in RFC 3489; RFC 5389 and many who claim the
    ///     older one do not
    private byte[] signedText(boolean filled) {
        byte[] whole = encode().toByteArray();
        int length = whole.length - 4 - HmacSha1.BYTES;
        byte[] text = Arrays.copyOf(whole, length);
        return filled ? Arrays.copyOf(text, (length + BLOCK - 1) / BLOCK * BLOCK) : text;
    }

    /// Whether it says that it is signed.
    public boolean isSigned() {
        return attributes.stream().anyMatch(each -> each.type() == MESSAGE_INTEGRITY);
    }

    /// By whom it says to be signed; empty where it does not.
    public Optional<String> username() {
        return attributes.stream()
                .filter(each -> each.type() == USERNAME)
                .findFirst()
                .map(each ->
                        new String(each.value().toByteArray(), StandardCharsets.UTF_8).replaceFirst("[ \0]+$", ""));
    }

    /// Whether who sent it knows the password. The signature has to be the last attribute, or what follows it
    /// would be anybody's.
    public boolean isSignedWith(String password) {
        if (attributes.isEmpty() || password.isEmpty()) {
            return false;
        }
        Attribute last = attributes.getLast();
        return last.type() == MESSAGE_INTEGRITY
                && last.value().size() == HmacSha1.BYTES
                && Stream.of(signedText(true), signedText(false))
                        .anyMatch(text -> MessageDigest.isEqual(
                                HmacSha1.of(text, password), last.value().toByteArray()));
    }

    /// The refusal of a request: [#UNAUTHORIZED], [#MISSING_USERNAME] or [#WRONG_INTEGRITY].
    public StunMessage refusal(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer error = ByteBuffer.allocate(4 + padded(text.length));
        error.putShort((short) 0)
                .put((byte) (code / 100))
                .put((byte) (code % 100))
                .put(text);
        return new StunMessage(
                BINDING_ERROR, transaction, List.of(new Attribute(ERROR_CODE, Bytes.adopt(error.array()))));
    }

    /// Why a request was refused, as a number such as 401; empty where this is no refusal.
    public OptionalInt errorCode() {
        return attributes.stream()
                .filter(each -> type == BINDING_ERROR
                        && each.type() == ERROR_CODE
                        && each.value().size() >= 4)
                .mapToInt(each -> (each.value().at(2) & 7) * 100
                        + Byte.toUnsignedInt(each.value().at(3)))
                .findFirst();
    }

    /// The refusal of a request that wants what is not known here (420).
    ///
    /// @param unknown the attributes
    public StunMessage refusal(List<Integer> unknown) {
        byte[] reason = "Unknown attributes\0\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer error = ByteBuffer.allocate(4 + reason.length);
        error.putShort((short) 0).put((byte) 4).put((byte) 20).put(reason);
        ByteBuffer types = ByteBuffer.allocate(2 * (unknown.size() + unknown.size() % 2));
        unknown.forEach(each -> types.putShort(each.shortValue()));
        if (unknown.size() % 2 == 1) {
            types.putShort(unknown.getLast().shortValue());
        }
        return new StunMessage(
                BINDING_ERROR,
                transaction,
                List.of(
                        new Attribute(ERROR_CODE, Bytes.adopt(error.array())),
                        new Attribute(UNKNOWN_ATTRIBUTES, Bytes.adopt(types.array()))));
    }

    /// Attributes of a request that must be known and are not.
    public List<Integer> unknown() {
        return attributes.stream()
                .map(Attribute::type)
                .filter(each -> each < OPTIONAL && !KNOWN.contains(each))
                .distinct()
                .toList();
    }

    /// The address outside that a Binding Response tells; empty where it tells none.
    public Optional<InetSocketAddress> mappedAddress() {
        return attributes.stream()
                .filter(each -> each.type() == MAPPED_ADDRESS)
                .findFirst()
                .flatMap(each -> address(each.value()));
    }

    private static Bytes encoded(InetSocketAddress address) {
        byte[] ip = address.getAddress().getAddress();
        ByteBuffer buffer = ByteBuffer.allocate(4 + ip.length);
        buffer.put((byte) 0)
                .put((byte) (ip.length == 4 ? IPV4 : IPV6))
                .putShort((short) address.getPort())
                .put(ip);
        return Bytes.adopt(buffer.array());
    }

    private static Optional<InetSocketAddress> address(Bytes value) {
        int length = value.size() < 4 ? 0 : value.at(1) == IPV4 ? 4 : value.at(1) == IPV6 ? 16 : 0;
        if (length == 0 || value.size() != 4 + length) {
            return Optional.empty();
        }
        ByteBuffer buffer = value.asReadOnlyBuffer();
        int port = Short.toUnsignedInt(buffer.getShort(2));
        byte[] ip = new byte[length];
        buffer.get(4, ip);
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(ip), port));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four or sixteen bytes are an address", impossible);
        }
    }

    public Bytes encode() {
        int length = attributes.stream()
                .mapToInt(each -> 4 + padded(each.value().size()))
                .sum();
        ByteBuffer buffer = ByteBuffer.allocate(HEAD + length);
        buffer.putShort((short) type).putShort((short) length).put(transaction.toByteArray());
        for (Attribute each : attributes) {
            buffer.putShort((short) each.type()).putShort((short) each.value().size());
            buffer.put(each.value().toByteArray());
            buffer.position(buffer.position()
                    + padded(each.value().size())
                    - each.value().size());
        }
        return Bytes.adopt(buffer.array());
    }

    /// RFC 5389 fills up to four bytes; in RFC 3489 every length is a multiple of four already.
    private static int padded(int length) {
        return (length + 3) / 4 * 4;
    }

    /// Empty where it is no whole message of STUN.
    public static Optional<StunMessage> decode(Bytes datagram) {
        if (datagram.size() < HEAD || (datagram.at(0) & 0xC0) != 0) {
            return Optional.empty();
        }
        ByteBuffer buffer = datagram.asReadOnlyBuffer();
        try {
            int type = Short.toUnsignedInt(buffer.getShort());
            int length = Short.toUnsignedInt(buffer.getShort());
            byte[] transaction = new byte[TRANSACTION_BYTES];
            buffer.get(transaction);
            if (length != buffer.remaining()) {
                return Optional.empty();
            }
            List<Attribute> attributes = new ArrayList<>();
            while (buffer.hasRemaining()) {
                int attribute = Short.toUnsignedInt(buffer.getShort());
                byte[] value = new byte[Short.toUnsignedInt(buffer.getShort())];
                buffer.get(value);
                attributes.add(new Attribute(attribute, Bytes.adopt(value)));
                buffer.position(Math.min(buffer.limit(), buffer.position() + padded(value.length) - value.length));
            }
            return Optional.of(new StunMessage(type, Bytes.adopt(transaction), attributes));
        } catch (BufferUnderflowException torn) {
            return Optional.empty();
        }
    }
}
