// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.device.prplos.uci.UciSection;
import dev.pharos.device.prplos.uci.UciStore;
import dev.pharos.device.prplos.uci.UciValue;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How parameters of TR-181 stand in UCI.
///
/// @param reloads by package, what is called on ubus once it was committed
/// @param tables in an order in which each refers only to those before it
/// @param listings the tables beneath rows of these, of which the rows are what daemons tell
/// @param always rows that there always are, above some of the tables
/// @param stacks tables that say which row stands on which
/// @param calls what else is called on ubus
public record Mapping(
        Map<String, Reload> reloads,
        List<Table> tables,
        List<Listing> listings,
        List<Always> always,
        List<Stack> stacks,
        Calls calls) {
    /// Nothing of the data model stands in UCI.
    public static final Mapping NONE = new Mapping(Map.of(), List.of(), List.of(), List.of(), List.of(), Calls.NONE);

    public Mapping {
        reloads = Map.copyOf(reloads);
        tables = List.copyOf(tables);
        listings = List.copyOf(listings);
        always = List.copyOf(always);
        stacks = List.copyOf(stacks);
    }

    /// The same without the tables beneath some objects, which somebody else has.
    ///
    /// @param objects with trailing dot
    public Mapping without(Set<String> objects) {
        return of(
                tables.stream()
                        .filter(table -> objects.stream().noneMatch(table.path()::startsWith))
                        .toList(),
                listings.stream()
                        .filter(listing -> objects.stream()
                                .noneMatch(listing.path(listing.table().path())::startsWith))
                        .toList(),
                calls.writes().stream()
                        .filter(write -> objects.stream().noneMatch(write.row()::startsWith))
                        .toList());
    }

    /// The same without the single objects of which there is no section and the tables of packages that there are
    /// not, of which the host may know something.
    public Mapping presentIn(UciStore store) {
        return of(
                tables.stream()
                        .filter(table -> table.isSingle() ? table.isPresentIn(store) : store.has(table.packageName()))
                        .toList(),
                listings,
                calls.writes());
    }

    /// With what is of these tables.
    private Mapping of(List<Table> kept, List<Listing> candidates, List<Calls.Write> writes) {
        List<Listing> listed = candidates.stream()
                .filter(listing -> kept.contains(listing.table()))
                .toList();
        return new Mapping(
                reloads,
                kept,
                listed,
                always.stream()
                        .filter(row -> kept.stream()
                                        .anyMatch(table -> table.path().startsWith(row.path()))
                                || listed.stream()
                                        .anyMatch(listing -> listing.name().startsWith(row.path())))
                        .toList(),
                kept.isEmpty() ? List.of() : stacks,
                new Calls(
                        calls.tells(),
                        writes,
                        calls.surveys().stream()
                                .filter(survey -> kept.contains(survey.table()))
                                .toList()));
    }

    /// What of the data model it answers for: paths of the parameters of single objects, of tables with trailing dot,
    /// and of the number of entries of these.
    public Set<String> answeredFor() {
        Set<String> paths = new HashSet<>();
        for (Table table : tables) {
            if (table.isSingle()) {
                table.content().parameters().forEach(parameter -> paths.add(table.path() + parameter.name()));
            } else {
                answersFor(table.path(), paths);
            }
        }
        listings.stream()
                .filter(listing -> listing.isElsewhere() || listing.table().isSingle())
                .forEach(listing -> answersFor(listing.path(listing.table().path()), paths));
        always.forEach(row -> answersFor(row.table(), paths));
        stacks.forEach(stack -> answersFor(stack.path(), paths));
        return paths;
    }

    private static void answersFor(String table, Set<String> paths) {
        String path = SupportedDataModel.supportedPath(table);
        paths.add(path);
        paths.add(path.substring(0, path.length() - 1) + "NumberOfEntries");
    }

    /// A method of an object on ubus.
    ///
    /// @param guarded whether the package may cut the way to whoever manages the gateway
    public record Reload(String object, String method, boolean guarded) {
        /// procd alone is told, which has whoever has a trigger for the package read it again.
        public static final Reload BY_PROCD = new Reload("service", "event", false);

        public boolean isByProcd() {
            return object.equals(BY_PROCD.object) && method.equals(BY_PROCD.method);
        }
    }

    /// Whether one of these packages may cut the way to whoever manages the gateway.
    boolean isGuarded(Set<String> packages) {
        return packages.stream().anyMatch(name -> {
            Reload reload = reloads.get(name);
            return reload != null && reload.guarded();
        });
    }

    /// A table, with a row for each section of a type, or a single object.
    ///
    /// @param path with trailing dot, without a row
    public record Table(String path, String packageName, String type, Identity identity, Content content) {
        /// Stands for the name of a section in what it begins with.
        private static final String ITSELF = "@";

        /// The parameter that tells rows apart.
        Parameter key() {
            return identity.key();
        }

        /// Whether it is no table but a single object, of the first section.
        boolean isSingle() {
            return key().name().isEmpty();
        }

        private boolean isPresentIn(UciStore store) {
            try {
                return !rows(store.read(packageName)).isEmpty();
            } catch (IOException | MalformedInputException unreadable) {
                return false;
            }
        }

        /// The supported path of what a section is.
        String supportedRow() {
            return SupportedDataModel.supportedPath(path) + (isSingle() ? "" : "{i}.");
        }

        /// The sections that are rows.
        List<UciSection> rows(@Nullable UciPackage content) {
            return content == null
                    ? List.of()
                    : content.sections().stream()
                            .filter(this::holds)
                            .limit(isSingle() ? 1 : Long.MAX_VALUE)
                            .toList();
        }

        /// Whether this is the path of a row, with trailing dot.
        boolean isRow(String objectPath) {
            return !isSingle()
                    && objectPath.startsWith(path)
                    && objectPath.indexOf('.', path.length()) == objectPath.length() - 1;
        }

        /// Whether a row is a section of its own, and does not share that of a row of another table.
        boolean ownsSections() {
            return !(key().conversion() instanceof Conversion.Row);
        }

        /// What a section has that management makes a row of, where nobody says anything else.
        UciSection blank(String section) {
            Map<String, UciValue> options = new LinkedHashMap<>();
            content.life().begins().forEach((option, value) -> {
                String text = value.replace(ITSELF, section);
                if (!text.isEmpty()) {
                    options.put(option, new UciValue.Text(text));
                }
            });
            return new UciSection(section, type, false, options);
        }

        boolean holds(UciSection section) {
            return section.type().equals(type)
                    && identity.where().entrySet().stream()
                            .allMatch(condition -> condition
                                    .getValue()
                                    .contains(section.text(condition.getKey()).orElse("")));
        }
    }

    /// Which sections are rows, and what tells these apart.
    ///
    /// @param where the values that options must have; an empty one stands for absence
    /// @param key without a name for a single object
    /// @param called where it stands what daemons call a section
    public record Identity(Map<String, Set<String>> where, Parameter key, Optional<Called> called) {
        public Identity {
            where = Map.copyOf(where);
        }
    }

    /// Where it stands what daemons call a section.
    sealed interface Called {

        /// A daemon says it.
        ///
        /// @param option what this says stands for `@` in the path; the section's name where it has none
        record Told(State.Question question, State.Path path, String option) implements Called {
            Optional<String> of(UbusTable answer, UciSection section) {
                return path.text(answer, section.text(option).orElse(section.id()));
            }
        }

        /// An option has it.
        record Configured(String option) implements Called {}
    }

    /// Whether management adds and deletes rows, and what becomes of sections then.
    ///
    /// @param begins what a section has where nobody said anything else
    /// @param ends what makes a section no row of this table any more; empty where it goes with its row
    public record Life(boolean writable, Map<String, String> begins, Map<String, String> ends) {
        /// Rows are those of the configuration.
        static final Life FIXED = new Life(false, Map.of(), Map.of());

        public Life {
            begins = Collections.unmodifiableMap(new LinkedHashMap<>(begins));
            ends = Collections.unmodifiableMap(new LinkedHashMap<>(ends));
        }
    }

    /// What the rows of a table hold.
    ///
    /// @param states what is not configuration, in words
    /// @param observed what is not configuration, as daemons tell it
    /// @param commands what management has done to a row
    public record Content(
            List<Parameter> parameters,
            List<State> states,
            List<Observed> observed,
            List<Need> needs,
            Life life,
            List<Command> commands) {
        public Content {
            commands = List.copyOf(commands);
            observed = List.copyOf(observed);
            parameters = List.copyOf(parameters);
            states = List.copyOf(states);
            needs = List.copyOf(needs);
        }
    }

    /// A parameter of a row.
    ///
    /// @param name relative to the row, such as `Security.ModeEnabled`
    /// @param option where it stands; empty where it is the section itself
    public record Parameter(String name, String option, Conversion conversion) {}

    /// What is called, one after the other, to carry out a command.
    ///
    /// @param name such as `Reset()`
    /// @param calls `@` stands for the name of the section
    public record Command(String name, List<Call> calls) {
        public Command {
            calls = List.copyOf(calls);
        }
    }

    /// What a section must have where an option has one of some values: another option of so many characters.
    public record Need(String option, int least, int most, String when, Set<String> values) {
        public Need {
            values = Set.copyOf(values);
        }

        boolean isMet(UciSection section) {
            String value = section.text(when).orElse("");
            int plus = value.indexOf('+');
            int length = section.text(option).orElse("").length();
            return !values.contains(plus < 0 ? value : value.substring(0, plus)) || (length >= least && length <= most);
        }
    }

    /// The one for OpenWrt that comes with Pharos.
    public static Mapping ofOpenWrt() {
        try (InputStream stream =
                Objects.requireNonNull(Mapping.class.getResourceAsStream("openwrt.mapping"), "openwrt.mapping")) {
            return MappingReader.read("openwrt.mapping", new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (MappingFormatException defect) {
            throw new IllegalStateException(defect);
        }
    }
}
