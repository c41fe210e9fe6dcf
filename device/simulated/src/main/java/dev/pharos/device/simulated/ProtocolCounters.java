// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// How often the gateway spoke DHCP and NTP: follows from how long it has spoken it, with whom, and how often one
/// does. Thread-safe.
///
/// Only what was reset or asked for out of turn has an entry.
final class ProtocolCounters {
    static final int LEASE_SECONDS = 86_400;
    static final int RENEWAL_SECONDS = LEASE_SECONDS / 2;

    private static final String DHCP_CLIENT = "Device.DHCPv4.Client.{i}.Stats.";
    private static final String DHCP_SERVER = "Device.DHCPv4.Server.Stats.";
    private static final String NTP_CLIENT = "Device.Time.Client.{i}.Stats.";
    private static final String NTP_SERVER = "Device.Time.Server.{i}.Stats.";
    private static final Set<String> KINDS = Set.of(DHCP_CLIENT, DHCP_SERVER, NTP_CLIENT, NTP_SERVER);

    /// The usual pace of a clock that is right, two to the sixth.
    private static final int NTP_SECONDS = 64;

    /// Devices at home ask less often.
    private static final int NTP_SECONDS_AT_HOME = 1_024;

    private final Clock clock;
    private final Activity activity;
    private final Map<String, Long> adjustments = new ConcurrentHashMap<>();

    ProtocolCounters(Clock clock, Activity activity) {
        this.clock = clock;
        this.activity = activity;
    }

    /// @param supportedObjectPath of an object with statistics
    static boolean has(String supportedObjectPath) {
        return KINDS.contains(supportedObjectPath);
    }

    /// Forgets all: the gateway has just started.
    void boot() {
        adjustments.clear();
    }

    long value(ObjectInstance stats, String counter, Snapshot snapshot) {
        return counted(stats, counter, snapshot) + adjustments.getOrDefault(stats.path() + counter, 0L);
    }

    /// All counters of this object begin again at zero.
    void reset(ObjectInstance stats, Snapshot snapshot) {
        for (ParameterDefinition counter : stats.definition().parameters()) {
            adjustments.put(stats.path() + counter.name(), -counted(stats, counter.name(), snapshot));
        }
    }

    /// A lease was renewed because somebody wanted it.
    void renewed(String client) {
        for (String counter : List.of("Request", "ACK")) {
            adjustments.merge(client + "Stats." + counter, 1L, Long::sum);
        }
    }

    private long counted(ObjectInstance stats, String counter, Snapshot snapshot) {
        String kind = stats.definition().path();
        String holder = kind.equals(DHCP_SERVER) ? Paths.POOL : Paths.holder(stats.path());
        boolean works =
                snapshot.value(holder + "Status").filter(LiveValues::works).isPresent();
        Duration active = activity.active(holder, works, clock.instant());
        if (active.isZero()) {
            return 0;
        }
        long seconds = active.toSeconds();
        return switch (kind) {
            case DHCP_CLIENT -> leased(counter, seconds);
            case DHCP_SERVER -> leases(snapshot) * leased(counter, seconds);
            case NTP_CLIENT -> isPacket(counter) ? 1 + seconds / NTP_SECONDS : 0;
            default -> isPacket(counter) ? leases(snapshot) * (seconds / NTP_SECONDS_AT_HOME) : 0;
        };
    }

    /// What one lease takes: an offer is asked for once, its address again and again.
    private static long leased(String counter, long seconds) {
        return switch (counter) {
            case "Discover", "Offer" -> 1;
            case "Request", "ACK" -> 1 + seconds / RENEWAL_SECONDS;
            default -> 0;
        };
    }

    private static boolean isPacket(String counter) {
        return counter.equals("PacketsSent") || counter.equals("PacketsReceived");
    }

    private static int leases(Snapshot snapshot) {
        return snapshot.object(Paths.POOL)
                .map(pool -> pool.rows("Client").size())
                .orElse(0);
    }
}
