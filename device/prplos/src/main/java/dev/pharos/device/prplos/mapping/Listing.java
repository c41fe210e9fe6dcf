// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.device.prplos.uci.UciSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Rows for each section of a table, that a daemon lists or an option has: in a table beneath the row of the section,
/// or all in one table that is elsewhere.
///
/// @param table for whose sections there are rows
/// @param name with trailing dot; from `Device.` on where it is elsewhere
/// @param line where it begins, which tells lists for the same table apart
/// @param source where the list is; empty where the configuration alone has it
/// @param content what the rows hold
/// @param fixed what the configuration has of the rows
public record Listing(
        Mapping.Table table, String name, int line, Optional<Source> source, Content content, Optional<Fixed> fixed) {
    private static final String ELSEWHERE = "Device.";
    /// What is in the only row of a table beneath has this in its name, between that of the table and its own.
    static final String ONE = "\\.1\\.";

    /// Where a list is.
    ///
    /// @param question whom to ask
    /// @param at leads to a table, of which each member is a row, or to an array
    /// @param news the notifications of the object that say that the list is another
    public record Source(State.Question question, State.Path at, Set<String> news) {
        public Source {
            news = Set.copyOf(news);
        }
    }

    /// What rows hold.
    ///
    /// @param keys what tells rows apart, together
    /// @param only which elements are rows: of which this path leads to something of this family
    /// @param unless what is a row of these tables by its name is none here
    /// @param within in which network an element must be
    /// @param beneath the tables beneath each row
    public record Content(
            List<Observed> keys,
            List<Observed> parameters,
            Optional<Only> only,
            List<Reference> unless,
            Optional<Network.Within> within,
            List<Beneath> beneath) {
        public Content {
            beneath = List.copyOf(beneath);
            keys = List.copyOf(keys);
            parameters = List.copyOf(parameters);
            unless = List.copyOf(unless);
        }
    }

    /// Which elements are rows.
    record Only(State.Path path, Family family) {
        boolean holds(UbusTable element) {
            return path.text(element, "").filter(family::holds).isPresent();
        }
    }

    /// Names the list for a section.
    List<String> beneath(String section) {
        return List.of(table.path(), Integer.toString(line), section);
    }

    /// Whether rows for all sections are in one table.
    boolean isElsewhere() {
        return name.startsWith(ELSEWHERE);
    }

    /// Where the table is for a row, with trailing dot.
    String path(String row) {
        return isElsewhere() ? name : row + name;
    }

    List<Observed> keys() {
        return content.keys();
    }

    List<Observed> parameters() {
        return content.parameters();
    }

    /// All that rows hold, what tells them apart first.
    List<Observed> all() {
        List<Observed> all = new ArrayList<>(keys());
        all.addAll(parameters());
        return all;
    }

    /// Whether the configuration has the rows for a section, and no daemon.
    boolean isFixed(UciSection section) {
        return fixed.filter(rows -> rows.isAlone(section)).isPresent();
    }

    /// What the configuration has of the rows for a section.
    Map<String, UbusTable> configured(UciSection section, Map<String, UciPackage> packages) {
        return fixed.map(rows -> switch (rows) {
                    case FixedItems items -> items.elements(section);
                    case FixedAddresses addresses -> addresses.elements(section);
                    case FixedSections sections ->
                        within(section, keyed(sections(sections, section, packages).values().stream()), packages);
                    case FixedMembers members ->
                        keyed(Stream.ofNullable(packages.get(table.packageName()))
                                .flatMap(content -> members.members(section, content)));
                })
                .orElse(Map.of());
    }

    private Map<String, UbusTable> keyed(Stream<UbusTable> elements) {
        return keyed().of(Stream.of(new UbusValue.Array(List.copyOf(elements.toList()))), Limits.LISTED);
    }

    private Map<String, UbusTable> sections(
            FixedSections sections, UciSection holder, Map<String, UciPackage> packages) {
        UciPackage content = packages.get(table.packageName());
        return content == null ? Map.of() : sections.sections(holder, content);
    }

    /// The section that is the row of this key beneath that of a holder; empty where rows are no sections.
    Optional<String> sectionOf(String key, UciSection holder, Map<String, UciPackage> packages) {
        return fixed.orElse(null) instanceof FixedSections sections
                ? sections(sections, holder, packages).entrySet().stream()
                        .filter(section -> keyed().of(section.getValue(), "").equals(key))
                        .findFirst()
                        .map(Map.Entry::getKey)
                : Optional.empty();
    }

    /// Whether there is no section that says this of the row of a name.
    boolean isAbsent(Observed.Reading.Absent absent, String name, Map<String, UciPackage> packages) {
        return saying(absent, name, packages).isEmpty();
    }

    /// The sections that say this of the row of a name.
    List<UciSection> saying(Observed.Reading.Absent absent, String name, Map<String, UciPackage> packages) {
        return Conversion.of(packages.get(table.packageName()), absent.type()).stream()
                .filter(section -> absent.says(section, name))
                .toList();
    }

    /// The parameters that say whether there is a section.
    List<Observed> switches() {
        return parameters().stream()
                .filter(observed -> observed.reading() instanceof Observed.Reading.Absent)
                .toList();
    }

    /// Those elements that are in the network of a section.
    Map<String, UbusTable> within(
            UciSection section, Map<String, UbusTable> elements, Map<String, UciPackage> packages) {
        return content.within()
                .map(within -> {
                    Optional<Network> network = within.of(section, packages);
                    Map<String, UbusTable> inside = new LinkedHashMap<>(elements);
                    inside.values()
                            .removeIf(element -> element.text(within.option())
                                    .flatMap(address -> network.filter(known -> known.holds(address)))
                                    .isEmpty());
                    return inside;
                })
                .orElse(elements);
    }

    /// The parameter of the mask of an address.
    Optional<String> mask() {
        return parameters().stream()
                .filter(observed -> observed.reading() instanceof Observed.Reading.Mask)
                .map(Observed::parameter)
                .findFirst();
    }

    /// Whether management adds, writes and deletes rows that the configuration has.
    boolean isWritten() {
        return fixed.filter(Fixed::isWritten).isPresent();
    }

    /// The parameter by which management says which row of another table a new row is called as, with where that may
    /// be.
    Optional<Observed> naming() {
        return isWritten()
                ? parameters().stream()
                        .filter(observed -> observed.reading() instanceof Observed.Reading.Referring referring
                                && referring.paths().isEmpty())
                        .findFirst()
                : Optional.empty();
    }

    /// The parameter that says for which section a row is.
    Optional<String> holder() {
        return all().stream()
                .filter(observed -> observed.reading() instanceof Observed.Reading.Holder)
                .map(Observed::parameter)
                .findFirst();
    }

    /// The elements by what tells them apart, at most [Limits#LISTED]. An element without that is no row.
    ///
    /// @param section for which they are
    /// @param name what daemons call that
    Map<String, UbusTable> elements(UbusTable answer, String section, String name) {
        return keyed().of(
                        source.map(Source::at).stream()
                                .flatMap(at -> at.with(name).reached(answer, section)),
                        Limits.LISTED);
    }

    private Keyed keyed() {
        return new Keyed(keys(), content.only(), !content.beneath().isEmpty());
    }
}
