// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import dev.pharos.mtp.discovery.Limits;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Announces services by multicast DNS and answers questions about them, until it is closed; then it says
/// goodbye (RFC 6762).
public final class MulticastAnnouncer implements AutoCloseable {
    private final List<MulticastResponder> responders = new ArrayList<>();

    private MulticastAnnouncer() {}

    /// Answers on the networks on which this host has these addresses.
    ///
    /// @throws IOException naming the address on which that cannot be; then nothing is announced
    public static MulticastAnnouncer at(List<InetAddress> addresses) throws IOException {
        Map<String, List<InetAddress>> networks = new LinkedHashMap<>();
        for (InetAddress address : addresses) {
            NetworkInterface on = NetworkInterface.getByInetAddress(address);
            String network = (on == null ? address.getHostAddress() : on.getName())
                    + (address instanceof Inet4Address ? " IPv4" : " IPv6");
            networks.computeIfAbsent(network, _ -> new ArrayList<>()).add(address);
        }
        MulticastAnnouncer announcer = new MulticastAnnouncer();
        for (List<InetAddress> own : networks.values()) {
            try {
                announcer.responders.add(MulticastResponder.on(own));
            } catch (IOException failed) {
                announcer.close();
                throw new IOException(
                        "mDNS cannot answer on " + own.getFirst().getHostAddress() + ": " + failed.getMessage(),
                        failed);
            }
        }
        return announcer;
    }

    /// Addresses at which others reach a listener.
    ///
    /// @param listening its address; one that stands for all of this host becomes the addresses that others on
    ///     its networks can reach
    public static List<InetAddress> reachable(InetAddress listening) throws SocketException {
        if (!listening.isAnyLocalAddress()) {
            return List.of(listening);
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            if (each.isUp() && each.supportsMulticast() && !each.isLoopback()) {
                each.inetAddresses()
                        .filter(address -> !address.isLinkLocalAddress())
                        .filter(address -> address instanceof Inet4Address || !(listening instanceof Inet4Address))
                        .limit(Math.max(0, Limits.INTERFACES - addresses.size()))
                        .forEach(addresses::add);
            }
        }
        return addresses;
    }

    /// Announces a service, in place of what was announced for it before.
    ///
    /// @throws IOException where it cannot be announced
    public void announce(Advertisement advertisement) throws IOException {
        for (MulticastResponder responder : responders) {
            responder.announce(advertisement);
        }
    }

    /// Says goodbye and stops. Idempotent.
    @Override
    public void close() {
        responders.forEach(MulticastResponder::close);
        responders.clear();
    }
}
