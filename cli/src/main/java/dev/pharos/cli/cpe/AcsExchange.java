// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.cwmp.soap.Received;
import java.io.IOException;
import java.util.Optional;

/// One session's way to the ACS and back.
interface AcsExchange extends AutoCloseable {
    /// Sends a message, or nothing, and waits for what is answered.
    ///
    /// @throws IOException where the ACS cannot be reached or does not answer as one, in words for people
    Received post(Optional<Envelope> envelope) throws IOException, InterruptedException;

    @Override
    void close();

    /// Opens the way for one session.
    @FunctionalInterface
    interface Opener {
        /// @param server where the ACS is now
        AcsExchange open(ManagementServer server) throws IOException;
    }
}
