// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Edits of the text of one UCI file: each gives the text that it would be, with all else as it stands.
final class UciEdits {
    private final String text;
    private final UnaryOperator<String> encoding;

    /// @param encoding how a value of a change is written in the file, before it is quoted
    UciEdits(String text, UnaryOperator<String> encoding) {
        this.text = text;
        this.encoding = encoding;
    }

    String setOption(UciBlock block, String option, String value) throws UciRefusedException {
        if (value.isEmpty()) {
            return deleteOption(block, option);
        }
        String raw = checked(option, value);
        List<UciCommand> present = block.of(option);
        if (!block.isList(option) && block.raw(option).equals(List.of(raw))) {
            return text;
        }
        if (present.size() == 1
                && present.getFirst().keyword() == UciCommand.Keyword.OPTION
                && present.getFirst().words().size() == 3) {
            UciSplices splices = new UciSplices(text);
            splices.replace(present.getFirst().words().getLast(), quoted(raw));
            return splices.applied();
        }
        return put(block, present, List.of("option " + option + " " + quoted(raw)));
    }

    String setItems(UciBlock block, String option, List<String> items) throws UciRefusedException {
        List<String> raw = new ArrayList<>();
        for (String item : items) {
            raw.add(checked(option, item));
        }
        if (items.isEmpty()) {
            return deleteOption(block, option);
        }
        if (block.isList(option) && block.raw(option).equals(raw)) {
            return text;
        }
        return put(block, block.of(option), lines(option, raw));
    }

    String addItem(UciBlock block, String option, String value) throws UciRefusedException {
        UciSplices splices = new UciSplices(text);
        List<UciCommand> present = block.of(option);
        UciCommand above = present.isEmpty() ? block.commands.getLast() : present.getLast();
        splices.insertBelow(above, indent(block, splices), lines(option, List.of(checked(option, value))));
        return splices.applied();
    }

    /// Writes the list anew where a part of it goes, since its items may stand in an `option` too.
    String withoutItems(UciBlock block, String option, List<String> left) {
        List<UciCommand> present = block.of(option);
        return left.isEmpty() ? without(present) : put(block, present, lines(option, left));
    }

    String deleteOption(UciBlock block, String option) throws UciRefusedException {
        if (!UciNames.isName(option)) {
            throw new UciRefusedException("no name of an option: " + option);
        }
        return without(block.of(option));
    }

    String renameOption(UciBlock block, String option, String name) throws UciRefusedException {
        if (!UciNames.isName(name) || !block.raw(name).isEmpty()) {
            throw new UciRefusedException("an option of " + block.id + " cannot be called " + name);
        }
        UciSplices splices = new UciSplices(text);
        block.of(option).forEach(command -> splices.replace(command.words().get(1), name));
        return splices.applied();
    }

    /// @param name empty for an anonymous one
    String addSection(String type, String name) throws UciRefusedException {
        if (!UciNames.isPlainType(type)) {
            throw new UciRefusedException("no type that sections can have: " + type);
        }
        StringBuilder result = new StringBuilder(text.isBlank() ? "\n" : text);
        while (!text.isBlank() && !result.toString().endsWith("\n\n")) {
            result.append('\n');
        }
        result.append("config ").append(type);
        if (!name.isEmpty()) {
            result.append(" '").append(name).append("'");
        }
        return result.append("\n\n").toString();
    }

    String retype(UciBlock block, String type) throws UciRefusedException {
        if (!UciNames.isPlainType(type)) {
            throw new UciRefusedException("no type that sections can have: " + type);
        }
        UciSplices splices = new UciSplices(text);
        block.beginnings().forEach(command -> splices.replace(command.words().get(1), type));
        return splices.applied();
    }

    String deleteSection(UciBlock block) {
        UciSplices splices = new UciSplices(text);
        for (UciCommand command : block.commands) {
            if (command.keyword() == UciCommand.Keyword.CONFIG) {
                splices.removeBeginning(command);
            } else {
                splices.remove(command);
            }
        }
        return splices.applied();
    }

    String renameSection(UciBlock block, String name) {
        UciSplices splices = new UciSplices(text);
        for (UciCommand command : block.beginnings()) {
            if (command.words().size() > 2) {
                splices.replace(command.words().get(2), "'" + name + "'");
            } else {
                splices.replace(command.end(), command.end(), " '" + name + "'");
            }
        }
        return splices.applied();
    }

    /// Puts lines in place of commands, or at the end of the section where there are none.
    private String put(UciBlock block, List<UciCommand> present, List<String> lines) {
        UciSplices splices = new UciSplices(text);
        String indent = indent(block, splices);
        if (present.isEmpty()) {
            splices.insertBelow(block.commands.getLast(), indent, lines);
        } else {
            UciCommand first = present.getFirst();
            splices.replace(first.start(), first.end(), String.join("\n" + indent, lines));
            present.subList(1, present.size()).forEach(splices::remove);
        }
        return splices.applied();
    }

    private String without(List<UciCommand> commands) {
        UciSplices splices = new UciSplices(text);
        commands.forEach(splices::remove);
        return splices.applied();
    }

    private static String indent(UciBlock block, UciSplices splices) {
        UciCommand last = block.commands.getLast();
        return last.keyword() == UciCommand.Keyword.CONFIG ? "\t" : splices.indentOf(last);
    }

    private static List<String> lines(String option, List<String> raw) {
        return raw.stream().map(item -> "list " + option + " " + quoted(item)).toList();
    }

    private static String quoted(String raw) {
        return "'" + raw.replace("'", "'\\''") + "'";
    }

    private String checked(String option, String value) throws UciRefusedException {
        if (!UciNames.isName(option)) {
            throw new UciRefusedException("no name of an option: " + option);
        }
        String raw = encoding.apply(value);
        if (!UciNames.isValue(raw)) {
            throw new UciRefusedException("the value of " + option + " has control characters");
        }
        return raw;
    }
}
