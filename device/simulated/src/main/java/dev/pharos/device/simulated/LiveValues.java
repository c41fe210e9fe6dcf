// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/// The parameters that are computed from seed and time when somebody asks.
final class LiveValues {
    private static final Set<String> NOT_WORKING = Set.of("Down", "Disabled", "LowerLayerDown", "NotPresent", "Error");
    private static final long UNSIGNED_INT = 0xFFFFFFFFL;

    private final Dice dice;
    private final Clock clock;
    private final Activity activity;
    private final ProtocolCounters protocols;
    private final Load load;

    LiveValues(Dice dice, Clock clock, Activity activity, ProtocolCounters protocols, FirmwareBank bank) {
        this.dice = dice;
        this.clock = clock;
        this.activity = activity;
        this.protocols = protocols;
        this.load = new Load(dice, clock, activity, bank);
    }

    String read(ObjectInstance object, String parameter, Snapshot snapshot) {
        String kind = object.definition().path();
        if (ProtocolCounters.has(kind)) {
            return String.valueOf(protocols.value(object, parameter, snapshot));
        }
        if (kind.endsWith("Stats.")) {
            return statistic(object, parameter, snapshot);
        }
        Instant now = now();
        return switch (parameter) {
            case "UpTime" -> seconds(activity.bootedAt());
            case "Free" -> part(object, "Total", load.freeMemory());
            case "MemUtilization" -> String.valueOf(100 - load.freeMemory());
            case "FreePersistent" -> part(object, "TotalPersistent", 62);
            case "CPUUsage" -> String.valueOf(load.ofAll(object.rows("CPU")));
            case "CPUUtilization" -> String.valueOf(load.average(object));
            case "UserModeUtilization" -> String.valueOf(load.now(object.path()) - load.system(object.path()));
            case "SystemModeUtilization" -> String.valueOf(load.system(object.path()));
            case "IdleModeUtilization" -> String.valueOf(100 - load.now(object.path()));
            case "Size" -> String.valueOf(900 + dice.roll(object.path(), 6_000));
            case "CPUTime" -> String.valueOf(uptimeMillis() / (100 + dice.roll(object.path(), 900)) & UNSIGNED_INT);
            case "CurrentLocalTime" -> now.truncatedTo(ChronoUnit.SECONDS).toString();
            case "LastUpdate" -> now.truncatedTo(ChronoUnit.MINUTES).toString();
            case "LastChange" -> seconds(activity.changedAt(object.path()));
            case "ChannelLastChange" -> seconds(activity.changedAt(object.path() + "Channel"));
            case "LeaseTimeRemaining" -> lease(object, now);
            case "RemainingLeaseTime" -> portMappingLease(object, now);
            case "Retransmissions" -> String.valueOf(load.wave(object.path(), 9));
            default -> throw new IllegalStateException("not live: " + object.path() + parameter);
        };
    }

    /// Whether the status of a row means that traffic passes.
    static boolean works(String status) {
        return !NOT_WORKING.contains(status) && !status.startsWith("Error_");
    }

    private String statistic(ObjectInstance object, String parameter, Snapshot snapshot) {
        if (parameter.equals("Noise")) {
            return String.valueOf(-95 + load.wave(object.path(), 6));
        }
        long active = activeTime(Paths.holder(object.path()), snapshot).toMillis();
        long value = Counters.value(dice, object.path(), parameter, active);
        boolean narrow = object.definition()
                .parameter(parameter)
                .map(ParameterDefinition::type)
                .filter(type -> type.base() == PrimitiveType.UNSIGNED_INT)
                .isPresent();
        return String.valueOf(narrow ? value & UNSIGNED_INT : value);
    }

    /// Stations and hosts count from their arrival, everything else while its interface works.
    private Duration activeTime(String holder, Snapshot snapshot) {
        Instant now = now();
        return snapshot.value(holder + "AssociationTime")
                .or(() -> snapshot.value(holder + "ActiveLastChange"))
                .map(since -> Duration.between(Instant.parse(since), now))
                .orElseGet(() -> activity.active(
                        holder,
                        snapshot.value(holder + "Status")
                                .filter(LiveValues::works)
                                .isPresent(),
                        now));
    }

    private String lease(ObjectInstance object, Instant now) {
        long age = uptimeMillis() / 1_000 % ProtocolCounters.RENEWAL_SECONDS;
        boolean ofHost = object.definition().path().endsWith("IPv4Address.{i}.");
        if (ofHost) {
            return now.truncatedTo(ChronoUnit.SECONDS)
                    .plusSeconds(ProtocolCounters.LEASE_SECONDS - age)
                    .toString();
        }
        boolean bound = object.value("Status").filter(LiveValues::works).isPresent();
        return bound ? String.valueOf(ProtocolCounters.LEASE_SECONDS - age) : "0";
    }

    private String portMappingLease(ObjectInstance object, Instant now) {
        long duration = Long.parseLong(object.value("LeaseDuration").orElse("0"));
        long age = Duration.between(activity.changedAt(object.path()), now).toSeconds();
        return String.valueOf(Math.max(0, duration - age));
    }

    private static String part(ObjectInstance object, String total, int percent) {
        return String.valueOf(Long.parseLong(object.value(total).orElse("0")) * percent / 100);
    }

    private String seconds(Instant since) {
        return String.valueOf(Math.max(0, Duration.between(since, now()).toSeconds()));
    }

    private long uptimeMillis() {
        return Math.max(0, Duration.between(activity.bootedAt(), now()).toMillis());
    }

    private Instant now() {
        return clock.instant();
    }
}
