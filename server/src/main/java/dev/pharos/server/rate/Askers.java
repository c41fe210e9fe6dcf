// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rate;

import java.util.Locale;

/// What is limited of whom.
public enum Askers {
    /// All requests of a person or token.
    REQUESTS("requests"),

    /// Those among them that are [Heavy].
    HEAVY("exports, previews and requests for many devices"),

    /// Requests of an address that is not signed in.
    UNKNOWN("requests without signing in"),

    /// Streams of a person or token that are open at the same time.
    STREAMS("streams");

    private final String words;

    Askers(String words) {
        this.words = words;
    }

    /// Of what there is too much, for people.
    public String words() {
        return words;
    }

    /// In lower case.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
