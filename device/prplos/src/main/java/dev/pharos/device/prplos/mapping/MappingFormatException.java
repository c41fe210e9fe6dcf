// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

/// A file that is not the mapping that it claims to be: says where and what. Without a stack trace, since
/// files come from users.
public final class MappingFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    MappingFormatException(String sourceName, int line, String detail) {
        super(sourceName + ":" + line + ": " + detail, null, false, false);
    }
}
