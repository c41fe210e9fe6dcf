// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
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
    private static final List<String> TOLD_OF = List.of("job", "campaign", "alarm");

    /// Whose arguments are the server's own words.
    private static final Set<EventKind> OURS = EnumSet.of(EventKind.JOB, EventKind.CAMPAIGN, EventKind.ALARM);

    private final Map<String, Tenant> others = new HashMap<>();

    private EventOwners() {}

    static EventOwners of(Handle handle, List<DeviceEvent> events) {
        EventOwners owners = new EventOwners();
        owners.look(
                handle,
                "select id as key, tenant from devices where id = any (:keys) and tenant <> 0",
                keys(events, event -> event.device().map(device -> device.toString())),
                "");
        for (String told : TOLD_OF) {
            owners.look(
                    handle,
                    "select id::text as key, tenant from " + told + "s where id = any (cast(:keys as bigint[]))"
                            + " and tenant <> 0",
                    keys(events, event -> toldOf(event, told)),
                    told + " ");
        }
        return owners;
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

    private void look(Handle handle, String question, List<String> keys, String prefix) {
        if (!keys.isEmpty()) {
            handle.createQuery(question)
                    .bindArray("keys", String.class, keys)
                    .map((rows, context) -> Map.entry(rows.getString("key"), new Tenant(rows.getShort("tenant"))))
                    .forEach(each -> others.put(prefix + each.getKey(), each.getValue()));
        }
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
