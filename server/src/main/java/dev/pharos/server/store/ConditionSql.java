// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.Flag;
import dev.pharos.controller.query.Moment;
import dev.pharos.controller.query.Order;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.controller.query.TextAttribute;
import dev.pharos.controller.query.TextComparison;
import dev.pharos.controller.query.TimeAttribute;
import dev.pharos.controller.query.ValueTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;

/// A [Condition] as SQL over the table `devices`. What people typed is bound, and never part of the text.
final class ConditionSql {
    private final Map<String, Object> bound = new LinkedHashMap<>();
    private final String prefix;
    private final String text;
    private boolean readsTwins;

    private ConditionSql(Condition condition, String prefix) {
        this.prefix = prefix;
        this.text = sql(condition);
    }

    static ConditionSql of(Condition condition) {
        return new ConditionSql(condition, "q");
    }

    /// @param prefix of the names of what is bound, for a statement with several conditions
    static ConditionSql of(Condition condition, String prefix) {
        return new ConditionSql(condition, prefix);
    }

    /// To stand after `where`.
    String text() {
        return text;
    }

    /// Whether it is over parameters, so that to find out who meets it costs more than to read them.
    boolean readsTwins() {
        return readsTwins;
    }

    void bind(SqlStatement<?> statement) {
        bound.forEach(statement::bind);
    }

    private String sql(Condition condition) {
        return switch (condition) {
            case Condition.All all -> joined(all.conditions(), " and ", "true");
            case Condition.Any any -> joined(any.conditions(), " or ", "false");
            case Condition.Not not -> "not " + sql(not.condition());
            case Condition.Word word ->
                "strpos(search_text, " + bind(Storable.text(word.text().toLowerCase(Locale.ROOT))) + ") > 0";
            case Condition.TextIs is -> compare(is.comparison(), column(is.attribute()), is.value());
            case Condition.FlagIs is -> "(" + column(is.flag()) + ") = " + is.value();
            case Condition.TimeIs is -> column(is.attribute()) + time(is.order(), is.moment());
            case Condition.HealthIs is -> "coalesce(health " + is.order().sign() + " " + bind(is.score()) + ", false)";
            case Condition.Tagged tagged -> bind(Storable.text(tagged.tag())) + " = any (tags)";
            case Condition.ParameterIs is -> parameter(is.path(), is.test());
            case Condition.InGroup group -> throw new IllegalArgumentException("not resolved: " + group);
        };
    }

    private String joined(List<Condition> conditions, String word, String none) {
        return conditions.isEmpty()
                ? none
                : conditions.stream().map(this::sql).collect(Collectors.joining(word, "(", ")"));
    }

    private String bind(Object value) {
        String name = prefix + bound.size();
        bound.put(name, value);
        return ":" + name;
    }

    static String column(TextAttribute attribute) {
        return switch (attribute) {
            case ID -> "id";
            case MANUFACTURER -> "manufacturer";
            case OUI -> "oui";
            case MODEL -> "model_name";
            case PRODUCT_CLASS -> "product_class";
            case SERIAL -> "serial_number";
            case HARDWARE -> "hardware_version";
            case SOFTWARE -> "software_version";
            case STATUS -> "status";
            case TRANSPORT -> "transport";
            case ADDRESS -> "address";
            case PROTOCOL -> "protocol_versions";
        };
    }

    static String column(Flag flag) {
        return switch (flag) {
            case ONLINE -> "status <> 'OFFLINE'";
            case APPROVED -> "approved";
            case VERIFIED -> "verified";
            case ONBOARDED -> "onboarded";
        };
    }

    private static String column(TimeAttribute attribute) {
        return switch (attribute) {
            case FIRST_SEEN -> "first_seen";
            case LAST_SEEN -> "last_seen";
        };
    }

    /// In the C collation `lower` changes the letters A to Z and no others.
    private String compare(TextComparison comparison, String column, String wanted) {
        String value = "lower(" + column + " collate \"C\")";
        String other = "lower(" + bind(Storable.text(wanted)) + "::text collate \"C\")";
        return switch (comparison) {
            case IS -> value + " = " + other;
            case IS_NOT -> value + " <> " + other;
            case CONTAINS -> "strpos(" + value + ", " + other + ") > 0";
        };
    }

    private String time(Order order, Moment moment) {
        return switch (moment) {
            case Moment.Ago ago ->
                " " + order.reversed().sign() + " now() - make_interval(secs => "
                        + bind((double) ago.age().toSeconds()) + ")";
            case Moment.At at -> " " + order.sign() + " " + bind(Storable.time(at.time()));
        };
    }

    /// The value is compared before anything else is asked of a row: most rows end there.
    private String parameter(ParameterPattern path, ValueTest test) {
        readsTwins = true;
        ObjectsSql objects = ObjectsSql.of(path, "t.object_path", prefix + bound.size() + "_");
        bound.putAll(objects.bound());
        String entry = "t.parameters -> " + bind(path.parameter()) + "::text";
        // a fourth element beside value, time and source marks a secret
        return "exists (select 1 from twin t where t.device_no = devices.no and " + objects.text() + " and "
                + meets("(" + entry + " ->> 0)", test)
                + " and jsonb_array_length(" + entry + ") = 3)";
    }

    private String meets(String value, ValueTest test) {
        return switch (test) {
            case ValueTest.Text text ->
                switch (text.comparison()) {
                    case IS -> value + " = " + bind(Storable.text(text.value()));
                    case IS_NOT -> value + " <> " + bind(Storable.text(text.value()));
                    case CONTAINS -> compare(TextComparison.CONTAINS, value, text.value());
                };
            case ValueTest.Truth truth ->
                "lower(" + value + " collate \"C\") in " + (truth.value() ? "('true', '1')" : "('false', '0')");
            case ValueTest.Numeric number -> {
                String compared =
                        " then " + value + "::numeric " + number.order().sign() + " " + bind(number.value());
                // most numbers have digits and nothing else, which is found out faster than by the expression
                yield "case when ltrim(" + value + ", '0123456789') = '' and length(" + value + ") between 1 and 18"
                        + compared + " when " + value + " ~ " + bind("^" + ValueTest.NUMBER.pattern() + "$") + compared
                        + " else false end";
            }
        };
    }
}
