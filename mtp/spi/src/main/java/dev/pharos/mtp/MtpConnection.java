// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import dev.pharos.usp.Bytes;
import java.io.IOException;

/// A way to one peer. On brokers a connection is the pair of our own session and one peer's topic or
/// destination. Thread-safe.
public interface MtpConnection {

    PeerIdentity peer();

    /// How it is secured as far as our own end sees: to the peer, or to the broker between. The same for as long as
    /// it stands.
    LinkSecurity security();

    /// What a Connect Record on this connection says (R-MTP.6).
    ConnectInfo connectInfo();

    /// Puts one Record into the outbound queue of this connection and returns at once.
    ///
    /// @throws QueueFullException where the bounded queue is full: nothing was sent
    /// @throws IOException where the connection is closed
    void send(Bytes record) throws IOException;

    boolean isOpen();

    /// Stops or resumes reading from the peer, where the receiver cannot take more.
    void reading(boolean enabled);

    /// Closes in the way that the transport prescribes for this reason. Idempotent.
    void close(CloseReason reason);
}
