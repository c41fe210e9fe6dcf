// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.model.CwmpNames;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.usp.EndpointId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Names of rows by their numbers, of a device that tells them by `[Alias]` (TR-069 Annex on alias-based addressing):
/// the twin has a row once, by its number. Which that is it knows from when the device told it so. For one list of
/// values, and one thread.
final class RowNumbers {
    private static final String ALIAS = ".Alias";

    private final TwinStore twins;
    private final EndpointId device;
    private final Map<String, Map<String, String>> tables = new HashMap<>();

    RowNumbers(TwinStore twins, EndpointId device) {
        this.twins = twins;
        this.device = device;
    }

    /// Whether a row in it goes by an alias.
    static boolean isByAlias(String name) {
        return name.contains(".[");
    }

    /// With each row by its number, in references too. What is of a row whose number is not known is left out.
    List<ParameterValue> of(List<ParameterValue> told) {
        if (told.stream().noneMatch(each -> isByAlias(each.name()) || isByAlias(each.value()))) {
            return told;
        }
        List<ParameterValue> numbered = new ArrayList<>();
        told.forEach(each -> numbered(each.name())
                .ifPresent(name -> numbered.add(new ParameterValue(name, each.type(), referring(each.value())))));
        return numbered;
    }

    private String referring(String value) {
        return isByAlias(value)
                ? Stream.of(value.split(",", -1))
                        .map(path -> numbered(path).orElse(path))
                        .collect(Collectors.joining(","))
                : value;
    }

    private Optional<String> numbered(String name) {
        if (!isByAlias(name)) {
            return Optional.of(name);
        }
        StringBuilder path = new StringBuilder();
        int from = 0;
        for (int open = name.indexOf(".[") + 1; open > 0; open = name.indexOf(".[", from) + 1) {
            int close = name.indexOf(']', open);
            if (close < 0) {
                return Optional.empty();
            }
            path.append(name, from, open);
            String number = rows(path.toString()).get(name.substring(open + 1, close));
            if (number == null) {
                return Optional.empty();
            }
            path.append(number);
            from = close + 1;
        }
        return Optional.of(path.append(name.substring(from)).toString());
    }

    /// The numbers of the rows of a table, by their aliases.
    private Map<String, String> rows(String table) {
        return tables.computeIfAbsent(table, _ -> {
            String known = CwmpNames.inModel(table);
            Map<String, String> rows = new HashMap<>();
            for (TwinValue value : twins.list(device, known, Limits.VALUES)) {
                String rest = value.path().substring(known.length());
                String row = rest.endsWith(ALIAS) ? rest.substring(0, rest.length() - ALIAS.length()) : "";
                if (row.matches("[1-9][0-9]*")) {
                    rows.put(value.value(), row);
                }
            }
            return rows;
        });
    }
}
