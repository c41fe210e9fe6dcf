// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The devices at home: who is there, over which access point or port, with which address. Thread-safe.
///
/// All that is kept is who is away; where a present client is follows from the seed and from what is up.
final class HomeClients {
    private static final String[] NAMES = {"phone", "laptop", "tv", "printer", "tablet", "console", "camera", "speaker"
    };
    private static final int EVERY_WIRED = 4;
    private static final int FIRST_LAN_PORT = 2;
    private static final int LAN_PORTS = 4;
    private static final int ACCESS_POINTS = 2;
    private static final int FIRST_HOST = 100;

    private final Identity identity;
    private final int count;
    private final BitSet away = new BitSet();

    HomeClients(Identity identity) {
        this.identity = identity;
        this.count = identity.config().clients();
    }

    /// Somebody leaves or comes back.
    void flip(Dice dice) {
        if (count > 0) {
            int client = dice.roll("who", count);
            synchronized (away) {
                away.flip(client);
            }
        }
    }

    /// The first of those who are away comes home.
    void welcome() {
        synchronized (away) {
            int client = away.nextSetBit(0);
            if (client >= 0) {
                away.clear(client);
            }
        }
    }

    /// Whether something is plugged into this Ethernet port and switched on; the first is the line to the
    /// provider.
    boolean cable(int port) {
        if (port < FIRST_LAN_PORT) {
            return port == 1;
        }
        for (int client = 0; client < count; client++) {
            if (isWired(client) && port(client) == port && !isAway(client)) {
                return true;
            }
        }
        return false;
    }

    /// Makes the rows of stations, hosts and leases say who is where.
    void settle(Transaction transaction, Instant now) {
        Snapshot snapshot = transaction.snapshot();
        Map<String, ObjectInstance> hosts = new LinkedHashMap<>();
        snapshot.object("Device.Hosts.")
                .map(o -> o.rows("Host"))
                .orElse(List.of())
                .forEach(host -> hosts.put(host.value("PhysAddress").orElse(""), host));
        Map<String, String> stations = stations(snapshot);
        for (int client = 0; client < count; client++) {
            String mac = identity.clientMac(client);
            Place place = isAway(client) ? Place.NOWHERE : place(snapshot, client);
            String station = stations.get(mac);
            if (station != null && !station.startsWith(place.path())) {
                transaction.delete(station);
                station = null;
            }
            ObjectInstance host = hosts.get(mac);
            if (host != null
                    && !place.layer1().equals(host.value("Layer1Interface").orElse(""))) {
                transaction.delete(host.path());
                host = null;
            }
            String lease = lease(transaction, client, mac, !place.equals(Place.NOWHERE));
            if (!place.equals(Place.NOWHERE)) {
                if (place.wireless() && station == null) {
                    station = associate(transaction, client, place, now);
                    if (host != null) {
                        transaction.set(host.path() + "AssociatedDevice", Paths.reference(station));
                    }
                }
                if (host == null) {
                    appear(transaction, client, place, station, lease, now);
                }
            }
        }
    }

    private static Map<String, String> stations(Snapshot snapshot) {
        Map<String, String> stations = new LinkedHashMap<>();
        for (ObjectInstance point : snapshot.object(Paths.WIFI)
                .map(wifi -> wifi.rows("AccessPoint"))
                .orElse(List.of())) {
            for (ObjectInstance station : point.rows("AssociatedDevice")) {
                stations.put(station.value("MACAddress").orElse(""), station.path());
            }
        }
        return stations;
    }

    private Place place(Snapshot snapshot, int client) {
        if (isWired(client)) {
            String port = "Device.Ethernet.Interface.%d.".formatted(port(client));
            boolean up = snapshot.value(port + "Status").equals(Optional.of("Up"));
            return up ? new Place(port, Paths.reference(port), false, "") : Place.NOWHERE;
        }
        int first = identity.dice().roll(client, ACCESS_POINTS);
        for (int i = 0; i < ACCESS_POINTS; i++) {
            Place place = accessPoint(snapshot, 1 + (first + i) % ACCESS_POINTS);
            if (!place.equals(Place.NOWHERE)) {
                return place;
            }
        }
        return Place.NOWHERE;
    }

    private static Place accessPoint(Snapshot snapshot, int number) {
        String path = "Device.WiFi.AccessPoint.%d.".formatted(number);
        String network = Paths.row(snapshot.value(path + "SSIDReference").orElse(""));
        boolean up = snapshot.value(path + "Status").equals(Optional.of("Enabled"))
                && snapshot.value(network + "Status").equals(Optional.of("Up"));
        if (!up) {
            return Place.NOWHERE;
        }
        String radio = snapshot.value(network + "LowerLayers").orElse("").split(",", 2)[0];
        String band =
                snapshot.value(Paths.row(radio) + "OperatingFrequencyBand").orElse("");
        return new Place(path, Paths.reference(radio), true, band);
    }

    private String associate(Transaction transaction, int client, Place place, Instant now) {
        boolean slow = place.band().startsWith("2");
        int most = slow ? 286_000 : 1_201_000;
        String row = transaction.add(place.path() + "AssociatedDevice.");
        transaction.set(row + "MACAddress", identity.clientMac(client));
        transaction.set(row + "OperatingStandard", client % 2 == 0 ? "ax" : slow ? "n" : "ac");
        transaction.set(row + "AuthenticationState", "true");
        transaction.set(row + "Active", "true");
        transaction.set(
                row + "AssociationTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
        transaction.set(row + "MaxSupportedDataDownlinkRate", String.valueOf(most));
        transaction.set(row + "MaxSupportedDataUplinkRate", String.valueOf(most));
        transaction.set(row + "MaxSupportedBandwidth", slow ? "20MHz" : "80MHz");
        signal(transaction, row, -42 - identity.dice().roll(client + 1_000, 35), most);
        return row;
    }

    /// Writes a signal strength and what follows from it.
    static void signal(Transaction transaction, String station, int dbm, int mostKbps) {
        int noise = -93;
        int quality = Math.clamp(2L * (dbm + 100), 5, 100);
        transaction.set(station + "SignalStrength", String.valueOf(dbm));
        transaction.set(station + "Noise", String.valueOf(noise));
        transaction.set(station + "SNR", String.valueOf(Math.max(0, dbm - noise)));
        transaction.set(station + "LastDataDownlinkRate", String.valueOf(Math.max(1_000, mostKbps / 100 * quality)));
        transaction.set(station + "LastDataUplinkRate", String.valueOf(Math.max(1_000, mostKbps / 120 * quality)));
    }

    /// The client's lease row, or nothing where no addresses are given.
    private String lease(Transaction transaction, int client, String mac, boolean present) {
        Snapshot snapshot = transaction.snapshot();
        String row = snapshot.object(Paths.POOL).map(pool -> pool.rows("Client")).orElse(List.of()).stream()
                .filter(lease -> lease.value("Chaddr").equals(Optional.of(mac)))
                .map(ObjectInstance::path)
                .findFirst()
                .orElse("");
        boolean serves = snapshot.value(Paths.POOL + "Status").equals(Optional.of("Enabled"))
                && snapshot.value("Device.DHCPv4.Server.Enable").equals(Optional.of("true"));
        if (row.isEmpty() && present && serves) {
            row = transaction.add(Paths.POOL + "Client.");
            transaction.set(row + "Chaddr", mac);
            transaction.set(transaction.add(row + "IPv4Address.") + "IPAddress", address(client));
        }
        if (!row.isEmpty() && !snapshot.value(row + "Active").equals(Optional.of(String.valueOf(present)))) {
            transaction.set(row + "Active", String.valueOf(present));
        }
        return row;
    }

    private void appear(
            Transaction transaction, int client, Place place, @Nullable String station, String lease, Instant now) {
        String row = transaction.add(Paths.HOSTS);
        transaction.set(row + "PhysAddress", identity.clientMac(client));
        transaction.set(row + "HostName", NAMES[client % NAMES.length] + "-" + (client + 1));
        transaction.set(row + "InterfaceType", place.wireless() ? "Wi-Fi" : "Ethernet");
        transaction.set(row + "Layer1Interface", place.layer1());
        if (transaction.snapshot().object(Paths.LAN).isPresent()) {
            transaction.set(row + "Layer3Interface", Paths.reference(Paths.LAN));
        }
        if (station != null) {
            transaction.set(row + "AssociatedDevice", Paths.reference(station));
        }
        if (!lease.isEmpty()) {
            transaction.set(row + "DHCPClient", Paths.reference(lease));
            transaction.set(row + "IPAddress", address(client));
            transaction.set(transaction.add(row + "IPv4Address.") + "IPAddress", address(client));
        }
        transaction.set(row + "Active", "true");
        transaction.set(
                row + "ActiveLastChange", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String address(int client) {
        return "192.168.1." + (FIRST_HOST + client);
    }

    private boolean isAway(int client) {
        synchronized (away) {
            return away.get(client);
        }
    }

    private static boolean isWired(int client) {
        return client % EVERY_WIRED == EVERY_WIRED - 1;
    }

    private static int port(int client) {
        return FIRST_LAN_PORT + client / EVERY_WIRED % LAN_PORTS;
    }

    /// Where a client is: at this access point or port, over this radio or port.
    private record Place(String path, String layer1, boolean wireless, String band) {
        /// A path that no row begins with, and an interface that no host has.
        static final Place NOWHERE = new Place("-", "-", false, "");
    }
}
