// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import dev.pharos.usp.Bytes;
import java.util.Optional;

/// One Type-Length-Value field of a frame (R-UDS.10, R-UDS.11).
///
/// @param type 0 to 255; TR-369 knows three
record Tlv(int type, Bytes value) {
    /// The Endpoint ID of the sender, UTF-8 (R-UDS.12).
    static final int HANDSHAKE = 1;

    /// A sentence about why the connection fails, UTF-8 (R-UDS.13).
    static final int ERROR = 2;

    /// A USP Record (R-UDS.14).
    static final int RECORD = 3;

    /// Bytes before the value: a type of one byte and a length of four.
    static final int HEADER_BYTES = 5;

    /// The value as text, where it is any.
    Optional<String> text() {
        return Optional.ofNullable(value.utf8(0, value.size()));
    }
}
