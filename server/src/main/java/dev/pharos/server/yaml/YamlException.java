// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.yaml;

/// A text does not hold what it should: in which line, why, and what is allowed there.
public final class YamlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    public YamlException(int line, String reason) {
        super(reason, null, false, false);
        this.line = line;
    }

    /// Counted from 1.
    public int line() {
        return line;
    }

    /// The sentence for people; never null.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
