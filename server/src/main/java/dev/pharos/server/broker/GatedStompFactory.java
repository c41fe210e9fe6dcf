// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.BaseInterceptor;
import org.apache.activemq.artemis.core.protocol.stomp.StompProtocolManager;
import org.apache.activemq.artemis.core.protocol.stomp.StompProtocolManagerFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;

/// Makes [GatedStomp] wherever Artemis would make its own STOMP. The raw types are those of the interface.
@SuppressWarnings("rawtypes")
final class GatedStompFactory extends StompProtocolManagerFactory {
    private final Admission admission;
    private final BrokerRefusals refusals;
    private final StompPresence presence = new StompPresence();

    GatedStompFactory(Admission admission, BrokerRefusals refusals) {
        this.admission = admission;
        this.refusals = refusals;
    }

    @Override
    public ProtocolManager createProtocolManager(
            ActiveMQServer server,
            Map<String, Object> parameters,
            List<BaseInterceptor> incoming,
            List<BaseInterceptor> outgoing)
            throws Exception {
        StompProtocolManager inner =
                (StompProtocolManager) super.createProtocolManager(server, parameters, incoming, outgoing);
        boolean controllerOnly = parameters.containsKey(GatedMqttFactory.CONTROLLER_ONLY);
        return new GatedStomp(inner, controllerOnly ? admission.forController() : admission, refusals, presence);
    }
}
