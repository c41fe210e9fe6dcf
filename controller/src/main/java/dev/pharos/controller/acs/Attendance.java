// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.Flag;
import dev.pharos.controller.query.TextAttribute;
import dev.pharos.controller.query.TextComparison;
import dev.pharos.controller.store.DevicePage;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When devices were here and within what time they are to come again. What was before this server started it knows
/// from the inventory, a page at each sweep: who was there then is there until its time is over, and can be called
/// meanwhile. Thread-safe.
final class Attendance {
    private static final Logger LOG = LoggerFactory.getLogger(Attendance.class);
    private static final Condition THERE = new Condition.All(List.of(
            new Condition.TextIs(TextAttribute.TRANSPORT, TextComparison.IS, DeviceRecord.IN_SESSIONS),
            new Condition.FlagIs(Flag.ONLINE, true)));

    private final AcsOffice.Parts parts;
    private final Standing standing;
    private final Map<EndpointId, Visit> visits = new ConcurrentHashMap<>();

    // of the thread that sweeps alone
    private String cursor = "";
    private Instant nextRecall = Instant.MIN;

    /// Writes down how a device stands.
    @FunctionalInterface
    interface Standing {
        void change(EndpointId device, UnaryOperator<DeviceRecord> change);
    }

    /// When a device was here last.
    ///
    /// @param learnt when all of it was read, as far as this server knows
    /// @param since from when its next visit is awaited: while no server ran it could not come
    private record Visit(Instant at, Instant learnt, Duration interval, Instant since) {
        Instant due() {
            return since.plus(interval.multipliedBy(Limits.INTERVALS)).plus(Limits.GRACE);
        }
    }

    Attendance(AcsOffice.Parts parts, Standing standing) {
        this.parts = parts;
        this.standing = standing;
    }

    private Instant now() {
        return parts.clock().instant();
    }

    boolean isFull() {
        return visits.size() >= Limits.DEVICES;
    }

    /// Whether all of it has not been read for long.
    boolean isStale(EndpointId id) {
        Visit before = visits.get(id);
        return before == null || before.learnt().plus(Limits.FRESH).isBefore(now());
    }

    void left(EndpointId id, boolean learnt) {
        Instant now = now();
        visits.compute(
                id,
                (_, before) -> new Visit(
                        now, learnt ? now : before == null ? Instant.MIN : before.learnt(), interval(id), now));
    }

    /// What was known of it by another name.
    void renamed(EndpointId before, EndpointId after) {
        Visit visit = visits.remove(before);
        if (visit != null) {
            visits.put(after, visit);
        }
    }

    /// After which time the device comes by itself, as it says.
    Duration interval(EndpointId id) {
        for (String root : List.of("Device.", "InternetGatewayDevice.")) {
            Optional<TwinValue> told =
                    parts.stores().twins().find(id, root + "ManagementServer.PeriodicInformInterval");
            if (told.isPresent() && told.get().value().matches("[1-9][0-9]{0,8}")) {
                return Duration.ofSeconds(Long.parseLong(told.get().value()));
            }
        }
        return Limits.USUAL_INTERVAL;
    }

    void sweep() {
        try {
            recall();
        } catch (StoreException unavailable) {
            LOG.warn("who is to come over TR-069 cannot be read: {}", unavailable.getMessage());
        }
        Instant now = now();
        visits.forEach((id, visit) -> {
            if (visit.due().isBefore(now) && visits.remove(id, visit)) {
                try {
                    missed(id, visit);
                } catch (StoreException failed) {
                    LOG.warn("that {} does not come could not be stored", id, failed);
                }
            }
        });
    }

    /// Reads a page of those who are there as far as the inventory knows; where it has read all, it begins again after
    /// a while, since another server that they came to may have ended.
    private void recall() {
        Instant now = now();
        if (cursor.isEmpty() && now.isBefore(nextRecall)) {
            return;
        }
        DevicePage page = page(cursor);
        for (DeviceRecord device : page.items()) {
            if (!visits.containsKey(device.id()) && !isFull()) {
                Visit known = new Visit(device.lastSeen(), Instant.MIN, interval(device.id()), now);
                visits.putIfAbsent(device.id(), known);
            }
        }
        cursor = page.nextCursor().orElse("");
        nextRecall = now.plus(Limits.RECALL);
    }

    private DevicePage page(String from) {
        return parts.stores()
                .devices()
                .list(new DeviceQuery(THERE, DeviceQuery.Sort.ID, false, Limits.RECALLED_AT_ONCE, from));
    }

    /// It has not come here in time; it may have come to another server.
    private void missed(EndpointId id, Visit visit) {
        if (parts.door().overUsp().test(id)) {
            return;
        }
        Optional<Instant> elsewhere =
                parts.stores().devices().find(id).map(DeviceRecord::lastSeen).filter(visit.at()::isBefore);
        if (elsewhere.isPresent()) {
            visits.putIfAbsent(id, new Visit(elsewhere.get(), visit.learnt(), interval(id), elsewhere.get()));
            return;
        }
        absent(
                id,
                "no session since " + visit.at() + ", though one is due every "
                        + visit.interval().toSeconds() + " s");
    }

    private void absent(EndpointId id, String reason) {
        standing.change(id, known -> known.inSessions() ? known.withStatus(DeviceStatus.OFFLINE, reason) : known);
    }

    /// No device comes here: those are away that no other server has that runs.
    void closed() {
        String from = "";
        do {
            DevicePage page = page(from);
            List<EndpointId> there = page.items().stream().map(DeviceRecord::id).toList();
            Set<EndpointId> elsewhere = parts.stores().devices().elsewhere(there);
            there.stream()
                    .filter(id -> !elsewhere.contains(id))
                    .forEach(id -> absent(id, "this server takes no devices over TR-069"));
            from = page.nextCursor().orElse("");
        } while (!from.isEmpty());
    }
}
