// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.Response;
import java.util.Optional;

/// What happens with peers, for those who act on it. Called on the mailbox of a connection; waiting there
/// delays that device alone.
public interface PeerTraffic {

    /// A device has come: its first Record on a connection, or a Connect Record.
    void arrived(Peer peer);

    /// A device has one connection less, or came back from silence.
    void changed(Peer peer);

    /// A device sends a notification, which `reply` acknowledges.
    void notified(Peer peer, MessageId id, NotifyRequest notify, Reply reply);

    /// A peer was not let in, or what it sent was not.
    ///
    /// @param device who it said it is, where it did
    void refused(Optional<EndpointId> device, String transport, String address, String reason);

    /// A device that is not approved yet asked to come in.
    void pending(EndpointId device, PeerIdentity identity, String transport, String reason);

    /// The end of a request of a device.
    interface Reply {
        /// Sends the response over the connection that the request came on (R-MSG.0a).
        void send(Response response);

        /// Ends without an answer.
        void none();
    }
}
