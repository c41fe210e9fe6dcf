// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import dev.pharos.usp.Bytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/// What one of those who come is given by its network, and so counts as one: an IPv4 address, or an IPv6 network
/// of 64 bits, within which a host has as many addresses as it likes. Those of UNIX sockets are one too.
///
/// @param prefix 4 or 8 bytes; none for what is no Internet address
public record AddressBlock(Bytes prefix) {
    private static final int NETWORK_BYTES = 8;

    public static AddressBlock of(SocketAddress peer) {
        InetAddress address = peer instanceof InetSocketAddress inet ? inet.getAddress() : null;
        Bytes bytes = address == null ? Bytes.EMPTY : Bytes.adopt(address.getAddress());
        return new AddressBlock(bytes.size() > NETWORK_BYTES ? bytes.slice(0, NETWORK_BYTES) : bytes);
    }
}
