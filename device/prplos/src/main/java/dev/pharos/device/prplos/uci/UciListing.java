// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import dev.pharos.usp.Frozen;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A file of UCI as somebody wants to hear of it who wrote it by hand: each section and option with the line where
/// it stands. What is staged and not committed is no part of it.
public record UciListing(List<Section> sections) {
    public UciListing {
        sections = Frozen.list(sections);
    }

    /// @param line from 1, where it begins
    /// @param name empty where it has none
    public record Section(String type, String name, int line, List<Entry> entries) {
        public Section {
            entries = Frozen.list(entries);
        }
    }

    /// @param line from 1, of the last command that says something of it
    public record Entry(String name, UciValue value, int line) {}

    /// @throws IOException where the file cannot be read
    /// @throws MalformedInputException naming line and column
    public static UciListing read(Path file) throws IOException, MalformedInputException {
        return parse(UciFile.read(file));
    }

    /// @throws MalformedInputException naming line and column
    public static UciListing parse(byte[] bytes) throws MalformedInputException {
        String text = UciText.ofBytes(bytes);
        if (bytes.length > Limits.FILE_BYTES) {
            throw UciText.malformed(text, Limits.FILE_BYTES, "larger than " + Limits.FILE_BYTES + " bytes");
        }
        int[] ends = IntStream.range(0, text.length())
                .filter(at -> text.charAt(at) == '\n')
                .toArray();
        return new UciListing(UciParser.sections(text, List.of()).stream()
                .map(block -> section(block, ends))
                .toList());
    }

    /// @param ends where each line ends, in order
    private static Section section(UciBlock block, int[] ends) {
        Map<String, Integer> lines = new HashMap<>();
        block.commands.stream()
                .filter(command -> command.keyword() != UciCommand.Keyword.CONFIG)
                .forEach(command -> lines.put(command.argument(1), line(command, ends)));
        List<Entry> entries = new ArrayList<>();
        block.section()
                .options()
                .forEach((name, value) -> entries.add(new Entry(name, value, lines.getOrDefault(name, 1))));
        return new Section(block.type, block.anonymous ? "" : block.id, line(block.commands.getFirst(), ends), entries);
    }

    private static int line(UciCommand command, int[] ends) {
        return -Arrays.binarySearch(ends, command.start());
    }
}
