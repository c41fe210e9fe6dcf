// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition.ObjectAccess;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.device.prplos.uci.UciSection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The part of the gateway model that a mapping backs. Management adds and deletes rows where the mapping says so; all
/// others are those of the configuration.
final class MappedModel {
    private static final String COUNT = "NumberOfEntries";

    private final Map<String, Set<String>> backed = new HashMap<>();
    private final Set<String> fixed = new HashSet<>();
    private final Set<String> writable = new HashSet<>();
    /// What new rows begin with, where the configuration means something else than the data model by silence.
    private final Map<String, String> defaults = new HashMap<>();

    private MappedModel() {}

    /// @throws IllegalArgumentException where the gateway model lacks something of the mapping
    static SupportedDataModel of(Mapping mapping) {
        MappedModel model = new MappedModel();
        mapping.tables().forEach(model::table);
        mapping.listings().forEach(listing -> model.listing(listing, mapping));
        mapping.always().forEach(model::always);
        mapping.stacks().forEach(model::stack);
        mapping.calls().surveys().forEach(survey -> model.add(survey.object(), survey.command()));
        mapping.calls().writes().forEach(write -> model.add(write.row(), write.parameter()));
        SupportedDataModel part = GatewayModel.load()
                .restrictedTo((object, element) -> !element.isEmpty()
                        && model.backed.getOrDefault(object, Set.of()).contains(element));
        model.mustBeIn(part);
        return SupportedDataModel.of(
                part.uri(), part.objects().stream().map(model::as).toList());
    }

    private void table(Mapping.Table table) {
        String row = table.supportedRow();
        boolean life = table.content().life().writable();
        if (!table.isSingle()) {
            counted(table.path());
            add(row, "Alias");
            add(row, table.key().name());
            access(table, row);
        }
        UciSection blank = table.blank("");
        for (Mapping.Parameter parameter : table.content().parameters()) {
            add(row, parameter.name());
            if (parameter.option().isEmpty() || parameter.conversion() instanceof Conversion.Same) {
                fixed.add(row + parameter.name());
            } else if (life) {
                parameter
                        .conversion()
                        .shown(blank, parameter.option(), Conversion.Rows.NONE)
                        .ifPresent(value -> defaults.put(row + parameter.name(), value));
            }
        }
        table.content().commands().forEach(command -> add(row, command.name()));
        for (State state : table.content().states()) {
            add(row, state.parameter());
            fixed.add(row + state.parameter());
        }
        for (Observed observed : table.content().observed()) {
            add(row, observed.parameter());
            if (table.content().parameters().stream()
                    .noneMatch(both -> both.name().equals(observed.parameter()))) {
                fixed.add(row + observed.parameter());
            }
        }
    }

    private void stack(Stack stack) {
        counted(stack.path());
        for (String name : Stack.PARAMETERS) {
            add(stack.supportedRow(), name);
        }
        add(stack.supportedRow(), "Alias");
        fixed.add(stack.supportedRow() + "Alias");
    }

    private void always(Always row) {
        counted(row.table());
        for (String name : row.values().keySet()) {
            add(row.supportedRow(), name);
            fixed.add(row.supportedRow() + name);
        }
    }

    private void listing(Listing listing, Mapping mapping) {
        String row = row(listing);
        counted(row.substring(0, row.length() - "{i}.".length()));
        listing.all().forEach(observed -> add(row, observed.parameter()));
        listing.all().stream()
                .map(observed -> observed.parameter().split(Listing.ONE))
                .filter(parts -> parts.length > 1)
                .forEach(parts -> counted(row + parts[0] + "."));
        for (Beneath table : listing.content().beneath()) {
            counted(row + table.name());
            table.all().forEach(observed -> {
                add(row + table.name() + "{i}.", observed.parameter());
                fixed.add(row + table.name() + "{i}." + observed.parameter());
            });
        }
        Set<String> written = written(listing);
        mapping.tables().stream()
                .filter(table -> table.path().equals(listing.name()))
                .flatMap(table -> table.content().parameters().stream())
                .forEach(parameter -> written.add(parameter.name()));
        mapping.listings().stream()
                .filter(other -> row(other).equals(row))
                .forEach(other -> written.addAll(written(other)));
        if (listing.isWritten()) {
            add(row, "Alias");
            writable.add(row);
        }
        listing.all().stream()
                .map(Observed::parameter)
                .filter(parameter -> !written.contains(parameter))
                .forEach(parameter -> fixed.add(SupportedDataModel.supportedPath(row + parameter)));
    }

    /// What management writes of rows that the configuration has.
    private static Set<String> written(Listing listing) {
        Set<String> written = new HashSet<>();
        listing.switches().forEach(each -> written.add(each.parameter()));
        if (listing.isWritten()) {
            written.add(listing.keys().getFirst().parameter());
            listing.naming().map(Observed::parameter).ifPresent(written::add);
            listing.parameters().stream()
                    .filter(observed -> listing.fixed().orElse(null) instanceof FixedSections
                            && !FixedSections.option(observed).isEmpty())
                    .forEach(observed -> written.add(observed.parameter()));
            if (listing.fixed().orElse(null) instanceof FixedMembers) {
                listing.keys().forEach(key -> written.add(key.parameter()));
                FixedMembers.marked(listing).map(Observed::parameter).ifPresent(written::add);
            }
            listing.mask().ifPresent(written::add);
            listing.holder().ifPresent(written::add);
        }
        return written;
    }

    /// The parameter that says how many rows a table has. Some are called only as their table begins.
    ///
    /// @param table with trailing dot
    private void counted(String table) {
        String supportedTable = SupportedDataModel.supportedPath(table);
        String holder = supportedTable.substring(0, supportedTable.lastIndexOf('.', supportedTable.length() - 2) + 1);
        String name = supportedTable.substring(holder.length(), supportedTable.length() - 1);
        add(
                holder,
                GatewayModel.load().object(holder).stream()
                        .flatMap(object -> object.parameters().stream())
                        .map(ParameterDefinition::name)
                        .filter(parameter -> parameter.endsWith(COUNT) && name.startsWith(parameter.replace(COUNT, "")))
                        .max(Comparator.comparingInt(String::length))
                        .orElse(name + COUNT));
    }

    private static String row(Listing listing) {
        return SupportedDataModel.supportedPath(listing.path(listing.table().supportedRow())) + "{i}.";
    }

    /// The parameters that are asked for at each read, by supported path.
    static Set<String> live(Mapping mapping) {
        return Stream.concat(
                        mapping.listings().stream().flatMap(MappedModel::live),
                        mapping.tables().stream()
                                .flatMap(table -> live(
                                        table.supportedRow(), table.content().observed())))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> live(Listing listing) {
        return Stream.concat(
                live(row(listing), listing.parameters()),
                listing.content().beneath().stream()
                        .flatMap(table -> live(row(listing) + table.name() + "{i}.", table.parameters())));
    }

    private static Stream<String> live(String row, List<Observed> parameters) {
        return parameters.stream()
                .filter(Observed::live)
                .map(observed -> SupportedDataModel.supportedPath(row + observed.parameter()));
    }

    /// Who gives a row what it is known by.
    private void access(Mapping.Table table, String row) {
        boolean life = table.content().life().writable();
        if (life) {
            writable.add(row);
        }
        if (!life || (table.ownsSections() && !table.key().name().equals("Alias"))) {
            fixed.add(row + table.key().name());
        }
        if (!life) {
            fixed.add(row + "Alias");
        }
    }

    /// @param name of a parameter, with the names of single objects before it
    private void add(String object, String name) {
        int dot = name.lastIndexOf('.') + 1;
        backed.computeIfAbsent(SupportedDataModel.supportedPath(object + name.substring(0, dot)), o -> new HashSet<>())
                .add(name.substring(dot));
    }

    private void mustBeIn(SupportedDataModel part) {
        backed.forEach((path, names) -> names.forEach(name -> {
            if (part.object(path).stream()
                    .noneMatch(object -> object.parameter(name).isPresent()
                            || object.command(name).isPresent())) {
                throw new IllegalArgumentException("the mapping has what the data model has not: " + path + name);
            }
        }));
    }

    private ObjectDefinition as(ObjectDefinition object) {
        List<ParameterDefinition> parameters = object.parameters().stream()
                .map(parameter -> as(object.path() + parameter.name(), parameter))
                .toList();
        return new ObjectDefinition(
                object.path(),
                writable.contains(object.path()) ? ObjectAccess.ADD_DELETE : ObjectAccess.READ_ONLY,
                object.uniqueKeys(),
                parameters,
                object.commands(),
                object.events(),
                object.description());
    }

    private ParameterDefinition as(String path, ParameterDefinition parameter) {
        return new ParameterDefinition(
                parameter.name(),
                parameter.type(),
                fixed.contains(path) ? ParameterAccess.READ_ONLY : parameter.access(),
                parameter.reference(),
                Optional.ofNullable(defaults.get(path)).or(parameter::defaultValue),
                parameter.secured(),
                parameter.notification(),
                parameter.description());
    }
}
