// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import dev.pharos.usp.Bytes;

/// What an endpoint does with what a transport brings. Called on the transport's threads, in order for one
/// connection: an implementation must hand over and return, never wait.
public interface MtpReceiver {

    void connected(MtpConnection connection);

    void received(MtpConnection connection, Bytes record);

    /// @param reason a sentence for people
    void disconnected(MtpConnection connection, String reason);

    /// Our session at a broker is up, at first or once more: peers that spoke meanwhile were not heard, and may be
    /// reached by [Mtp#reach(String, boolean)].
    default void sessionUp(Mtp mtp) {}

    /// Somebody was not let in, or a connection attempt of ours failed. `peer.address()` says who, the reason
    /// says why.
    void refused(PeerIdentity peer, String reason);
}
