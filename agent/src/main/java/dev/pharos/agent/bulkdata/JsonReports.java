// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.agent.json.JsonText;
import dev.pharos.datamodel.instance.ObjectInstance;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reports in JSON: `{"Report":[…]}` with an object for each interval.
///
/// @param hierarchy whether objects stand within objects as in the data model; else each parameter is a pair of its
///     name and value
record JsonReports(boolean hierarchy, ReportTime time) implements ReportEncoding {
    private static final String TIME = "CollectionTime";
    private static final Pattern BARE = Pattern.compile("true|false|-?(0|[1-9][0-9]*)([.][0-9]+)?");

    static JsonReports of(ObjectInstance encoding) {
        return new JsonReports(
                encoding.value("ReportFormat").orElse("").equals("ObjectHierarchy"),
                ReportTime.of(encoding.value("ReportTimestamp").orElse("")));
    }

    @Override
    public String mediaType() {
        return "application/json; charset=UTF-8";
    }

    @Override
    public String reportFormat() {
        return hierarchy ? "ObjectHierarchy" : "NameValuePair";
    }

    private sealed interface Json {
        /// A value as it is written.
        record Literal(String text) implements Json {}

        record Members(Map<String, Json> byName) implements Json {
            Members() {
                this(new LinkedHashMap<>());
            }
        }
    }

    @Override
    public String encode(List<Report> reports) {
        StringBuilder text = new StringBuilder("{\"Report\":[");
        for (int i = 0; i < reports.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            write(members(reports.get(i)), text);
        }
        return text.append("]}").toString();
    }

    private Json.Members members(Report report) {
        Json.Members members = new Json.Members();
        if (time != ReportTime.NONE) {
            members.byName().put(TIME, new Json.Literal(time(report.collected())));
        }
        for (ReportedValue value : report.values()) {
            if (hierarchy) {
                place(value, members);
            } else {
                members.byName().putIfAbsent(value.name(), literal(value));
            }
        }
        return members;
    }

    private String time(Instant collected) {
        String said = time.text(collected);
        return time == ReportTime.UNIX_EPOCH ? said : quoted(said);
    }

    /// Puts the value where the steps of its name lead. Where names contradict each other, as `A` and `A.B` do, the
    /// first stays.
    private static void place(ReportedValue value, Json.Members root) {
        Json.Members holder = root;
        int from = 0;
        for (int dot = value.name().indexOf('.'); dot >= 0; dot = value.name().indexOf('.', from)) {
            Json next = holder.byName().computeIfAbsent(value.name().substring(from, dot), step -> new Json.Members());
            switch (next) {
                case Json.Members deeper -> holder = deeper;
                case Json.Literal _ -> {
                    return;
                }
            }
            from = dot + 1;
        }
        holder.byName().putIfAbsent(value.name().substring(from), literal(value));
    }

    private static Json.Literal literal(ReportedValue value) {
        return new Json.Literal(
                switch (value.base()) {
                    case BOOLEAN, INT, UNSIGNED_INT, LONG, UNSIGNED_LONG, DECIMAL ->
                        isBare(value.value()) ? value.value() : quoted(value.value());
                    case STRING, DATE_TIME, BASE64, HEX_BINARY -> quoted(value.value());
                });
    }

    /// Whether JSON has this as a value of its own. A secret number, shown as empty text, is none.
    private static boolean isBare(String value) {
        return BARE.matcher(value).matches();
    }

    private static String quoted(String value) {
        StringBuilder text = new StringBuilder(value.length() + 2);
        JsonText.quote(value, text);
        return text.toString();
    }

    private static void write(Json json, StringBuilder text) {
        switch (json) {
            case Json.Literal(String literal) -> text.append(literal);
            case Json.Members(Map<String, Json> byName) -> {
                text.append('{');
                boolean first = true;
                for (Map.Entry<String, Json> member : byName.entrySet()) {
                    if (!first) {
                        text.append(',');
                    }
                    first = false;
                    JsonText.quote(member.getKey(), text);
                    text.append(':');
                    write(member.getValue(), text);
                }
                text.append('}');
            }
        }
    }
}
