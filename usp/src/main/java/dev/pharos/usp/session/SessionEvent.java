// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.Fault;
import dev.pharos.usp.Frozen;
import java.security.cert.X509Certificate;
import java.util.List;

/// Something that happened in an end-to-end session, in the order in which it did.
public sealed interface SessionEvent {
    /// A whole Message of the peer, once and in its order within this Session Context.
    record Delivered(Bytes message) implements SessionEvent {}

    /// The peer began a Session Context, which replaces ours if there was one (R-E2E.4, R-E2E.6).
    record Adopted(long sessionId) implements SessionEvent {}

    /// The TLS session inside the Session Context stands: what is delivered from here on comes from whom these
    /// certificates prove (R-E2E.43).
    ///
    /// @param chain the peer's own certificate first
    record Secured(List<X509Certificate> chain) implements SessionEvent {
        public Secured {
            chain = Frozen.list(chain);
        }
    }

    /// We began a Session Context, or will after a pause.
    ///
    /// @param because what ended the one before it; code 7105 where nothing went wrong
    record Restarted(Fault because) implements SessionEvent {}

    /// A Record was of no use and did no harm: it came twice, or belongs to a Session Context that has ended.
    record Ignored(String reason) implements SessionEvent {}

    /// A Record was not taken, since nothing shows that the peer made it, or it is not as secure as it must be.
    ///
    /// @param reason a sentence about the Record or the peer, for the operator
    record Distrusted(String reason) implements SessionEvent {}

    /// A Message of ours will not be sent, or may not have arrived.
    record Abandoned(Bytes message, Fault because) implements SessionEvent {}
}
