// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.acs.Calling.Login;
import dev.pharos.controller.observe.WirePlace;
import dev.pharos.usp.EndpointId;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/// Calls, and tells who looks on what was said and what came of it: never the password, nor the path of the device,
/// which nobody is to guess.
record CallLog(Calling calling, Rung rung) {
    Optional<String> overHttp(EndpointId device, String url, Login login) {
        URI at = URI.create(url);
        Optional<String> why = calling.call(url, login);
        String place = at.getHost() + (at.getPort() < 0 ? "" : ":" + at.getPort());
        return told(device, new WirePlace("http", place), "GET, with the login " + login, why, ": it comes");
    }

    Optional<String> overUdp(EndpointId device, InetSocketAddress address, Login login) {
        Optional<String> why = calling.callOverUdp(address, login);
        String place = address.getAddress().getHostAddress() + ":" + address.getPort();
        return told(
                device,
                new WirePlace("udp", place),
                "GET in a datagram, signed with the login " + login,
                why,
                ", which is never answered");
    }

    Optional<String> overXmpp(EndpointId device, String jid, Login login) {
        Optional<String> why = calling.callOverXmpp(jid, login);
        return told(
                device, new WirePlace("xmpp", jid), "connectionRequest, with the login " + login, why, ": it comes");
    }

    private Optional<String> told(
            EndpointId device, WirePlace place, String what, Optional<String> why, String otherwise) {
        rung.called(device, place, "called by " + what + (why.isEmpty() ? otherwise : ""), why);
        return why;
    }
}
