// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import dev.pharos.usp.MalformedInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the text of a UCI file as strictly as uci does: one fault, and nothing of it counts.
final class UciParser {
    private final String text;
    private final List<String> ids;
    private final Map<String, UciBlock> blocks = new LinkedHashMap<>();
    private int anonymous;
    private @Nullable UciBlock current;

    private UciParser(String text, List<String> ids) {
        this.text = text;
        this.ids = ids;
    }

    /// The sections in their order.
    ///
    /// @param ids what the anonymous sections are called, in order; those of which nothing is said are called
    ///     as uci does
    static List<UciBlock> sections(String text, List<String> ids) throws MalformedInputException {
        UciParser parser = new UciParser(text, ids);
        for (List<UciWord> words : UciLexer.commands(text)) {
            parser.command(words);
        }
        return List.copyOf(parser.blocks.values());
    }

    private void command(List<UciWord> words) throws MalformedInputException {
        UciWord first = words.getFirst();
        UciCommand.Keyword keyword = UciCommand.Keyword.of(first.text())
                .orElseThrow(() -> UciText.malformed(text, first.start(), "neither package, config, option nor list"));
        if (words.size() - 1 < keyword.fewest) {
            throw UciText.malformed(text, first.end(), "a name is missing");
        }
        if (words.size() - 1 > keyword.most) {
            throw UciText.malformed(text, words.get(keyword.most + 1).start(), "more than one value");
        }
        UciCommand command = new UciCommand(keyword, words);
        switch (keyword) {
            case PACKAGE -> {
                // only says something to `uci import`
            }
            case CONFIG -> begin(command);
            case OPTION, LIST -> option(command);
        }
    }

    private void begin(UciCommand command) throws MalformedInputException {
        String type = command.argument(1);
        String name = command.argument(2);
        if (!UciNames.isType(type)) {
            throw UciText.malformed(text, command.words().get(1).start(), "no type of sections");
        }
        if (!name.isEmpty() && !UciNames.isName(name)) {
            throw UciText.malformed(
                    text, command.words().get(2).start(), "no name of a section: only letters, digits and _");
        }
        UciBlock present = name.isEmpty() ? null : blocks.get(name);
        if (present == null) {
            present = added(command, type, name);
        } else if (!present.type.equals(type)) {
            throw UciText.malformed(
                    text, command.words().get(1).start(), "the section " + name + " is of another type above");
        }
        present.commands.add(command);
        current = present;
    }

    private UciBlock added(UciCommand command, String type, String name) throws MalformedInputException {
        if (blocks.size() >= Limits.SECTIONS) {
            throw UciText.malformed(text, command.start(), "more than " + Limits.SECTIONS + " sections");
        }
        String id = name.isEmpty() ? nextId(type) : name;
        UciBlock block = new UciBlock(id, type, name.isEmpty());
        if (blocks.putIfAbsent(id, block) != null) {
            throw UciText.malformed(text, command.start(), "a section above has the name of this one, " + id);
        }
        return block;
    }

    private String nextId(String type) {
        int position = anonymous++;
        return position < ids.size() ? ids.get(position) : UciNames.anonymous(blocks.size() + 1, type);
    }

    private void option(UciCommand command) throws MalformedInputException {
        UciBlock section = current;
        if (section == null) {
            throw UciText.malformed(text, command.start(), "an option before the first section");
        }
        if (!UciNames.isName(command.argument(1))) {
            throw UciText.malformed(
                    text, command.words().get(1).start(), "no name of an option: only letters, digits and _");
        }
        section.commands.add(command);
        section.take(command);
    }

    /// What the anonymous sections among these are called.
    static List<String> anonymousIds(List<UciBlock> blocks) {
        List<String> ids = new ArrayList<>();
        blocks.stream().filter(block -> block.anonymous).forEach(block -> ids.add(block.id));
        return ids;
    }
}
