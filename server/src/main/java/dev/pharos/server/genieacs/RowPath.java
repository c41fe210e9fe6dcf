// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A path with a filter for one row: `Device.NAT.PortMapping.[ExternalPort:80,Protocol:TCP].Enable`.
///
/// @param object the table, with its dot
/// @param key by which parameters the row is found
/// @param rest what stands behind it, without a dot before it
record RowPath(String object, Map<String, String> key, String rest) {
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9_.-]+\\.)\\[([^\\[\\]]*)\\](?:\\.([A-Za-z0-9_.-]*))?");
    private static final Pattern PART =
            Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_-]*)\\s*:\\s*(\"[^\"]*\"|[^\",]*)\\s*(?:,|$)");

    RowPath {
        key = Collections.unmodifiableMap(new TreeMap<>(key));
    }

    /// @throws UntranslatableException where it has no such filter, or several
    static RowPath of(String path) throws UntranslatableException {
        Matcher form = FORM.matcher(path);
        if (!form.matches() || !(path.startsWith("Device.") || path.startsWith("InternetGatewayDevice."))) {
            throw notOne(path);
        }
        Map<String, String> key = new TreeMap<>();
        Matcher part = PART.matcher(form.group(2));
        int from = 0;
        while (from < form.group(2).length()) {
            part.region(from, form.group(2).length());
            if (!part.lookingAt()) {
                throw notOne(path);
            }
            String value = part.group(2).strip();
            key.put(part.group(1), value.startsWith("\"") ? value.substring(1, value.length() - 1) : value);
            from = part.end();
        }
        if (key.isEmpty()) {
            throw notOne(path);
        }
        return new RowPath(form.group(1), key, form.group(3) == null ? "" : form.group(3));
    }

    /// The same without what stands behind the row.
    RowPath row() {
        return new RowPath(object, key, "");
    }

    private static UntranslatableException notOne(String path) {
        return new UntranslatableException(
                "a profile has a row by its keys, as in Table.[Key:value]: " + UntranslatableException.quoted(path));
    }
}
