// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

import java.util.Optional;
import java.util.regex.Pattern;

/// Parameters of a data model: a path whose instance numbers may be `*` for every row.
///
/// @param object up to the last dot, `Device.WiFi.Radio.*.`
/// @param parameter `Channel`
public record ParameterPattern(String object, String parameter) {
    private static final Pattern FORM = Pattern.compile(
            "[A-Za-z_][A-Za-z0-9_-]*(?:\\.(?:\\*|[0-9]{1,10}|[A-Za-z_][A-Za-z0-9_-]*)){0,30}\\.[A-Za-z_][A-Za-z0-9_-]*");

    /// @return nothing where the text is no such path
    public static Optional<ParameterPattern> of(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        int end = text.lastIndexOf('.') + 1;
        return Optional.of(new ParameterPattern(text.substring(0, end), text.substring(end)));
    }

    /// Whether it names one object, and no rows.
    public boolean single() {
        return object.indexOf('*') < 0;
    }

    /// What the paths of all objects that are meant begin with.
    public String prefix() {
        return single() ? object : object.substring(0, object.indexOf('*'));
    }

    /// The paths of the objects that are meant as a regular expression, for Java and PostgreSQL alike.
    public String expression() {
        return "^" + object.replace(".", "\\.").replace("*", "[0-9]+") + "$";
    }
}
