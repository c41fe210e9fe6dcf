// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathName;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What the query of a report's URL says: which device this is (R-BULK.1), and what the profile adds.
record ReportQuery(AgentConfig agent, Places places) {
    private static final Set<String> IDENTITY = Set.of("oui", "pc", "sn");

    /// @throws UspException 7012 where a row of `RequestURIParameter.` makes no sense
    static void check(ObjectInstance row) {
        if (IDENTITY.contains(row.value("Name").orElse(""))) {
            throw new UspException(
                    StandardErrorCode.INVALID_VALUE, row.path() + "Name: is given to the device's identity");
        }
        Optional<ParameterReference> reference = ParameterReference.of(row);
        if (reference.isPresent()
                && (reference.get().path().isObject() || reference.get().path().isSearch())) {
            throw new UspException(StandardErrorCode.INVALID_VALUE, row.path() + "Reference: one parameter");
        }
    }

    /// The address with its query; what the owner may not read is left out.
    URI addTo(URI address, ObjectInstance http, Snapshot own, Permissions rights) {
        Map<String, String> query = new LinkedHashMap<>();
        DeviceIdentity identity = agent.identity();
        if (identity.oui().isEmpty() || identity.serialNumber().isEmpty()) {
            query.put("eid", agent.endpointId().toString());
        } else {
            query.put("oui", identity.oui());
            query.put("pc", identity.productClass());
            query.put("sn", identity.serialNumber());
        }
        for (ObjectInstance row : http.rows("RequestURIParameter")) {
            ParameterReference.of(row)
                    .filter(reference -> !reference.name().isEmpty())
                    .ifPresent(reference -> value(reference.path(), own, rights)
                            .ifPresent(value -> query.put(reference.name(), value)));
        }
        String added = query.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        String text = address.toString();
        String before = address.getRawQuery();
        return URI.create(before == null ? text + "?" + added : before.isEmpty() ? text + added : text + "&" + added);
    }

    private Optional<String> value(PathName parameter, Snapshot own, Permissions rights) {
        Snapshot there = places.of(parameter, own);
        List<String> values = new ArrayList<>(1);
        new ParameterReference("", parameter)
                .visit(
                        there,
                        rights.in(there),
                        found -> found.object()
                                .value(found.parameter().name())
                                .map(value -> rights.shown(found.object().path(), found.parameter(), value))
                                .ifPresent(values::add));
        return values.stream().findFirst();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
