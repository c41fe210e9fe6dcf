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
    private static final int LEASE_SECONDS = 86_400;
    private static final int RENEWAL_SECONDS = LEASE_SECONDS / 2;
    private static final long UNSIGNED_INT = 0xFFFFFFFFL;

    private final Dice dice;
    private final Clock clock;
    private final Activity activity;

    LiveValues(Dice dice, Clock clock, Activity activity) {
        this.dice = dice;
        this.clock = clock;
        this.activity = activity;
    }

    String read(ObjectInstance object, String parameter, Snapshot snapshot) {
        if (object.definition().path().endsWith("Stats.")) {
            return statistic(object, parameter, snapshot);
        }
        Instant now = now();
        return switch (parameter) {
            case "UpTime" -> seconds(activity.bootedAt());
            case "Free" -> part(object, "Total", 40 + wave(object.path(), 15));
            case "FreePersistent" -> part(object, "TotalPersistent", 62);
            case "CPUUsage" -> String.valueOf(5 + wave(object.path(), 40));
            case "Size" -> String.valueOf(900 + dice.roll(object.path(), 6_000));
            case "CPUTime" -> String.valueOf(uptimeMillis() / (100 + dice.roll(object.path(), 900)) & UNSIGNED_INT);
            case "CurrentLocalTime" -> now.truncatedTo(ChronoUnit.SECONDS).toString();
            case "LastUpdate" -> now.truncatedTo(ChronoUnit.MINUTES).toString();
            case "LastChange" -> seconds(activity.changedAt(object.path()));
            case "ChannelLastChange" -> seconds(activity.changedAt(object.path() + "Channel"));
            case "LeaseTimeRemaining" -> lease(object, now);
            case "RemainingLeaseTime" -> portMappingLease(object, now);
            case "Retransmissions" -> String.valueOf(wave(object.path(), 9));
            case "ForwardNumberOfEntries" ->
                String.valueOf(object.rows("Forwarding").size());
            default -> throw new IllegalStateException("not live: " + object.path() + parameter);
        };
    }

    /// Whether the status of a row means that traffic passes.
    static boolean works(String status) {
        return !NOT_WORKING.contains(status) && !status.startsWith("Error_");
    }

    private String statistic(ObjectInstance object, String parameter, Snapshot snapshot) {
        if (parameter.equals("Noise")) {
            return String.valueOf(-95 + wave(object.path(), 6));
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
        long age = uptimeMillis() / 1_000 % RENEWAL_SECONDS;
        boolean ofHost = object.definition().path().endsWith("IPv4Address.{i}.");
        if (ofHost) {
            return now.truncatedTo(ChronoUnit.SECONDS)
                    .plusSeconds(LEASE_SECONDS - age)
                    .toString();
        }
        boolean bound = object.value("Status").filter(LiveValues::works).isPresent();
        return bound ? String.valueOf(LEASE_SECONDS - age) : "0";
    }

    private String portMappingLease(ObjectInstance object, Instant now) {
        long duration = Long.parseLong(object.value("LeaseDuration").orElse("0"));
        long age = Duration.between(activity.changedAt(object.path()), now).toSeconds();
        return String.valueOf(Math.max(0, duration - age));
    }

    private static String part(ObjectInstance object, String total, int percent) {
        return String.valueOf(Long.parseLong(object.value(total).orElse("0")) * percent / 100);
    }

    /// Goes up and down within some minutes, differently for each path.
    private int wave(String path, int height) {
        double phase = dice.roll(path, 360) + uptimeMillis() / 2_000.0;
        return (int) Math.round((1 + Math.sin(Math.toRadians(phase))) / 2 * height);
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
