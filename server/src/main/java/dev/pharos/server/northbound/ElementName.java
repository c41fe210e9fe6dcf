// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound;

import dev.pharos.server.rest.json.BadRequestException;
import java.util.regex.Pattern;

/// The name of a Service Element: the path of an object of the data model, in which rows are numbers, or `*` where a
/// unique key tells which is meant. Search expressions and references are left out, so that what may be changed can be
/// judged by the path alone.
///
/// @param path with a dot at its end, `Device.WiFi.SSID.`
record ElementName(String path) {
    private static final String SEGMENT = "(?:[A-Za-z][A-Za-z0-9_-]*|[1-9][0-9]{0,9}|\\*)";
    private static final Pattern FORM = Pattern.compile("(?:Device|InternetGatewayDevice)(?:\\." + SEGMENT + "){0,30}");
    private static final Pattern COMMAND = Pattern.compile(
            "Device\\.(?:(?:[A-Za-z][A-Za-z0-9_-]*|[1-9][0-9]{0,9})\\.){0,30}[A-Za-z][A-Za-z0-9_-]*\\(\\)");

    /// @param field where it stands in the request
    /// @param text with or without a dot at its end
    static ElementName of(String field, String text) {
        String path = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (text.length() > Limits.NAME_CHARACTERS || !FORM.matcher(path).matches() || path.endsWith("*")) {
            throw new BadRequestException(
                    field,
                    "must be the path of an object, such as Device.WiFi.SSID., with rows as numbers, or * before its"
                            + " last name");
        }
        return new ElementName(path + ".");
    }

    /// Whether it is one row of a table, by its number.
    boolean isRow() {
        String last = path.substring(path.lastIndexOf('.', path.length() - 2) + 1, path.length() - 1);
        return Character.isDigit(last.charAt(0));
    }

    /// Whether it may stand for several objects.
    boolean isWide() {
        return path.indexOf('*') >= 0;
    }

    /// The rows that it has as a table, as a regular expression.
    Pattern rows() {
        return Pattern.compile(Pattern.quote(path).replace("*", "\\E[0-9]+\\Q") + "[0-9]+\\.");
    }

    /// @param field where it stands in the request
    /// @param text the path of one command, `Device.Reboot()`
    static String command(String field, String text) {
        if (text.length() > Limits.NAME_CHARACTERS || !COMMAND.matcher(text).matches()) {
            throw new BadRequestException(
                    field, "must be the path of a command, such as Device.Reboot(), with rows as numbers");
        }
        return text;
    }
}
