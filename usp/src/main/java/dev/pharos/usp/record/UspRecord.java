// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.record;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;

/// A USP Record: from whom, to whom, how protected, and one of the record types.
///
/// @param version Major.Minor, such as `1.4`
public record UspRecord(String version, EndpointId to, EndpointId from, RecordProtection protection, RecordType type) {
    /// The version that this code speaks.
    public static final String VERSION = "1.4";

    /// A Record of our version without protection of its own.
    public static UspRecord plain(EndpointId to, EndpointId from, RecordType type) {
        return new UspRecord(VERSION, to, from, RecordProtection.NONE, type);
    }

    /// What protects a Record by itself, beside what its transport does (R-E2E.27 to R-E2E.39).
    ///
    /// @param macSignature empty where the Record is not signed
    /// @param senderCertificate PEM, empty where none is sent
    public record RecordProtection(PayloadSecurity payloadSecurity, Bytes macSignature, Bytes senderCertificate) {
        public static final RecordProtection NONE =
                new RecordProtection(PayloadSecurity.PLAINTEXT, Bytes.EMPTY, Bytes.EMPTY);
    }

    /// The order of the constants is the number on the wire.
    public enum PayloadSecurity {
        PLAINTEXT,
        TLS12
    }
}
