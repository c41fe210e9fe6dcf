// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.BaseInterceptor;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManager;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManagerFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;

/// Makes [GatedMqtt] wherever Artemis would make its own MQTT. The raw types are those of the interface.
@SuppressWarnings("rawtypes")
final class GatedMqttFactory extends MQTTProtocolManagerFactory {
    /// A parameter of an acceptor at which only the server's own Controller is let in.
    static final String CONTROLLER_ONLY = "pharosControllerOnly";

    private final Admission admission;
    private final BrokerRefusals refusals;
    private final BrokerReports reports;

    GatedMqttFactory(Admission admission, BrokerRefusals refusals, BrokerReports reports) {
        this.admission = admission;
        this.refusals = refusals;
        this.reports = reports;
    }

    @Override
    public ProtocolManager createProtocolManager(
            ActiveMQServer server,
            Map<String, Object> parameters,
            List<BaseInterceptor> incoming,
            List<BaseInterceptor> outgoing)
            throws Exception {
        MQTTProtocolManager inner =
                (MQTTProtocolManager) super.createProtocolManager(server, parameters, incoming, outgoing);
        return new GatedMqtt(
                inner,
                parameters.containsKey(CONTROLLER_ONLY) ? admission.forController() : admission,
                refusals,
                reports);
    }
}
