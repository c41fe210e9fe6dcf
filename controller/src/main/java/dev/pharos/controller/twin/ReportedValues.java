// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.twin;

import dev.pharos.controller.policy.Limits;
import dev.pharos.controller.policy.Secrets;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The values of the reports that a device delivers together: what its twin is to have from now on, and what was so
/// once of which it has newer ones. For one delivery and one thread.
final class ReportedValues {
    private final TwinStore store;
    private final EndpointId device;

    /// Of the device's data model; empty of one that tells none.
    private final Optional<Map<String, Set<String>>> supported;

    private final Instant now;

    /// When what is known was learnt, by object and name, of objects that were looked at.
    private final Map<String, Map<String, Instant>> looked = new HashMap<>();

    private final List<TwinValue> learnt = new ArrayList<>();
    private final List<TwinValue> past = new ArrayList<>();
    private int unknown;

    /// @param supported names of parameters by the supported path of their object; empty of a device that tells no data
    ///     model, as over TR-069: what it has is what it has said when it was read, object by object
    ReportedValues(TwinStore store, EndpointId device, Optional<Map<String, Set<String>>> supported, Instant now) {
        this.store = store;
        this.device = device;
        this.supported = supported;
        this.now = now;
    }

    /// The oldest first: of several values of a parameter the newest is the last.
    void addAll(List<DeviceReport> reports) {
        reports.stream().sorted(Comparator.comparing(this::time)).forEach(this::add);
    }

    /// No device collects what is yet to come, whatever its clock says.
    private Instant time(DeviceReport report) {
        return report.collected().filter(time -> time.isBefore(now)).orElse(now);
    }

    private void add(DeviceReport report) {
        Instant time = time(report);
        boolean late = time.plus(Limits.FRESH_REPORT).isBefore(now);
        String object = "";
        Set<String> names = Set.of();
        for (Map.Entry<String, String> each : report.values().entrySet()) {
            String path = each.getKey();
            int dot = path.lastIndexOf('.') + 1;
            if (dot != object.length() || !path.startsWith(object)) {
                // parameters of the same object come together
                object = path.substring(0, dot);
                names = names(object);
            }
            String name = path.substring(dot);
            if (!names.contains(name)) {
                unknown++;
                continue;
            }
            boolean secret = Secrets.isSecret(path);
            TwinValue value = new TwinValue(path, secret ? "" : each.getValue(), secret, time, TwinValue.Source.BULK);
            (late && isOutdated(object, name, time) ? past : learnt).add(value);
        }
    }

    private Set<String> names(String object) {
        return supported
                .map(names -> names.getOrDefault(SupportedDataModel.supportedPath(object), Set.of()))
                .orElseGet(() -> known(object).keySet());
    }

    private boolean isOutdated(String object, String name, Instant time) {
        return known(object).getOrDefault(name, Instant.MIN).isAfter(time);
    }

    private Map<String, Instant> known(String object) {
        return looked.computeIfAbsent(object, this::look);
    }

    private Map<String, Instant> look(String object) {
        Map<String, Instant> times = new HashMap<>();
        for (TwinValue value : store.list(device, object, Limits.TWIN_VALUES_PER_DEVICE)) {
            String name = value.path().substring(object.length());
            if (name.indexOf('.') < 0) {
                times.put(name, value.time());
            }
        }
        return times;
    }

    /// The device forgets reports that are acknowledged: all of it is kept, or nothing.
    Learnt keep() {
        if (!learnt.isEmpty() || !past.isEmpty()) {
            store.put(device, learnt, past);
        }
        return new Learnt(learnt.size(), unknown);
    }
}
