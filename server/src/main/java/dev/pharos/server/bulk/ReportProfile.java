// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

import dev.pharos.usp.Frozen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A row of `Device.BulkData.Profile.` of a device.
///
/// @param number of its instance
/// @param protocol `HTTP`, `MQTT` or `USPEventNotif`
/// @param interval seconds between two reports
/// @param retained failed reports that the device keeps; -1 for as many as it can
/// @param destination the URL or the topic; empty where reports come as events
public record ReportProfile(
        long number,
        boolean enabled,
        String name,
        String protocol,
        String encoding,
        long interval,
        int retained,
        String destination,
        List<Reference> parameters) {
    private static final Pattern ROW = Pattern.compile("Device\\.BulkData\\.Profile\\.([0-9]{1,9})\\.(.*)");
    private static final Pattern PARAMETER = Pattern.compile("Parameter\\.([0-9]{1,9})\\.");

    public ReportProfile {
        parameters = Frozen.list(parameters);
    }

    /// What is in a report, or kept out of it.
    ///
    /// @param name as which it stands there; empty for its path
    public record Reference(long number, String name, String path, boolean excluded) {}

    /// @param objects the parameters of each object beneath `Device.BulkData.`
    static List<ReportProfile> of(Map<String, Map<String, String>> objects) {
        Map<Long, Map<String, Map<String, String>>> rows = new TreeMap<>();
        objects.forEach((path, values) -> {
            Matcher row = ROW.matcher(path);
            if (row.matches()) {
                rows.computeIfAbsent(Long.valueOf(row.group(1)), _ -> new TreeMap<>())
                        .put(row.group(2), values);
            }
        });
        return rows.entrySet().stream()
                .map(row -> of(row.getKey(), row.getValue()))
                .toList();
    }

    private static ReportProfile of(long number, Map<String, Map<String, String>> parts) {
        Map<String, String> own = parts.getOrDefault("", Map.of());
        List<Reference> parameters = new ArrayList<>();
        parts.forEach((part, values) -> {
            Matcher parameter = PARAMETER.matcher(part);
            if (parameter.matches()) {
                parameters.add(new Reference(
                        Long.parseLong(parameter.group(1)),
                        values.getOrDefault("Name", ""),
                        values.getOrDefault("Reference", ""),
                        isTrue(values.get("Exclude"))));
            }
        });
        parameters.sort((a, b) -> Long.compare(a.number(), b.number()));
        String protocol = own.getOrDefault("Protocol", "");
        String destination = switch (protocol) {
            case "HTTP" -> parts.getOrDefault("HTTP.", Map.of()).getOrDefault("URL", "");
            case "MQTT" -> parts.getOrDefault("MQTT.", Map.of()).getOrDefault("PublishTopic", "");
            default -> "";
        };
        return new ReportProfile(
                number,
                isTrue(own.get("Enable")),
                own.getOrDefault("Name", ""),
                protocol,
                own.getOrDefault("EncodingType", ""),
                number(own.get("ReportingInterval")),
                (int) number(own.get("NumberOfRetainedFailedReports")),
                destination,
                parameters);
    }

    public static boolean isTrue(@Nullable String value) {
        return "true".equals(value) || "1".equals(value);
    }

    /// 0 where it is none.
    public static long number(@Nullable String value) {
        return value != null && value.matches("-?[0-9]{1,10}") ? Long.parseLong(value) : 0;
    }
}
