// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.netlink;

import static dev.pharos.device.linux.netlink.Attributes.aligned;
import static dev.pharos.device.linux.netlink.Attributes.malformed;

import dev.pharos.device.linux.netlink.NetlinkMessage.Hop;
import dev.pharos.usp.Frozen;
import dev.pharos.usp.MalformedInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Reads what the kernel sends on a `NETLINK_ROUTE` socket. Trusts no length, and skips what it has no use
/// for.
public final class NetlinkParser {
    private static final int HEADER = 16;
    private static final int DUMP_INTERRUPTED = 0x10;
    private static final int REPLACE = 0x100;
    private static final int MAIN_TABLE = 254;
    private static final int CLONED = 0x200;
    private static final int INET = 2;
    private static final int INET6 = 10;
    private static final int LONGEST_NAME = 15;

    private NetlinkParser() {}

    /// What was in one datagram.
    ///
    /// @param torn whether the kernel says that something changed in the middle of a dump, which may thus
    ///     have gaps
    public record Batch(List<NetlinkMessage> messages, boolean torn) {
        public Batch {
            messages = Frozen.list(messages);
        }
    }

    /// @param datagram from the position to the limit
    public static Batch parse(ByteBuffer datagram) throws MalformedInputException {
        List<NetlinkMessage> messages = new ArrayList<>();
        boolean torn = false;
        ByteBuffer rest = datagram.slice().order(ByteOrder.nativeOrder());
        while (rest.remaining() >= HEADER) {
            int start = rest.position();
            long length = Integer.toUnsignedLong(rest.getInt(start));
            if (length < HEADER || length > rest.remaining()) {
                throw malformed("a message of " + length + " bytes where " + rest.remaining() + " are left");
            }
            int type = Short.toUnsignedInt(rest.getShort(start + 4));
            int flags = Short.toUnsignedInt(rest.getShort(start + 6));
            int sequence = rest.getInt(start + 8);
            torn |= (flags & DUMP_INTERRUPTED) != 0;
            ByteBuffer body = rest.slice(start + HEADER, (int) length - HEADER).order(ByteOrder.nativeOrder());
            message(type, flags, sequence, body, messages);
            rest.position(Math.min(rest.limit(), start + aligned((int) length)));
        }
        return new Batch(messages, torn);
    }

    private static void message(int type, int flags, int sequence, ByteBuffer body, List<NetlinkMessage> messages)
            throws MalformedInputException {
        switch (type) {
            case 2 -> messages.add(new NetlinkMessage.Done(sequence, error(need(body, 4))));
            case 3 -> messages.add(new NetlinkMessage.Done(sequence, body.remaining() < 4 ? 0 : error(body)));
            case 4 -> messages.add(new NetlinkMessage.Overrun());
            case 16, 17 -> link(type == 16, need(body, 16), messages);
            case 20, 21 -> address(type == 20, need(body, 8), messages);
            case 24, 25 -> route(type == 24, (flags & REPLACE) != 0, need(body, 12), messages);
            case 28, 29 -> neighbour(type == 28, need(body, 12), messages);
            default -> {}
        }
    }

    private static int error(ByteBuffer body) {
        int code = body.getInt(0);
        return code == Integer.MIN_VALUE ? Integer.MAX_VALUE : Math.abs(code);
    }

    private static ByteBuffer need(ByteBuffer body, int bytes) throws MalformedInputException {
        if (body.remaining() < bytes) {
            throw malformed("a message body of " + body.remaining() + " bytes where " + bytes + " are needed");
        }
        return body;
    }

    private static Attributes attributes(ByteBuffer body, int from) throws MalformedInputException {
        int start = Math.min(body.limit(), aligned(from));
        return Attributes.read(body.slice(start, body.limit() - start));
    }

    private static boolean isIp(int family) {
        return family == INET || family == INET6;
    }

    /// Bridges tell of their ports in messages of the same type, with a family of their own.
    private static void link(boolean present, ByteBuffer body, List<NetlinkMessage> messages)
            throws MalformedInputException {
        if (body.get(0) != 0) {
            return;
        }
        Attributes attributes = attributes(body, 16);
        String name = attributes.text(3);
        boolean usable = !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.indexOf('/') < 0
                && !name.equals(".")
                && !name.equals("..");
        if (!usable) {
            throw malformed("a link without a proper name");
        }
        String kind = "";
        if (attributes.value(18).isPresent()) {
            kind = Attributes.read(attributes.value(18).get()).text(1);
        }
        messages.add(new NetlinkMessage.Link(
                present,
                body.getInt(4),
                name,
                Short.toUnsignedInt(body.getShort(2)),
                body.getInt(8),
                attributes.unsignedByte(16),
                attributes.unsignedInt(4, 0),
                attributes.mac(1),
                kind));
    }

    private static void address(boolean present, ByteBuffer body, List<NetlinkMessage> messages)
            throws MalformedInputException {
        int family = Byte.toUnsignedInt(body.get(0));
        if (!isIp(family)) {
            return;
        }
        boolean six = family == INET6;
        Attributes attributes = attributes(body, 8);
        // on a point-to-point link the plain address is the peer's
        String local = attributes.address(2, six);
        String address = local.isEmpty() ? attributes.address(1, six) : local;
        if (address.isEmpty()) {
            throw malformed("an address message without one");
        }
        messages.add(new NetlinkMessage.Address(
                present,
                body.getInt(4),
                six,
                address,
                prefix(body.get(1), six),
                attributes.unsignedInt(8, Byte.toUnsignedLong(body.get(2))),
                attributes.unsignedByte(11)));
    }

    private static int prefix(byte length, boolean six) throws MalformedInputException {
        int prefix = Byte.toUnsignedInt(length);
        if (prefix > (six ? 128 : 32)) {
            throw malformed("a prefix of " + prefix + " bits");
        }
        return prefix;
    }

    private static void route(boolean present, boolean replaces, ByteBuffer body, List<NetlinkMessage> messages)
            throws MalformedInputException {
        int family = Byte.toUnsignedInt(body.get(0));
        if (!isIp(family) || (body.getInt(8) & CLONED) != 0) {
            return;
        }
        boolean six = family == INET6;
        Attributes attributes = attributes(body, 12);
        if (attributes.unsignedInt(15, Byte.toUnsignedLong(body.get(4))) != MAIN_TABLE) {
            return;
        }
        String destination = attributes.address(1, six);
        messages.add(new NetlinkMessage.Route(
                present,
                replaces,
                six,
                destination.isEmpty() ? (six ? "::" : "0.0.0.0") : destination,
                prefix(body.get(1), six),
                attributes.unsignedInt(6, 0),
                Byte.toUnsignedInt(body.get(7)),
                Byte.toUnsignedInt(body.get(5)),
                hops(attributes, six)));
    }

    private static List<Hop> hops(Attributes attributes, boolean six) throws MalformedInputException {
        if (attributes.value(9).isEmpty()) {
            return List.of(new Hop(attributes.address(5, six), (int) attributes.unsignedInt(4, 0)));
        }
        List<Hop> hops = new ArrayList<>();
        ByteBuffer rest = attributes.value(9).get();
        while (rest.remaining() >= 8) {
            int start = rest.position();
            int length = Short.toUnsignedInt(rest.getShort(start));
            if (length < 8 || length > rest.remaining()) {
                throw malformed("a hop of " + length + " bytes where " + rest.remaining() + " are left");
            }
            Attributes own = Attributes.read(rest.slice(start + 8, length - 8));
            hops.add(new Hop(own.address(5, six), rest.getInt(start + 4)));
            rest.position(Math.min(rest.limit(), start + aligned(length)));
        }
        return hops;
    }

    /// Bridges tell of what they learned in messages of the same type, with a family of their own.
    private static void neighbour(boolean present, ByteBuffer body, List<NetlinkMessage> messages)
            throws MalformedInputException {
        int family = Byte.toUnsignedInt(body.get(0));
        if (!isIp(family)) {
            return;
        }
        Attributes attributes = attributes(body, 12);
        String address = attributes.address(1, family == INET6);
        if (!address.isEmpty()) {
            messages.add(new NetlinkMessage.Neighbour(
                    present, body.getInt(4), address, attributes.mac(2), Short.toUnsignedInt(body.getShort(8))));
        }
    }
}
