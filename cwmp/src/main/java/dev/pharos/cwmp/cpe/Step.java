// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.cpe;

import dev.pharos.cwmp.soap.Envelope;
import java.util.Optional;

/// What is to be done next in a session.
public sealed interface Step {
    /// Send an HTTP request with this envelope, or with nothing in it.
    record Post(Optional<Envelope> envelope) implements Step {}

    /// The session is over.
    ///
    /// @param informed whether the ACS took the Inform, by which a session counts as made; else it is tried again
    /// @param reason why it ended, for people
    record End(boolean informed, String reason) implements Step {
        static final String DONE = "done";

        /// Whether both ends had said all that they had to say: else the session was lost on its way.
        public boolean isWhole() {
            return informed && reason.equals(DONE);
        }
    }
}
