// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.Fault;

/// Something that happened in an end-to-end session, in the order in which it did.
public sealed interface SessionEvent {
    /// A whole Message of the peer, once and in its order within this Session Context.
    record Delivered(Bytes message) implements SessionEvent {}

    /// The peer began a Session Context, which replaces ours if there was one (R-E2E.4, R-E2E.6).
    record Adopted(long sessionId) implements SessionEvent {}

    /// We began a Session Context, or will after a pause.
    ///
    /// @param because what ended the one before it; code 7105 where nothing went wrong
    record Restarted(Fault because) implements SessionEvent {}

    /// A Record was of no use and did no harm: it came twice, or belongs to a Session Context that has ended.
    record Ignored(String reason) implements SessionEvent {}

    /// A Message of ours will not be sent, or may not have arrived.
    record Abandoned(Bytes message, Fault because) implements SessionEvent {}
}
