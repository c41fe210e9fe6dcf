// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rights;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A part of a device's data model: an object with all beneath it (`Device.WiFi.`), a parameter
/// (`Device.WiFi.Radio.*.Channel`) or a command (`Device.Reboot()`). An instance is a number, or `*` for any.
///
/// @param text as somebody wrote it
public record PathLimit(String text) {
    private static final Pattern WRITTEN =
            Pattern.compile("(Device|InternetGatewayDevice)\\.(([A-Za-z][A-Za-z0-9_-]*|[0-9]+|\\*)\\.)*"
                    + "([A-Za-z][A-Za-z0-9_-]*(\\(\\))?)?");

    /// Empty where it is none.
    public static Optional<PathLimit> of(String text) {
        return text.length() <= Limits.PATH_CHARACTERS && WRITTEN.matcher(text).matches()
                ? Optional.of(new PathLimit(text))
                : Optional.empty();
    }

    /// `Device.WiFi., Device.Reboot()`.
    public static String texts(List<PathLimit> limits) {
        return limits.stream().map(PathLimit::text).collect(Collectors.joining(", "));
    }

    /// Whether all that a path of a request may stand for is in this part. One that follows a reference may lead
    /// anywhere, and is not.
    public boolean covers(String path) {
        List<String> own = segments(text);
        List<String> asked = segments(path);
        boolean object = text.endsWith(".");
        if (object ? asked.size() < own.size() : asked.size() != own.size() || path.endsWith(".")) {
            return false;
        }
        for (int i = 0; i < asked.size(); i++) {
            boolean met =
                    i >= own.size() || own.get(i).equals("*") || own.get(i).equals(asked.get(i));
            if (!met || asked.get(i).endsWith("+")) {
                return false;
            }
        }
        return true;
    }

    /// What stands between dots; those within a search expression, and the texts in it, are part of it.
    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        int from = 0;
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < path.length(); i++) {
            char here = path.charAt(i);
            quoted = (here == '"' && depth > 0) != quoted;
            if (!quoted) {
                depth += here == '[' ? 1 : here == ']' ? -1 : 0;
                if (here == '.' && depth == 0) {
                    segments.add(path.substring(from, i));
                    from = i + 1;
                }
            }
        }
        if (from < path.length()) {
            segments.add(path.substring(from));
        }
        return segments;
    }
}
