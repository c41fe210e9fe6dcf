// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

/// The primitive types of TR-106 that USP carries.
public enum PrimitiveType {
    STRING,
    BOOLEAN,
    INT,
    UNSIGNED_INT,
    LONG,
    UNSIGNED_LONG,
    DECIMAL,
    DATE_TIME,
    BASE64,
    HEX_BINARY
}
