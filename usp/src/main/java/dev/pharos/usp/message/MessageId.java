// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

/// A Message's `msg_id`: opaque, chosen by the sender, the only thing that correlates an answer with its
/// request (R-MSG.9).
public record MessageId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
