// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.EndpointId;
import java.net.InetSocketAddress;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;

/// Who may bring Records, which differs between the roles. Asked on the socket's thread for each Record.
interface Doorman {
    Verdict judge(Arrival arrival);

    /// A Record that has come whole.
    ///
    /// @param sender by what the Record says
    record Arrival(InetSocketAddress source, ReplyTo replyTo, EndpointId sender, ShownCertificates certificates) {
        boolean onThisHost() {
            return source.getAddress().isLoopbackAddress();
        }
    }

    sealed interface Verdict {
        /// It belongs to a connection that we have made.
        record Ours(CoapConnection connection) implements Verdict {}

        /// It belongs to a connection of this peer, which begins now where there is none.
        record Admitted(PeerIdentity peer, LinkSecurity security) implements Verdict {}

        /// @param told whether people learn of it
        record Refused(ResponseCode code, String reason, boolean told) implements Verdict {}
    }
}
