// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.query.Facet;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.Device;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What a table of devices shows and how: read from requests, with errors that say what is allowed.
final class TableColumns {
    /// Each costs a look into every twin of the page.
    private static final int PARAMETERS = 8;

    /// More than a wide screen has room for.
    private static final int COLUMNS = 20;

    /// Characters of a path, with room to spare.
    private static final int LONGEST = 256;

    /// What a device has of its own, without what is asked for beside it.
    private static final Set<String> FIELDS = Arrays.stream(Device.class.getRecordComponents())
            .map(RecordComponent::getName)
            .filter(name -> !name.equals("values"))
            .collect(Collectors.toUnmodifiableSet());

    private TableColumns() {}

    static DeviceQuery.Sort sort(String field, String sort) {
        return switch (sort.startsWith("-") ? sort.substring(1) : sort) {
            case "id" -> DeviceQuery.Sort.ID;
            case "lastSeen" -> DeviceQuery.Sort.LAST_SEEN;
            case "modelName" -> DeviceQuery.Sort.MODEL_NAME;
            default ->
                throw new BadRequestException(
                        field, "must be id, lastSeen or modelName, with a leading - for descending");
        };
    }

    static Facet facet(String field, String by) {
        try {
            return Facet.parse(by);
        } catch (QueryException wrong) {
            throw new BadRequestException(field, "is \"" + by + "\", but " + wrong.reason());
        }
    }

    /// Paths between commas, each once; none where the text is empty.
    static List<ParameterPattern> parameters(String field, String text) {
        if (text.isBlank()) {
            return List.of();
        }
        Set<ParameterPattern> wanted = new LinkedHashSet<>();
        for (String path : text.split(",", PARAMETERS + 1)) {
            wanted.add(parameter(field, path.strip()));
        }
        checkParameters(field, wanted.size());
        return List.copyOf(wanted);
    }

    /// Fields of a device, and paths of parameters.
    static List<String> columns(String field, List<String> names) {
        if (names.size() > COLUMNS) {
            throw new BadRequestException(field, "must be " + COLUMNS + " columns at most");
        }
        Set<String> wanted = new LinkedHashSet<>();
        int parameters = 0;
        for (String name : names) {
            if (!FIELDS.contains(name)) {
                parameter(field, name);
                parameters++;
            }
            if (!wanted.add(name)) {
                throw new BadRequestException(field, "must name each column once, and " + name + " stands there twice");
            }
        }
        checkParameters(field, parameters);
        return List.copyOf(wanted);
    }

    private static void checkParameters(String field, int parameters) {
        if (parameters > PARAMETERS) {
            throw new BadRequestException(field, "must have " + PARAMETERS + " parameters at most");
        }
    }

    private static ParameterPattern parameter(String field, String path) {
        if (path.length() > LONGEST) {
            throw new BadRequestException(field, "must have paths of " + LONGEST + " characters at most");
        }
        return ParameterPattern.of(path)
                .orElseThrow(() -> new BadRequestException(
                        field,
                        "must name parameters by paths such as Device.WiFi.Radio.*.Channel, of which \"" + path
                                + "\" is none"));
    }
}
