// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.datamodel.definition.PrimitiveType;
import java.util.Map;

/// The data model's types as `xsi:type` names them.
final class ValueTypes {
    /// All names by which devices call them; a string where there is none or one that nobody knows.
    private static final Map<String, PrimitiveType> BY_NAME = Map.ofEntries(
            Map.entry("string", PrimitiveType.STRING),
            Map.entry("boolean", PrimitiveType.BOOLEAN),
            Map.entry("int", PrimitiveType.INT),
            Map.entry("integer", PrimitiveType.INT),
            Map.entry("short", PrimitiveType.INT),
            Map.entry("byte", PrimitiveType.INT),
            Map.entry("unsignedInt", PrimitiveType.UNSIGNED_INT),
            Map.entry("unsignedShort", PrimitiveType.UNSIGNED_INT),
            Map.entry("unsignedByte", PrimitiveType.UNSIGNED_INT),
            Map.entry("nonNegativeInteger", PrimitiveType.UNSIGNED_INT),
            Map.entry("long", PrimitiveType.LONG),
            Map.entry("unsignedLong", PrimitiveType.UNSIGNED_LONG),
            Map.entry("decimal", PrimitiveType.DECIMAL),
            Map.entry("float", PrimitiveType.DECIMAL),
            Map.entry("double", PrimitiveType.DECIMAL),
            Map.entry("dateTime", PrimitiveType.DATE_TIME),
            Map.entry("base64", PrimitiveType.BASE64),
            Map.entry("base64Binary", PrimitiveType.BASE64),
            Map.entry("hexBinary", PrimitiveType.HEX_BINARY));

    private ValueTypes() {}

    static PrimitiveType read(String xsiType) {
        return BY_NAME.getOrDefault(SoapCursor.localOf(xsiType), PrimitiveType.STRING);
    }

    static String write(PrimitiveType type) {
        return switch (type) {
            case STRING -> "xsd:string";
            case BOOLEAN -> "xsd:boolean";
            case INT -> "xsd:int";
            case UNSIGNED_INT -> "xsd:unsignedInt";
            case LONG -> "xsd:long";
            case UNSIGNED_LONG -> "xsd:unsignedLong";
            case DECIMAL -> "xsd:decimal";
            case DATE_TIME -> "xsd:dateTime";
            case BASE64 -> "xsd:base64Binary";
            case HEX_BINARY -> "xsd:hexBinary";
        };
    }
}
