// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.Facet;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.controller.query.TextAttribute;
import dev.pharos.controller.query.ValueTest;
import dev.pharos.controller.store.FacetCounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Counts by a [Facet] as SQL. What people typed is bound, and never part of the text.
final class FacetSql {
    private static final String NUMBER = "^" + ValueTest.NUMBER.pattern() + "$";

    private final ConditionSql meant;
    private final Map<String, Object> bound = new LinkedHashMap<>();
    private final String pairs;
    private final boolean measured;

    /// @param condition which devices are counted
    FacetSql(Condition condition, Facet by) {
        this.meant = ConditionSql.of(condition);
        this.pairs = "with pairs as (" + pairs(by) + ") ";
        this.measured = by instanceof Facet.ByParameter;
    }

    /// Each device that is meant with each of its values, once.
    private String pairs(Facet by) {
        return switch (by) {
            case Facet.ByText text -> {
                String column = ConditionSql.column(text.attribute());
                String value = text.attribute() == TextAttribute.STATUS ? "lower(" + column + ")" : column;
                yield "select no, " + value + " as value from devices where " + meant.text() + " and " + column
                        + " <> ''";
            }
            case Facet.ByFlag flag ->
                "select no, (" + ConditionSql.column(flag.flag()) + ")::text as value from devices where "
                        + meant.text();
            case Facet.ByTag tag ->
                "select distinct no, given as value from devices cross join unnest(tags) as given where "
                        + meant.text();
            case Facet.ByParameter parameter -> parameter(parameter.path());
        };
    }

    private String parameter(ParameterPattern path) {
        bound.put("parameter", path.parameter());
        ObjectsSql objects = ObjectsSql.of(path, "r.object_path", "");
        bound.putAll(objects.bound());
        String entry = "r.parameters -> :parameter::text";
        // a fourth element beside value, time and source marks a secret
        return "select distinct devices.no, " + entry
                + " ->> 0 as value from devices join twin r on r.device_no = devices.no where " + meant.text() + " and "
                + objects.text() + " and jsonb_array_length(" + entry + ") = 3";
    }

    /// @param most how many values are named
    FacetCounts counts(Handle handle, int most) {
        long devices = query(handle, "select count(*) from devices where " + meant.text())
                .mapTo(Long.class)
                .one();
        List<FacetCounts.Count> values = query(
                        handle,
                        pairs + "select value, count(*) as n from pairs group by value"
                                + " order by n desc, value collate \"C\" limit :most")
                .bind("most", most)
                .map((rows, context) -> new FacetCounts.Count(rows.getString("value"), rows.getLong("n")))
                .list();
        Extent extent = extent(handle);
        return new FacetCounts(devices, extent.having(), extent.distinct(), values, bars(handle, extent));
    }

    /// @param low of the values as numbers; zero where one of them is none
    private record Extent(long having, long distinct, BigDecimal low, BigDecimal high) {}

    private Extent extent(Handle handle) {
        return query(handle, pairs + """
                        select count(distinct no) as having, count(distinct value) as differing,
                            coalesce(bool_and(value ~ :number), false) as numbers,
                            min(case when value ~ :number then value::numeric end) as low,
                            max(case when value ~ :number then value::numeric end) as high
                        from pairs
                        """)
                .bind("number", NUMBER)
                .map((rows, context) -> {
                    boolean numbers = rows.getBoolean("numbers");
                    return new Extent(
                            rows.getLong("having"),
                            rows.getLong("differing"),
                            numbers ? rows.getBigDecimal("low") : BigDecimal.ZERO,
                            numbers ? rows.getBigDecimal("high") : BigDecimal.ZERO);
                })
                .one();
    }

    private List<FacetCounts.Bar> bars(Handle handle, Extent extent) {
        if (!measured || extent.low().compareTo(extent.high()) == 0) {
            return List.of();
        }
        Map<Integer, Long> filled = new HashMap<>();
        query(handle, pairs + """
                        select least(width_bucket(value::numeric, :low, :high, :bars), :bars) as bar, count(distinct no) as n
                        from pairs where value ~ :number group by bar
                        """)
                .bind("number", NUMBER)
                .bind("low", extent.low())
                .bind("high", extent.high())
                .bind("bars", FacetCounts.BARS)
                .map((rows, context) -> Map.entry(rows.getInt("bar"), rows.getLong("n")))
                .forEach(bar -> filled.put(bar.getKey(), bar.getValue()));
        List<BigDecimal> bounds = FacetCounts.bounds(extent.low(), extent.high());
        List<FacetCounts.Bar> bars = new ArrayList<>(FacetCounts.BARS);
        for (int i = 1; i <= FacetCounts.BARS; i++) {
            bars.add(new FacetCounts.Bar(bounds.get(i - 1), bounds.get(i), filled.getOrDefault(i, 0L)));
        }
        return bars;
    }

    private Query query(Handle handle, String sql) {
        Query statement = handle.createQuery(sql);
        meant.bind(statement);
        if (sql.startsWith(pairs)) {
            bound.forEach(statement::bind);
        }
        return statement;
    }
}
