// SPDX-License-Identifier: Apache-2.0
package dev.pharos.requirements;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// One requirement of TR-369, in our own words.
///
/// @param appliesTo `agent`, `controller`, `both`, `mtp` or `broker`
/// @param area the chapter, such as `messages/add`
/// @param level MUST, SHOULD or MAY
public record UspRequirement(String id, String appliesTo, String area, String level, String summary) {
    private static final String LIST = "usp-requirements.tsv";
    private static final int COLUMNS = 5;

    /// Whether it still holds in USP 1.4: neither deprecated nor part of an obsoleted transport.
    public boolean isLive() {
        return !summary.startsWith("[DEPRECATED") && !summary.startsWith("[OBSOLETED");
    }

    /// Every requirement, in the order of the specification.
    public static List<UspRequirement> all() {
        try (InputStream in = Objects.requireNonNull(UspRequirement.class.getResourceAsStream(LIST), LIST);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(UspRequirement::parse).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(LIST, unreadable);
        }
    }

    private static UspRequirement parse(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalStateException(LIST + " needs " + COLUMNS + " columns: " + line);
        }
        return new UspRequirement(columns[0], columns[1], columns[2], columns[3], columns[4]);
    }
}
