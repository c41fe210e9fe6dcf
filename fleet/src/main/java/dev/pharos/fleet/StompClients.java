// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.stomp.StompConfig;
import dev.pharos.mtp.stomp.StompDestinations;
import dev.pharos.mtp.stomp.StompHeartBeat;
import dev.pharos.mtp.stomp.StompMtp;
import dev.pharos.mtp.stomp.StompSession;
import dev.pharos.usp.EndpointId;
import java.net.URI;
import java.time.Duration;

/// Makes STOMP clients from an address: its path, where it has one, is the controller's destination and not part
/// of the broker's URI.
final class StompClients {
    /// A broker that is gone without a word is noticed within two minutes, and an agent costs it a byte a minute.
    private static final StompHeartBeat HEART_BEAT = new StompHeartBeat(Duration.ofMinutes(1), Duration.ofMinutes(1));

    private StompClients() {}

    static Mtp client(ControllerAddress address, EndpointId own, EndpointId controller) {
        URI uri = address.uri();
        URI broker = URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
        Access access = address.access();
        StompSession session = StompSession.DEFAULT.withHeartBeat(HEART_BEAT);
        if (access.username().isPresent()) {
            session =
                    session.withLogin(access.username().get(), access.password().orElse(""));
        }
        if (address.isEncrypted()) {
            session = session.withTls(access.tls());
        }
        return new StompMtp(
                StompConfig.agent(broker, own, destination(uri, controller)).withSession(session));
    }

    /// The controller's destination: the address's path as it stands, else what the controller's id gives.
    static String destination(URI uri, EndpointId controller) {
        String path = uri.getPath() == null ? "" : uri.getPath();
        return path.length() > 1 ? path : StompDestinations.forController(controller);
    }
}
