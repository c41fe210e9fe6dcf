// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.agent.config.Limits;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reports in CSV (RFC 4180), always with a header line (R-BULK.11), which stands once however many intervals follow.
///
/// @param perRow whether each parameter has a row of its own, with name, value and type (R-BULK.12); else each has a
///     column, and each interval a row
record CsvReports(Marks marks, boolean perRow, ReportTime time) implements ReportEncoding {
    private static final String TIME = "ReportTimestamp";

    /// What stands between fields and rows, and around fields that hold one of these.
    record Marks(String field, String row, String escape) {}

    static CsvReports of(ObjectInstance encoding) {
        return new CsvReports(
                new Marks(
                        mark(encoding, "FieldSeparator"),
                        mark(encoding, "RowSeparator"),
                        mark(encoding, "EscapeCharacter")),
                encoding.value("ReportFormat").orElse("").equals("ParameterPerRow"),
                ReportTime.of(encoding.value("RowTimestamp").orElse("")));
    }

    /// Controllers write line ends and quotes as they are, or as XML does.
    private static String mark(ObjectInstance encoding, String parameter) {
        return encoding.value(parameter)
                .orElse("")
                .replace("&#13;", "\r")
                .replace("&#10;", "\n")
                .replace("&#9;", "\t")
                .replace("&quot;", "\"");
    }

    /// @throws UspException 7012 where what is written so could not be read again
    void check(String path) {
        boolean distinct = !marks.field().contains(marks.escape())
                && !marks.row().contains(marks.escape())
                && !marks.field().contains(marks.row())
                && !marks.row().contains(marks.field());
        if (marks.escape().length() != 1 || !isMark(marks.field()) || !isMark(marks.row()) || !distinct) {
            throw new UspException(
                    StandardErrorCode.INVALID_VALUE,
                    path
                            + "FieldSeparator, RowSeparator and EscapeCharacter must be there and different, the last of them"
                            + " one character");
        }
    }

    private static boolean isMark(String mark) {
        return !mark.isEmpty() && mark.length() <= Limits.BULK_SEPARATOR_CHARACTERS;
    }

    @Override
    public String mediaType() {
        return "text/csv; charset=UTF-8; header=present";
    }

    @Override
    public String reportFormat() {
        return perRow ? "ParameterPerRow" : "ParameterPerColumn";
    }

    @Override
    public String encode(List<Report> reports) {
        StringBuilder text = new StringBuilder();
        if (perRow) {
            rows(reports, text);
        } else {
            columns(reports, text);
        }
        return text.toString();
    }

    private void rows(List<Report> reports, StringBuilder text) {
        line(TIME, List.of("ParameterName", "ParameterValue", "ParameterType"), text);
        for (Report report : reports) {
            String collected = time.text(report.collected());
            for (ReportedValue value : report.values()) {
                line(collected, List.of(value.name(), value.value(), value.typeName()), text);
            }
        }
    }

    /// Intervals may have had different parameters: there is a column for each, empty where there was none.
    private void columns(List<Report> reports, StringBuilder text) {
        Set<String> names = new LinkedHashSet<>();
        reports.forEach(report -> report.values().forEach(value -> names.add(value.name())));
        line(TIME, names, text);
        for (Report report : reports) {
            Map<String, String> values = HashMap.newHashMap(report.values().size());
            report.values().forEach(value -> values.put(value.name(), value.value()));
            List<String> fields = new ArrayList<>(names.size());
            names.forEach(name -> fields.add(values.getOrDefault(name, "")));
            line(time.text(report.collected()), fields, text);
        }
    }

    private void line(String when, Collection<String> fields, StringBuilder text) {
        boolean first = true;
        if (time != ReportTime.NONE) {
            text.append(field(when));
            first = false;
        }
        for (String field : fields) {
            if (!first) {
                text.append(marks.field());
            }
            first = false;
            text.append(field(field));
        }
        text.append(marks.row());
    }

    private String field(String value) {
        boolean plain = !value.contains(marks.field())
                && !value.contains(marks.row())
                && !value.contains(marks.escape())
                && value.indexOf('\n') < 0
                && value.indexOf('\r') < 0;
        return plain
                ? value
                : marks.escape() + value.replace(marks.escape(), marks.escape() + marks.escape()) + marks.escape();
    }
}
