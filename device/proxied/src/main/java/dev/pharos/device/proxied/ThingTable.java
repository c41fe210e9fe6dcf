// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.proxied;

import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.UspException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The rows of `Device.ProxiedDevice.`. One thread publishes; others look things up.
final class ThingTable {
    private final DeviceContext context;
    private final String protocol;
    private final Clock clock;
    private final Map<String, ThingRow> rows = new ConcurrentHashMap<>();

    ThingTable(DeviceContext context, String protocol, Clock clock) {
        this.context = context;
        this.protocol = protocol;
        this.clock = clock;
    }

    /// The thing whose row holds this path.
    Optional<ThingRow> holding(String path) {
        return rows.values().stream().filter(row -> path.startsWith(row.path())).findFirst();
    }

    /// Shows what is new of a thing, all of it at once.
    void publish(String id, News news) {
        if (news.gone) {
            ThingRow row = rows.remove(id);
            if (row != null) {
                context.update(tx -> {
                    tx.delete(row.path());
                    return 0;
                });
            }
            return;
        }
        ThingRow row = context.update(tx -> {
                    ThingRow known = rows.get(id);
                    Thing thing = news.thing;
                    ThingRow shown = thing == null
                                    || (known != null && known.thing().equals(thing))
                            ? known
                            : ThingLayout.publish(tx, thing, protocol, Texts.alias(ProxiedDevices.word(protocol), id));
                    if (shown != null) {
                        show(tx, shown, news);
                    }
                    return Optional.ofNullable(shown);
                })
                .orElse(null);
        if (row != null) {
            rows.put(id, row);
        }
    }

    private void show(Transaction tx, ThingRow row, News news) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        Boolean online = news.online;
        if (online != null) {
            tx.set(row.path() + "Online", online.toString());
        }
        if (news.contacted != null) {
            tx.set(
                    row.path() + "LastTimeContacted",
                    news.contacted.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        news.values.forEach((point, value) -> row.values()
                .getOrDefault(point, List.of())
                .forEach(place -> show(tx, row.path() + place.object(), place, value, now)));
    }

    /// A value that is none of the parameter's type is not believed.
    private static void show(Transaction tx, String object, ThingRow.Shown place, String value, String now) {
        String parameter = object + place.parameter();
        String before = tx.snapshot().value(parameter).orElse("");
        try {
            tx.set(parameter, value);
        } catch (UspException unfit) {
            return;
        }
        if (place.changes() && !tx.snapshot().value(parameter).orElse("").equals(before)) {
            tx.set(object + "LastChange", now);
        }
    }
}
