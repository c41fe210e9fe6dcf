// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.rest;

import java.util.List;

/// The device or the server said no. Each line says what and why, with the USP error code where there is one.
public final class DeniedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> lines;

    public DeniedException(List<String> lines) {
        super(String.join("; ", lines), null, false, false);
        this.lines = List.copyOf(lines);
    }

    public List<String> lines() {
        return lines;
    }
}
