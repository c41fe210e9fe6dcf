// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.uci.UciChange;
import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.device.prplos.uci.UciSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The items of a list that sections have which are rows of another table beneath the same row, as ports are members of
/// VLANs. An item is a name, and may have marks behind a colon, such as `lan1:t*`.
///
/// @param option the list
/// @param sections which have it
public record FixedMembers(String option, FixedSections sections) implements Fixed {
    /// What paths lead to in such a row, beside the options of the section.
    static final String MEMBER = "member";

    static final String MARKS = "marks";

    /// The name of the section.
    static final String SECTION = "section";

    private static final String BETWEEN = ":";

    @Override
    public boolean isAlone(UciSection section) {
        return false;
    }

    @Override
    public boolean isWritten() {
        return true;
    }

    /// The members as tables.
    ///
    /// @param holder of whose rows they are
    Stream<UbusTable> members(UciSection holder, UciPackage content) {
        return sections.sections(holder, content).entrySet().stream()
                .flatMap(section -> content.section(section.getKey())
                        .map(full -> full.items(option).stream()
                                .map(item -> section.getValue()
                                        .with(MEMBER, name(item))
                                        .with(MARKS, marks(item))
                                        .with(SECTION, full.id())))
                        .orElse(Stream.empty()));
    }

    static String name(String item) {
        int end = item.indexOf(BETWEEN);
        return end < 0 ? item : item.substring(0, end);
    }

    static String marks(String item) {
        int end = item.indexOf(BETWEEN);
        return end < 0 ? "" : item.substring(end + 1);
    }

    /// What has a section have a member with this mark in place of another one; its other marks and all other members
    /// stay.
    UciChange with(UciSection section, String member, String mark, String instead) {
        List<String> items = new ArrayList<>();
        boolean there = false;
        for (String item : section.items(option)) {
            if (name(item).equals(member)) {
                there = true;
                items.add(item(member, mark + marks(item).replace(mark, "").replace(instead, "")));
            } else {
                items.add(item);
            }
        }
        if (!there) {
            items.add(item(member, mark));
        }
        return new UciChange.SetItems(section.id(), option, items);
    }

    private static String item(String member, String marks) {
        return marks.isEmpty() ? member : member + BETWEEN + marks;
    }

    UciChange without(UciSection section, String member) {
        return new UciChange.SetItems(
                section.id(),
                option,
                section.items(option).stream()
                        .filter(item -> !name(item).equals(member))
                        .toList());
    }

    /// How the mark of a member is shown and written; empty where nothing says it.
    static Optional<Observed> marked(Listing listing) {
        return listing.parameters().stream()
                .filter(observed -> observed.reading() instanceof Observed.Reading.Marked)
                .findFirst();
    }
}
