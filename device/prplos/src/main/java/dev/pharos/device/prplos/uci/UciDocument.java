// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import dev.pharos.usp.MalformedInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One UCI file as its owner left it, with comments, order, blank lines and quotes. A change touches only its
/// own lines. Immutable.
public final class UciDocument {
    private final String name;
    private final String text;
    private final List<UciBlock> blocks;

    private UciDocument(String name, String text, List<UciBlock> blocks) {
        this.name = name;
        this.text = text;
        this.blocks = blocks;
    }

    /// @param name of the package
    /// @throws MalformedInputException naming line and column
    public static UciDocument parse(String name, byte[] bytes) throws MalformedInputException {
        String text = UciText.ofBytes(bytes);
        if (bytes.length > Limits.FILE_BYTES) {
            throw UciText.malformed(text, Limits.FILE_BYTES, "larger than " + Limits.FILE_BYTES + " bytes");
        }
        return new UciDocument(name, text, UciParser.sections(text, List.of()));
    }

    public byte[] bytes() {
        return UciText.bytes(text);
    }

    /// What its readers see.
    public UciPackage content() {
        return new UciPackage(name, blocks.stream().map(UciBlock::section).toList());
    }

    /// The document with a change; the same one where it changes nothing.
    ///
    /// @throws UciRefusedException where the section is not there, or a name or value is none of UCI
    public UciDocument with(UciChange change) throws UciRefusedException {
        return with(change, UciText::raw);
    }

    /// @param encoding how a value of the change is written in the file
    UciDocument with(UciChange change, UnaryOperator<String> encoding) throws UciRefusedException {
        UciDocument changed = changed(change, encoding);
        requireOthersUntouched(changed, concerned(change));
        return changed;
    }

    /// The ids of the sections that a change is about.
    private Set<String> concerned(UciChange change) throws UciRefusedException {
        return switch (change) {
            case UciChange.SetOption(String section, String _, String _) -> Set.of(block(section).id);
            case UciChange.SetItems(String section, String _, List<String> _) -> Set.of(block(section).id);
            case UciChange.AddItem(String section, String _, String _) -> Set.of(block(section).id);
            case UciChange.RemoveItem(String section, String _, String _) -> Set.of(block(section).id);
            case UciChange.RemoveItemAt(String section, String _, int _) -> Set.of(block(section).id);
            case UciChange.DeleteOption(String section, String _) -> Set.of(block(section).id);
            case UciChange.RenameOption(String section, String _, String _) -> Set.of(block(section).id);
            case UciChange.DeleteSection(String section) -> Set.of(block(section).id);
            case UciChange.PutSection(String section, String _) -> Set.of(section);
            case UciChange.AddSection(String section, String _) -> Set.of(section);
            case UciChange.AddAnonymous(String id, String _) -> Set.of(id);
            case UciChange.RenameSection(String section, String newName) ->
                Stream.of(block(section).id, newName).collect(Collectors.toSet());
            case UciChange.Reorder _ -> Set.of();
        };
    }

    /// Lines that a backslash joins may come to stand beside others when something between them goes.
    private void requireOthersUntouched(UciDocument changed, Set<String> concerned) throws UciRefusedException {
        if (changed != this && !others(concerned).equals(changed.others(concerned))) {
            throw new UciRefusedException(name + " would change in another section too: a backslash joins its lines");
        }
    }

    private Map<String, UciSection> others(Set<String> concerned) {
        return blocks.stream()
                .map(UciBlock::section)
                .filter(section -> !concerned.contains(section.id()))
                .collect(Collectors.toMap(UciSection::id, Function.identity()));
    }

    private UciDocument changed(UciChange change, UnaryOperator<String> encoding) throws UciRefusedException {
        UciEdits edits = new UciEdits(text, encoding);
        return switch (change) {
            case UciChange.SetOption(String section, String option, String value) ->
                of(edits.setOption(block(section), option, value));
            case UciChange.SetItems(String section, String option, List<String> items) ->
                of(edits.setItems(block(section), option, items));
            case UciChange.AddItem(String section, String option, String value) ->
                of(edits.addItem(block(section), option, value));
            case UciChange.RemoveItem(String section, String option, String value) -> {
                UciBlock block = block(section);
                List<String> left = new ArrayList<>(block.raw(option));
                yield left.removeIf(encoding.apply(value)::equals) ? of(edits.withoutItems(block, option, left)) : this;
            }
            case UciChange.RemoveItemAt(String section, String option, int index) ->
                withoutItem(edits, block(section), option, index);
            case UciChange.DeleteOption(String section, String option) ->
                of(edits.deleteOption(block(section), option));
            case UciChange.PutSection(String section, String type) -> putSection(edits, section, type);
            case UciChange.AddSection(String section, String type) -> {
                if (find(section).isPresent()) {
                    throw new UciRefusedException(name + " has a section " + section + " already");
                }
                yield putSection(edits, section, type);
            }
            case UciChange.AddAnonymous(String id, String type) -> {
                List<String> ids = UciParser.anonymousIds(blocks);
                ids.add(id);
                yield find(id).isPresent() ? this : of(edits.addSection(type, ""), ids);
            }
            case UciChange.DeleteSection(String section) -> {
                UciBlock block = block(section);
                yield of(edits.deleteSection(block), idsWithout(block));
            }
            case UciChange.RenameSection(String section, String newName) -> renamed(edits, block(section), newName);
            case UciChange.RenameOption(String section, String option, String newName) ->
                of(edits.renameOption(block(section), option, newName));
            case UciChange.Reorder(String section, int position) -> reordered(block(section), position);
        };
    }

    private UciDocument withoutItem(UciEdits edits, UciBlock block, String option, int index)
            throws UciRefusedException {
        List<String> left = new ArrayList<>(block.raw(option));
        if (index < 0 || index >= left.size()) {
            throw new UciRefusedException(block.id + "." + option + " has no item " + index);
        }
        left.remove(index);
        return of(edits.withoutItems(block, option, left));
    }

    private UciDocument putSection(UciEdits edits, String section, String type) throws UciRefusedException {
        Optional<UciBlock> present = find(section);
        if (present.isEmpty() && !UciNames.isName(section)) {
            throw new UciRefusedException("no name of a section: " + section);
        }
        return of(present.isPresent() ? edits.retype(present.get(), type) : edits.addSection(type, section));
    }

    private UciDocument renamed(UciEdits edits, UciBlock block, String newName) throws UciRefusedException {
        if (block.id.equals(newName) && !block.anonymous) {
            return this;
        }
        if (!UciNames.isName(newName) || find(newName).isPresent()) {
            throw new UciRefusedException("the section " + block.id + " cannot be called " + newName);
        }
        return of(edits.renameSection(block, newName), idsWithout(block));
    }

    /// Moves the lines of the section, with the comment lines right above it.
    private UciDocument reordered(UciBlock block, int position) throws UciRefusedException {
        List<UciBlock> order = new ArrayList<>(blocks);
        order.remove(block);
        order.add(Math.clamp(position, 0, order.size()), block);
        if (order.equals(blocks)) {
            return this;
        }
        return of(UciOrder.of(text, blocks).arranged(order), UciParser.anonymousIds(order));
    }

    private List<String> idsWithout(UciBlock block) {
        List<String> ids = UciParser.anonymousIds(blocks);
        ids.remove(block.id);
        return ids;
    }

    private Optional<UciBlock> find(String section) {
        return blocks.stream().filter(block -> block.id.equals(section)).findFirst();
    }

    private UciBlock block(String section) throws UciRefusedException {
        Optional<String> id =
                section.startsWith("@") ? content().resolve(section).map(UciSection::id) : Optional.of(section);
        return id.flatMap(this::find)
                .orElseThrow(() -> new UciRefusedException("no section " + section + " in " + name));
    }

    private UciDocument of(String changed) throws UciRefusedException {
        return changed.equals(text) ? this : of(changed, UciParser.anonymousIds(blocks));
    }

    private UciDocument of(String changed, List<String> ids) throws UciRefusedException {
        if (changed.length() > Limits.FILE_BYTES) {
            throw new UciRefusedException(name + " would be larger than " + Limits.FILE_BYTES + " bytes");
        }
        try {
            return new UciDocument(name, changed, UciParser.sections(changed, ids));
        } catch (MalformedInputException unreadable) {
            throw new UciRefusedException(name + " would not be readable: " + unreadable.detail());
        }
    }
}
