// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;

/// How devices are called to open a session (connection requests of TR-069).
public interface Calling {
    /// Devices come by themselves alone.
    Calling NONE = new Calling() {
        @Override
        public Optional<Login> loginFor(EndpointId device) {
            return Optional.empty();
        }

        @Override
        public Optional<String> call(String url, Login login) {
            return Optional.of("devices are not called");
        }

        @Override
        public Optional<String> callOverUdp(InetSocketAddress address, Login login) {
            return Optional.of("devices are not called");
        }
    };

    /// What a device wants to see of who calls it.
    record Login(String username, String password) {
        /// Without the password.
        @Override
        public String toString() {
            return username;
        }
    }

    /// What we show to this device, and to no other: always the same. Empty where devices are not called.
    Optional<Login> loginFor(EndpointId device);

    /// With what a device signs what it asks of our STUN server; empty where it does not have to.
    default Optional<Login> stunLoginFor(EndpointId device) {
        return Optional.empty();
    }

    /// Calls; takes some seconds at most.
    ///
    /// @param url as the device says, of which nothing is known but that it is on the host that it came from
    /// @return empty where the device comes, else why it does not, in words for people
    Optional<String> call(String url, Login login);

    /// Calls through a NAT (TR-069 Annex G), which is never answered.
    ///
    /// @param address as the device says, of which nothing is known but that it is on the host that it came from
    /// @return empty where it was called, else why it was not, in words for people
    Optional<String> callOverUdp(InetSocketAddress address, Login login);

    /// The bare Jabber ID from which devices are called over XMPP; empty where they are not.
    default Optional<String> jabberId() {
        return Optional.empty();
    }

    /// Calls over XMPP (TR-069 Annex K); takes some seconds at most.
    ///
    /// @param jid as the device says, of which nothing else is known
    /// @return empty where the device comes, else why it does not, in words for people
    default Optional<String> callOverXmpp(String jid, Login login) {
        return Optional.of("this server has no XMPP (--xmpp)");
    }

    /// The UDP port at which devices are heard that tell by datagrams (lightweight notifications); empty where none is.
    default OptionalInt notificationPort() {
        return OptionalInt.empty();
    }
}
