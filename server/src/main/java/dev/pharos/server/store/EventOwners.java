// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// To which tenants events belong: that of their device, else of the job, campaign or alarm that they tell of, else the
/// first. What is asked is answered from indexes that have nothing in them where there is one tenant.
final class EventOwners {
    /// With one parameter, Endpoint IDs.
    static final String OF_DEVICES = "select id, tenant from devices where id = any (?) and tenant <> 0";

    private static final List<String> TOLD_OF = List.of("job", "campaign", "alarm");

    /// Whose arguments are the server's own words.
    private static final Set<EventKind> OURS = EnumSet.of(EventKind.JOB, EventKind.CAMPAIGN, EventKind.ALARM);

    private final Map<String, Tenant> others = new HashMap<>();

    private EventOwners() {}

    /// @param rows what [#OF_DEVICES] has found
    static EventOwners ofDevices(ResultSet rows) throws SQLException {
        EventOwners owners = new EventOwners();
        while (rows.next()) {
            owners.others.put(rows.getString("id"), new Tenant(rows.getShort("tenant")));
        }
        return owners;
    }

    /// Adds those of what is no device.
    void look(Handle handle, List<DeviceEvent> events) {
        for (String told : TOLD_OF) {
            List<String> keys = keys(events, event -> toldOf(event, told));
            if (!keys.isEmpty()) {
                handle.createQuery("select id::text as key, tenant from " + told
                                + "s where id = any (cast(:keys as bigint[])) and tenant <> 0")
                        .bindArray("keys", String.class, keys)
                        .map((rows, context) -> Map.entry(rows.getString("key"), new Tenant(rows.getShort("tenant"))))
                        .forEach(each -> others.put(told + " " + each.getKey(), each.getValue()));
            }
        }
    }

    private static List<String> keys(List<DeviceEvent> events, Function<DeviceEvent, Optional<String>> key) {
        return new ArrayList<>(
                events.stream().map(key).flatMap(Optional::stream).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Optional<String> toldOf(DeviceEvent event, String what) {
        return event.device().isPresent() || !OURS.contains(event.kind())
                ? Optional.empty()
                : Optional.ofNullable(event.args().get(what));
    }

    Tenant of(DeviceEvent event) {
        if (event.device().isPresent()) {
            return others.getOrDefault(event.device().get().toString(), Tenant.MAIN);
        }
        return TOLD_OF.stream()
                .map(told -> toldOf(event, told).map(id -> others.get(told + " " + id)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(Tenant.MAIN);
    }
}
