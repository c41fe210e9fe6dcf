// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.mqtt.MqttConfig;
import dev.pharos.mtp.mqtt.MqttMtp;
import dev.pharos.mtp.mqtt.MqttSession;
import dev.pharos.usp.EndpointId;
import java.net.URI;

/// Makes MQTT clients from an address: its path, where it has one, is the controller's topic and not part of
/// the broker's URI.
final class MqttClients {
    private MqttClients() {}

    static Mtp client(ControllerAddress address, EndpointId own, EndpointId controller) {
        URI uri = address.uri();
        URI broker = URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
        Access access = address.access();
        MqttSession session = MqttSession.DEFAULT.withClientId(own.toString());
        if (access.username().isPresent()) {
            session =
                    session.withLogin(access.username().get(), access.password().orElse(""));
        }
        if (address.isEncrypted()) {
            session = session.withTls(access.tls());
        }
        return new MqttMtp(
                MqttConfig.agent(broker, own, address.topic(controller)).withSession(session));
    }
}
