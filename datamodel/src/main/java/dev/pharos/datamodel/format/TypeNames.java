// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.format;

import dev.pharos.datamodel.definition.PrimitiveType;
import java.util.Optional;

/// How the base types are called in files, which is how TR-106 calls them.
public final class TypeNames {
    private TypeNames() {}

    public static String nameOf(PrimitiveType type) {
        return switch (type) {
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case INT -> "int";
            case UNSIGNED_INT -> "unsignedInt";
            case LONG -> "long";
            case UNSIGNED_LONG -> "unsignedLong";
            case DECIMAL -> "decimal";
            case DATE_TIME -> "dateTime";
            case BASE64 -> "base64";
            case HEX_BINARY -> "hexBinary";
        };
    }

    public static Optional<PrimitiveType> typeOf(String name) {
        for (PrimitiveType type : PrimitiveType.values()) {
            if (nameOf(type).equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
