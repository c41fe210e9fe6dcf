// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.swap;

import dev.pharos.controller.profile.Sameness;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.controller.swap.Router.Network;
import dev.pharos.controller.swap.SwapPlan.Action;
import dev.pharos.controller.swap.SwapPlan.Column;
import dev.pharos.controller.swap.SwapPlan.Line;
import dev.pharos.controller.swap.SwapPlan.Writing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Says what of an old router a new one gets. It asks neither: all of it is from what their twins know, so that the old
/// one may be gone.
public final class SwapPlanner {
    private static final String UNREADABLE = "nobody can read it from a router";

    private final Router old;
    private final Router now;
    private final WifiKeys keys;
    private final List<Line> lines = new ArrayList<>();

    private SwapPlanner(Router old, Router now, WifiKeys keys) {
        this.old = old;
        this.now = now;
        this.keys = keys;
    }

    /// @param now the new router
    public static SwapPlan plan(Router old, Router now, WifiKeys keys) {
        SwapPlanner planner = new SwapPlanner(old, now, keys);
        planner.wifi();
        planner.router();
        Personal.TABLES.forEach(planner::table);
        return new SwapPlan(planner.lines);
    }

    private void wifi() {
        Map<String, Network> there = now.networks().stream()
                .collect(Collectors.toMap(Network::role, network -> network, (first, _) -> first));
        Set<String> bands = new HashSet<>();
        for (Network network : old.networks()) {
            Optional<Network> same = Optional.ofNullable(there.get(network.role()));
            String none = "the new router has no network of this kind";
            single(
                    id(network, Personal.ENABLED),
                    name(network, Personal.ENABLED),
                    network.ssid() + Personal.ENABLED.parameter(),
                    same.map(to -> to.ssid() + Personal.ENABLED.parameter()),
                    none,
                    "");
            if (old.text(network.ssid() + Personal.ENABLED.parameter())
                    .filter(SwapPlanner::isFalse)
                    .isPresent()) {
                continue;
            }
            for (Personal.Setting setting : Personal.OF_NETWORK) {
                single(
                        id(network, setting),
                        name(network, setting),
                        at(network, setting) + setting.parameter(),
                        same.map(to -> at(to, setting) + setting.parameter()),
                        none,
                        same.filter(_ -> !setting.listedBy().isEmpty())
                                .map(to -> at(to, setting) + setting.listedBy())
                                .orElse(""));
            }
            key(network, same, none);
            if (bands.add(network.band())) {
                network.radio().ifPresent(radio -> channel(network, radio, same.flatMap(Network::radio)));
            }
        }
    }

    private static String at(Network network, Personal.Setting setting) {
        return setting.place() == Personal.Place.SSID ? network.ssid() : network.accessPoint();
    }

    private static String id(Network network, Personal.Setting setting) {
        return network.role() + "." + setting.word();
    }

    private static String name(Network network, Personal.Setting setting) {
        return network.title() + ": " + setting.name();
    }

    private void key(Network network, Optional<Network> same, String none) {
        String path = network.accessPoint() + Personal.KEY.parameter();
        String mode = old.text(network.accessPoint() + "Security.ModeEnabled").orElse("");
        if (mode.equals("None") || (mode.isEmpty() && !old.has(path))) {
            return;
        }
        Optional<String> target = same.map(to -> to.accessPoint() + Personal.KEY.parameter());
        Optional<String> given = keys.of(network);
        Line line = new Line(
                id(network, Personal.KEY),
                name(network, Personal.KEY),
                new Column(path, "", Optional.empty()),
                target.filter(now::has).map(at -> new Column(at, "", Optional.empty())),
                Action.SET,
                target.map(at -> new Writing.Value(at, given.orElse(""))),
                given.isPresent() ? "the key that was given" : "",
                true);
        Optional<String> hindrance = target.isEmpty()
                ? Optional.of(none)
                : given.isEmpty()
                        ? Optional.of(UNREADABLE + "; give a key, else the new router keeps its own")
                        : target.flatMap(at -> hindrance(at, given.get(), ""));
        lines.add(hindrance.map(line::hindered).orElse(line));
    }

    private void channel(Network network, String radio, Optional<String> target) {
        String band = network.band().isEmpty() ? "Wi-Fi" : "Wi-Fi " + network.band();
        String word =
                network.band().isEmpty() ? "radio" : "radio." + network.band().replace(" GHz", "ghz");
        String none = "the new router has no radio of this kind";
        single(
                word + ".automatic",
                band + ": channel is chosen by the router",
                radio + Personal.AUTOMATIC,
                target.map(to -> to + Personal.AUTOMATIC),
                none,
                "");
        if (old.text(radio + Personal.AUTOMATIC).filter(SwapPlanner::isFalse).isPresent()) {
            single(
                    word + ".channel",
                    band + ": channel",
                    radio + Personal.CHANNEL,
                    target.map(to -> to + Personal.CHANNEL),
                    none,
                    target.map(to -> to + Personal.CHANNELS).orElse(""));
        }
    }

    private void router() {
        for (Personal.Setting setting : Personal.OF_ROUTER) {
            old.place(setting.place())
                    .ifPresent(at -> single(
                            setting.word(),
                            setting.name(),
                            at + setting.parameter(),
                            now.place(setting.place()).map(to -> to + setting.parameter()),
                            "which interface of the new router is that of the home is not known",
                            ""));
        }
        Personal.Setting password = Personal.PPP_PASSWORD;
        old.place(Personal.Place.PPP)
                .filter(at -> old.text(at + "Username")
                        .filter(user -> !user.isEmpty())
                        .isPresent())
                .ifPresent(at -> lines.add(new Line(
                        password.word(),
                        password.name(),
                        new Column(at + password.parameter(), "", Optional.empty()),
                        Optional.of(new Column(at + password.parameter(), "", Optional.empty()))
                                .filter(column -> now.has(column.path())),
                        Action.CANNOT,
                        Optional.empty(),
                        UNREADABLE + "; set it from where it is known",
                        true)));
    }

    /// @param target where it is on the new router
    /// @param none why there is nothing, where there is no target
    /// @param listedBy what lists the values that the new router allows; empty where nothing does
    private void single(String id, String name, String path, Optional<String> target, String none, String listedBy) {
        Optional<TwinValue> from = old.value(path).filter(value -> !value.secured());
        if (from.isEmpty()
                || (from.get().value().isEmpty()
                        && target.flatMap(now::text).orElse("").isEmpty())) {
            return;
        }
        String value = from.get().value();
        Optional<TwinValue> there = target.flatMap(now::value);
        Line line = new Line(
                id,
                name,
                column(from.get()),
                there.map(SwapPlanner::column),
                Action.SET,
                target.map(at -> new Writing.Value(at, value)),
                "",
                false);
        if (there.filter(known -> Sameness.same(known.value(), value)).isPresent()) {
            lines.add(new Line(id, name, line.old(), line.now(), Action.SAME, Optional.empty(), "", false));
            return;
        }
        Optional<String> hindrance =
                target.isEmpty() ? Optional.of(none) : target.flatMap(at -> hindrance(at, value, listedBy));
        lines.add(hindrance.map(line::hindered).orElse(line));
    }

    private Optional<String> hindrance(String path, String value, String listedBy) {
        if (!now.has(path)) {
            return Optional.of("the new router has no such setting (" + path + ")");
        }
        if (value.length() > Limits.VALUE) {
            return Optional.of("it is longer than " + Limits.VALUE + " characters");
        }
        return now.model().hinders(path, value).or(() -> unlisted(listedBy, value));
    }

    private Optional<String> unlisted(String listedBy, String value) {
        String listed = listedBy.isEmpty() ? "" : now.text(listedBy).orElse("");
        return listed.isBlank() || isListed(listed, value)
                ? Optional.empty()
                : Optional.of("the new router allows only " + (listed.length() > 200 ? "others" : listed));
    }

    private static boolean isListed(String listed, String value) {
        for (String each : listed.split(",")) {
            String item = each.strip();
            if (item.equals(value)) {
                return true;
            }
            if (item.matches("[0-9]{1,3}-[0-9]{1,3}") && value.matches("[0-9]{1,3}")) {
                String[] ends = item.split("-", 2);
                int number = Integer.parseInt(value);
                if (number >= Integer.parseInt(ends[0]) && number <= Integer.parseInt(ends[1])) {
                    return true;
                }
            }
        }
        return false;
    }

    private void table(Personal.Table table) {
        Set<SortedMap<String, String>> brought = new HashSet<>();
        for (String row : old.rows(table.object(), Limits.LOOKED_AT)) {
            SortedMap<String, String> key = key(table, row);
            boolean named = old.text(row + table.key().getFirst())
                    .filter(text -> !text.isEmpty())
                    .isPresent();
            if (!named || !isMeant(table, row) || !brought.add(key)) {
                continue;
            }
            SortedMap<String, String> values = new TreeMap<>();
            table.values().forEach(name -> old.text(row + name).ifPresent(value -> values.put(name, value)));
            row(table, row, key, values, brought.size());
        }
    }

    /// Rows that a router made of itself are not personal.
    private boolean isMeant(Personal.Table table, String row) {
        return old.text(row + table.only().parameter())
                .map(text -> table.only().values().contains(text))
                .orElse(true);
    }

    private SortedMap<String, String> key(Personal.Table table, String row) {
        SortedMap<String, String> key = new TreeMap<>();
        for (String name : table.key()) {
            String value = old.text(row + name).orElse("");
            if (!value.isEmpty() || isThere(table, name)) {
                key.put(name, value);
            }
        }
        return key;
    }

    private boolean isThere(Personal.Table table, String name) {
        return now.has(table.object() + "1." + name)
                || now.rows(table.object(), 1).stream().anyMatch(row -> now.has(row + name));
    }

    private void row(
            Personal.Table table,
            String row,
            SortedMap<String, String> key,
            SortedMap<String, String> values,
            int nth) {
        List<String> names = new ArrayList<>(key.keySet());
        names.addAll(values.keySet());
        Optional<String> there = now.rows(table.object(), Limits.LOOKED_AT).stream()
                .filter(each -> key.entrySet().stream()
                        .allMatch(part -> now.text(each + part.getKey())
                                .filter(value -> Sameness.same(value, part.getValue()))
                                .isPresent()))
                .findFirst();
        // says no more than leaving it out
        values.entrySet()
                .removeIf(each -> List.of("", "0").contains(each.getValue()) && !isThere(table, each.getKey()));
        if (there.isEmpty()) {
            table.given().stream()
                    .filter(given -> isThere(table, given.parameter()))
                    .forEach(given -> values.put(given.parameter(), given.value()));
        }
        boolean same = there.isPresent()
                && values.entrySet().stream()
                        .allMatch(each -> now.text(there.get() + each.getKey())
                                .filter(value -> Sameness.same(value, each.getValue()))
                                .isPresent());
        Line line = new Line(
                table.word() + "." + nth,
                table.name() + " " + key(table, key),
                new Column(row, shown(old, table, row), newest(old, row, names)),
                there.map(at -> new Column(at, shown(now, table, at), newest(now, at, names))),
                same ? Action.SAME : Action.SET,
                same ? Optional.empty() : Optional.of(new Writing.Row(table.object(), key, values)),
                "",
                false);
        Optional<String> hindrance = same ? Optional.empty() : rowHindrance(table, key, values, there.isPresent(), nth);
        lines.add(hindrance.map(line::hindered).orElse(line));
    }

    private Optional<String> rowHindrance(
            Personal.Table table,
            SortedMap<String, String> key,
            SortedMap<String, String> values,
            boolean there,
            int nth) {
        if (!now.has(table.object())) {
            return Optional.of("the new router has no such table (" + table.object() + ")");
        }
        if (nth > Limits.ROWS) {
            return Optional.of("only the first " + Limits.ROWS + " are brought over");
        }
        if (!there) {
            Optional<String> closed = now.model().hindersRows(table.object());
            if (closed.isPresent()) {
                return closed;
            }
        }
        SortedMap<String, String> all = new TreeMap<>(values);
        all.putAll(key);
        return all.entrySet().stream()
                .map(each -> now.model().known() && !isThere(table, each.getKey())
                        ? Optional.of("the new router has no " + each.getKey() + " there")
                        : each.getValue().length() > Limits.VALUE
                                ? Optional.of(each.getKey() + " is longer than " + Limits.VALUE + " characters")
                                : now.model()
                                        .hinders(table.object() + "1." + each.getKey(), each.getValue())
                                        .map(why -> each.getKey() + ": " + why))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// `TCP 8080`
    private static String key(Personal.Table table, SortedMap<String, String> key) {
        return table.key().stream()
                .map(name -> key.getOrDefault(name, ""))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /// `192.168.1.7 80 camera`
    private static String shown(Router router, Personal.Table table, String row) {
        String text = table.shown().stream()
                .flatMap(name -> router.text(row + name).stream())
                .filter(value -> !value.isEmpty())
                .collect(Collectors.joining(" "));
        return router.text(row + "Enable").filter(SwapPlanner::isFalse).isPresent() ? text + " (off)" : text;
    }

    private static Optional<Instant> newest(Router router, String row, List<String> names) {
        return names.stream()
                .flatMap(name -> router.value(row + name).stream())
                .map(TwinValue::time)
                .max(Instant::compareTo);
    }

    private static Column column(TwinValue value) {
        return new Column(value.path(), value.secured() ? "" : value.value(), Optional.of(value.time()));
    }

    private static boolean isFalse(String text) {
        return Sameness.same(text, "false");
    }
}
