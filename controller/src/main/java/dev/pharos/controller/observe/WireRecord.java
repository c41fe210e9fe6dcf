// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.record.UspRecord;
import java.time.Instant;
import java.util.Optional;

/// What passed on the wire, or was refused, as it may be seen: decoded, and with every secret masked.
///
/// @param seq grows with everything that happens on the wire, over restarts too
/// @param device who it came from or went to, or who a refused peer says it is; empty where that is not known
/// @param transport `websocket`, `mqtt` …; empty where it is not known
/// @param bytes how large the Record was; 0 where there is none
/// @param session of TR-069 in which it passed, by its number; empty where it is none
/// @param recordType such as `NoSessionContext`; empty where the bytes were no Record
/// @param message such as `Get`, `GetResponse`, `Error`, or over TR-069 `Inform`, `Fault`, `Empty`; empty where there
///     is none
/// @param summary one line for people
/// @param text the Record and its Message, or the message of TR-069, as JSON; empty where nothing could be decoded
/// @param hex the Record's bytes in hexadecimal digits, as far as they may be shown
/// @param note what is missing or was changed in `text` and `hex`, in a sentence; empty where nothing is
/// @param refused why it was refused, or ignored
public record WireRecord(
        long seq,
        Instant time,
        Kind kind,
        Optional<EndpointId> device,
        Direction direction,
        String transport,
        String address,
        String session,
        int bytes,
        String recordType,
        String message,
        String messageId,
        String summary,
        String text,
        String hex,
        String note,
        Optional<String> refused) {

    public enum Kind {
        /// A connection was opened; nobody has been let in yet.
        OPENED,
        /// A Record passed, or was refused by itself.
        RECORD,
        /// A peer was refused at the door, before it could send a Record.
        REFUSED,
        /// A connection ended.
        CLOSED,
        /// A device of TR-069 was called to open a session (a connection request), and came or did not.
        CALLED,
        /// A message of a session of TR-069 passed, or was refused: an envelope of SOAP, or an empty one.
        ENVELOPE
    }

    public enum Direction {
        IN,
        OUT
    }

    static String typeOf(UspRecord record) {
        return record.type().getClass().getSimpleName();
    }
}
