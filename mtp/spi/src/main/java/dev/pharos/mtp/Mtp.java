// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import java.io.IOException;
import java.util.Optional;

/// A Message Transfer Protocol in one role at one place: a listener that accepts peers, or a client that
/// keeps one peer or broker reached. It moves whole USP Records as opaque bytes and understands nothing of
/// them.
///
/// A client connects in the background and reconnects for as long as it is open, waiting as [RetryBackoff]
/// says.
public interface Mtp extends AutoCloseable {

    /// Starts listening or connecting. Everything that happens from now on is told to the receiver.
    ///
    /// @throws IOException where a listener cannot be had, for example since the port is taken; the text
    ///     names it
    void start(MtpReceiver receiver) throws IOException;

    /// Where this is, for people and logs, without credentials: `ws://127.0.0.1:8183/usp`.
    String description();

    /// Where peers reach us now: a listener once it listens, behind a broker while the session there is up. Empty
    /// where nobody does, as at a client, and where no network leads there.
    default Optional<MtpAddress> address() {
        return Optional.empty();
    }

    /// Opens a connection to a peer that was met before and stands behind our broker, or needs no connection, so
    /// that it may be spoken to before it speaks. The receiver is told of it like of any other. Waits for the
    /// transport's own thread only.
    ///
    /// @param address what [PeerIdentity#address()] said of an earlier connection to it, perhaps in an earlier run
    /// @param proven whether only a peer will do that has proved who it is, so that an unproven connection does not
    ///     stand in its way when it comes
    /// @return the new connection; empty where the address is not of this transport, the peer has a connection
    ///     already, or no session at the broker is up, and always where no broker stands between
    default Optional<MtpConnection> reach(String address, boolean proven) {
        return Optional.empty();
    }

    /// Our session at the broker that this transport goes through, for as long as the transport is open, whether the
    /// session is up or not; empty where no broker stands between, or nothing is told of it.
    default Optional<BrokerSession> broker() {
        return Optional.empty();
    }

    /// Ends every connection in order and releases everything, within two seconds. Idempotent.
    @Override
    void close();
}
