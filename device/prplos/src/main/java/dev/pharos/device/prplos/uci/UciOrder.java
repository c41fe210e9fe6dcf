// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/// The text of a file in parts, one for each section, so that sections can change places.
final class UciOrder {
    private final String head;
    private final Map<UciBlock, String> parts;

    private UciOrder(String head, Map<UciBlock, String> parts) {
        this.head = head;
        this.parts = parts;
    }

    /// @throws UciRefusedException where a section stands in several places, or shares a line with another
    static UciOrder of(String text, List<UciBlock> blocks) throws UciRefusedException {
        List<Integer> starts = new ArrayList<>();
        NavigableSet<Integer> ends = new TreeSet<>(Set.of(0));
        blocks.forEach(block -> block.commands.forEach(command -> ends.add(command.end())));
        for (UciBlock block : blocks) {
            if (block.beginnings().size() != 1) {
                throw new UciRefusedException("the section " + block.id + " stands in several places");
            }
            int begin = block.beginnings().getFirst().start();
            Integer above = ends.floor(begin);
            starts.add(partStart(text, begin, above == null ? 0 : above));
        }
        Map<UciBlock, String> parts = new LinkedHashMap<>();
        for (int index = 0; index < blocks.size(); index++) {
            int end = index + 1 < blocks.size() ? starts.get(index + 1) : text.length();
            parts.put(blocks.get(index), text.substring(starts.get(index), end));
        }
        return new UciOrder(starts.isEmpty() ? text : text.substring(0, starts.getFirst()), parts);
    }

    /// @param begin of the section's first command
    /// @param above where the command above it ends, which may hold lines that look like comments
    private static int partStart(String text, int begin, int above) throws UciRefusedException {
        int start = lineStart(text, begin);
        if (start < above || !text.substring(start, begin).isBlank()) {
            throw new UciRefusedException("a section shares a line with another");
        }
        while (start > 0) {
            int line = lineStart(text, start - 1);
            if (line < above || !text.substring(line, start).stripLeading().startsWith("#")) {
                return start;
            }
            start = line;
        }
        return start;
    }

    private static int lineStart(String text, int position) {
        return position == 0 ? 0 : text.lastIndexOf('\n', position - 1) + 1;
    }

    String arranged(List<UciBlock> order) {
        StringBuilder result = new StringBuilder(head);
        for (UciBlock block : order) {
            if (!result.isEmpty() && result.charAt(result.length() - 1) != '\n') {
                result.append('\n');
            }
            result.append(parts.getOrDefault(block, ""));
        }
        return result.toString();
    }
}
