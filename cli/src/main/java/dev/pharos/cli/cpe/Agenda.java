// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.cpe.Outbox;
import dev.pharos.cwmp.rpc.EventStruct;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// When a device is to come to its ACS by the clock: periodically, as the ACS has planned, and to say that it
/// lives. Used under the lock of its contact.
final class Agenda {
    private final List<Planned> planned = new ArrayList<>();
    private final Instant chosen;
    private Optional<Rhythm> periodicRhythm = Optional.empty();
    private Optional<Rhythm> heartbeatRhythm = Optional.empty();
    private Optional<Instant> periodic = Optional.empty();
    private Optional<Instant> heartbeat = Optional.empty();

    /// An Inform that the ACS has asked for (ScheduleInform).
    record Planned(Instant due, String commandKey) {}

    /// @param chosen in step with which heartbeats are where the ACS has not said it, at random
    Agenda(Instant chosen) {
        this.chosen = chosen;
    }

    /// From now on as `Device.ManagementServer.` says. What has not changed goes on as it was.
    void settle(ManagementServer server, Instant now) {
        if (!server.periodic().equals(periodicRhythm)) {
            periodicRhythm = server.periodic();
            periodic = periodicRhythm.map(rhythm -> rhythm.next(now));
        }
        if (!server.heartbeat().equals(heartbeatRhythm)) {
            heartbeatRhythm = server.heartbeat();
            heartbeat = heartbeatRhythm.map(rhythm -> rhythm.next(now, chosen));
        }
    }

    /// @return false where too many are planned already
    boolean plan(Duration delay, String commandKey, Instant now) {
        return planned.size() < Limits.PLANNED && planned.add(new Planned(now.plus(delay), commandKey));
    }

    /// When the next of it is due.
    Optional<Instant> next() {
        return Stream.concat(
                        Stream.of(periodic, heartbeat).flatMap(Optional::stream),
                        planned.stream().map(Planned::due))
                .min(Instant::compareTo);
    }

    /// Puts into the outbox what is due now.
    void collect(Instant now, Outbox outbox) {
        if (isDue(periodic, now)) {
            outbox.add(new EventStruct(StandardEvent.PERIODIC, ""));
            periodic = periodicRhythm.map(rhythm -> rhythm.next(now));
        }
        planned.removeIf(each -> {
            boolean due = !each.due().isAfter(now);
            if (due) {
                outbox.add(new EventStruct(StandardEvent.SCHEDULED, ""));
                outbox.add(new EventStruct(MethodEvent.SCHEDULE_INFORM, each.commandKey()));
            }
            return due;
        });
        if (isDue(heartbeat, now)) {
            outbox.add(new EventStruct(StandardEvent.HEARTBEAT, ""));
            heartbeat = heartbeatRhythm.map(rhythm -> rhythm.next(now, chosen));
        }
    }

    private static boolean isDue(Optional<Instant> time, Instant now) {
        return time.filter(due -> !due.isAfter(now)).isPresent();
    }

    /// How often the device was to come periodically while nobody heard it.
    long missedPeriodic(Instant from, Instant now) {
        return periodicRhythm
                .map(rhythm -> Duration.between(from, now).dividedBy(rhythm.interval()))
                .orElse(0L);
    }

    /// Whether the ACS has planned an Inform that was due while nobody heard the device.
    boolean missedPlanned(Instant from, Instant now) {
        return planned.stream()
                .anyMatch(each -> !each.due().isBefore(from) && !each.due().isAfter(now));
    }
}
