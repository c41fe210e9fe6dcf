// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.kind;

/// The bounds of files of kinds, each with its reason.
final class Limits {
    private Limits() {}

    /// Files of an operator: one for each maker, and some.
    static final int FILES = 200;

    /// Bytes of one: what one request body may have, as long as each character takes one.
    static final long FILE_BYTES = dev.pharos.server.yaml.Limits.FILE;

    /// Characters of a name or a reason, which stand in one line.
    static final int TEXT = 200;
}
