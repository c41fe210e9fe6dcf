// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.announce;

import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpAddress;
import dev.pharos.mtp.discovery.UspService;
import dev.pharos.mtp.discovery.dns.Advertisement;
import dev.pharos.mtp.discovery.dns.MulticastAnnouncer;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// What one endpoint announces of itself by multicast DNS: a service for each transport over which peers reach it
/// now, and for as long (R-DIS.4). Of two places of one service the encrypted one is announced, else the first.
/// Thread-safe.
public final class Announcements implements AutoCloseable {
    private final UspService.Role role;
    private final EndpointId own;
    private final MulticastAnnouncer announcer;
    private final Consumer<String> problems;
    private final Map<UspService, Advertisement> announced = new EnumMap<>(UspService.class);
    private String friendlyName = "";

    private Announcements(
            UspService.Role role, EndpointId own, MulticastAnnouncer announcer, Consumer<String> problems) {
        this.role = role;
        this.own = own;
        this.announcer = announcer;
        this.problems = problems;
    }

    /// @param addresses of this host on the networks on which it is announced
    /// @param problems told in a sentence why something is not announced
    /// @throws IOException where nothing can be announced there
    public static Announcements on(
            List<InetAddress> addresses, UspService.Role role, EndpointId own, Consumer<String> problems)
            throws IOException {
        if (addresses.isEmpty()) {
            throw new IOException("no interface of this host is up, has an address and can multicast");
        }
        return new Announcements(role, own, MulticastAnnouncer.at(addresses), problems);
    }

    /// The transport, announced as soon as and as long as peers reach us over it.
    public Mtp of(Mtp transport) {
        return of(transport, UnaryOperator.identity());
    }

    /// @param seen where others find what we ourselves reach in another way
    public Mtp of(Mtp transport, UnaryOperator<MtpAddress> seen) {
        return new AnnouncedMtp(transport, reached -> announce(seen.apply(reached)));
    }

    /// What people call the agent from now on (R-DIS.10).
    public synchronized void friendlyName(String name) {
        if (!name.equals(friendlyName)) {
            friendlyName = name;
            announced.replaceAll((service, advertisement) -> advertisement.named(name));
            announced.values().forEach(this::tell);
        }
    }

    private synchronized void announce(MtpAddress reached) {
        Optional<UspService> service = UspService.of(role, reached.scheme());
        if (service.isEmpty()) {
            problems.accept("not announced: there is no service for " + reached.scheme());
            return;
        }
        Advertisement before = announced.get(service.get());
        if (before != null && !isBetter(reached, before) && !isSamePlace(before, reached)) {
            problems.accept("announced is another place of " + service.get().label() + ", and not " + reached.host()
                    + " port " + reached.port());
            return;
        }
        try {
            Advertisement advertisement = advertisement(service.get(), reached);
            if (!Objects.equals(announced.put(service.get(), advertisement), advertisement)) {
                tell(advertisement);
            }
        } catch (UnknownHostException unknown) {
            problems.accept("not announced: " + unknown.getMessage());
        }
    }

    private static boolean isBetter(MtpAddress reached, Advertisement before) {
        return reached.encrypted() && !before.encrypted();
    }

    private static boolean isSamePlace(Advertisement before, MtpAddress reached) {
        return before.place().port() == reached.port() && before.encrypted() == reached.encrypted();
    }

    private void tell(Advertisement advertisement) {
        try {
            announcer.announce(advertisement);
        } catch (IOException impossible) {
            problems.accept("not announced: " + impossible.getMessage());
        }
    }

    private Advertisement advertisement(UspService service, MtpAddress reached) throws UnknownHostException {
        Advertisement.Place place = place(reached);
        Advertisement plain = role == UspService.Role.AGENT
                ? Advertisement.ofAgent(service, own, place, reached.path(), friendlyName)
                : Advertisement.ofController(service, own, place, reached.path(), false);
        return reached.encrypted() ? plain.demandingEncryption() : plain;
    }

    /// A server or broker elsewhere is announced where it is (R-MQTT.38, R-STOMP.32).
    private static Advertisement.Place place(MtpAddress reached) throws UnknownHostException {
        InetAddress address = InetAddress.getByName(reached.host());
        if (address.isLoopbackAddress()) {
            throw new UnknownHostException("nobody on the network reaches " + reached.host());
        }
        return isOurs(address)
                ? Advertisement.Place.here(reached.port())
                : Advertisement.Place.at(bare(reached.host()), reached.port());
    }

    private static boolean isOurs(InetAddress address) {
        try {
            return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /// Says goodbye and stops. Idempotent.
    @Override
    public void close() {
        announcer.close();
    }
}
