// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.diagnostics;

/// A device that is managed over TR-069 has nothing by which it could measure this, or not so. Its message is a
/// sentence
/// for people.
public final class CannotMeasureException extends Exception {
    private static final long serialVersionUID = 1L;

    CannotMeasureException(String sentence) {
        super(sentence);
    }
}
