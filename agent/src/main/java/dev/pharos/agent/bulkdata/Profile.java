// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.localagent.OwnedRows;
import dev.pharos.agent.runtime.Period;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A row of `Device.BulkData.Profile.`, as it is at one moment.
record Profile(ObjectInstance row) {

    String path() {
        return row.path();
    }

    /// Whose rights count: the path of a row of `Device.LocalAgent.Controller.`, or none of one that belongs to the
    /// ACS.
    String owner() {
        return OwnedRows.owner(row);
    }

    boolean isEnabled() {
        return text("Enable").equals("true");
    }

    /// Empty where it does not say yet.
    Optional<Protocol> protocol() {
        return Protocol.of(text("Protocol"));
    }

    String encodingType() {
        return text("EncodingType");
    }

    Optional<ReportEncoding> encoding() {
        return ReportEncoding.of(row);
    }

    Duration interval() {
        return Duration.ofSeconds(Long.parseLong(row.value("ReportingInterval").orElse("1")));
    }

    Period period() {
        return new Period(interval(), row.value("TimeReference").orElse(Period.UNKNOWN_TIME));
    }

    /// How many failed reports are kept for the next interval.
    int retainedReports() {
        int wanted = Integer.parseInt(row.value("NumberOfRetainedFailedReports").orElse("0"));
        return wanted < 0 ? Limits.BULK_RETAINED_REPORTS : Math.min(wanted, Limits.BULK_RETAINED_REPORTS);
    }

    /// Whether those outlive a reboot. For HTTP the profile says it; MQTT has no word for it.
    boolean persists() {
        return protocol()
                .map(used -> switch (used) {
                    case HTTP -> http().filter(HttpDestination::persists).isPresent();
                    case MQTT -> true;
                    case USP_EVENT_NOTIF -> false;
                })
                .orElse(false);
    }

    Optional<HttpDestination> http() {
        return row.child("HTTP").map(HttpDestination::new);
    }

    Optional<MqttDestination> mqtt() {
        return row.child("MQTT").map(MqttDestination::new);
    }

    private String text(String parameter) {
        return row.value(parameter).orElse("");
    }

    /// The values of now, as far as its owner may read them.
    ///
    /// @param own the agent's data model
    /// @throws ReportTooLargeException where they are more than a report may hold
    Report report(Places places, Snapshot own, Permissions rights, Instant now) throws ReportTooLargeException {
        Set<String> excluded = new HashSet<>();
        for (ParameterReference reference : references(true)) {
            Snapshot there = places.of(reference.path(), own);
            reference.visit(there, rights.in(there), found -> excluded.add(found.path()));
        }
        Map<String, ReportedValue> values = new LinkedHashMap<>();
        Size size = new Size();
        for (ParameterReference reference : references(false)) {
            Snapshot there = places.of(reference.path(), own);
            Permissions judge = rights.in(there);
            reference.visit(there, judge, found -> {
                if (!size.isExceeded() && !excluded.contains(found.path()) && !values.containsKey(found.name())) {
                    found.object().value(found.parameter().name()).ifPresent(value -> {
                        ReportedValue reported = ReportedValue.of(
                                found.name(),
                                judge.shown(found.object().path(), found.parameter(), value),
                                found.parameter().type());
                        values.put(found.name(), reported);
                        size.add(reported);
                    });
                }
            });
        }
        if (size.isExceeded()) {
            throw new ReportTooLargeException("more than " + Limits.BULK_VALUES + " parameters, or "
                    + Limits.BULK_REPORT_CHARACTERS + " characters");
        }
        return new Report(now, List.copyOf(values.values()), rights.mark());
    }

    /// @param excluding whether those that keep parameters out (R-BULK.10a)
    private List<ParameterReference> references(boolean excluding) {
        return row.rows("Parameter").stream()
                .filter(each -> each.value("Exclude").orElse("").equals("true") == excluding)
                .flatMap(each -> ParameterReference.of(each).stream())
                .toList();
    }

    /// How much a report holds so far.
    private static final class Size {
        private int values;
        private long characters;

        void add(ReportedValue value) {
            values++;
            characters += value.characters();
        }

        boolean isExceeded() {
            return values > Limits.BULK_VALUES || characters > Limits.BULK_REPORT_CHARACTERS;
        }
    }
}
