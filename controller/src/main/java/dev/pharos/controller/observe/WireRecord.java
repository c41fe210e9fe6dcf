// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Optional;

/// A Record as it passed, or as it was refused.
///
/// @param device who it came from or went to, empty where that is not known
/// @param transport `websocket`, `mqtt` …; empty where it is not known
/// @param bytes how large it was
/// @param recordType such as `NoSessionContext`; empty where the bytes were no Record
/// @param message such as `Get`, `GetResponse`, `Error`; empty where there is none
/// @param content the Record and its Message, for [#text()]
/// @param refused why it was refused, or ignored
public record WireRecord(
        Instant time,
        Optional<EndpointId> device,
        Direction direction,
        String transport,
        String address,
        int bytes,
        String recordType,
        String message,
        String messageId,
        String summary,
        Optional<Object> content,
        Optional<String> refused) {

    public enum Direction {
        IN,
        OUT
    }

    /// The decoded content as JSON with secrets masked; empty where nothing could be decoded. Made anew with
    /// every call.
    public String text() {
        return content.map(JsonText::of).orElse("");
    }
}
