// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.alarm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How bad it is, in the words and order of ITU-T X.733.
public enum Severity {
    WARNING,
    MINOR,
    MAJOR,
    CRITICAL;

    /// As the REST interface shows it.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Severity> of(String text) {
        return Arrays.stream(values())
                .filter(severity -> severity.text().equals(text))
                .findFirst();
    }
}
