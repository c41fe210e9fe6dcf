// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.usp.EndpointId;

/// Who a client of the broker is, and what it may do: the clients of MQTT here, those of STOMP in [StompPeer].
sealed interface BrokerPeer permits BrokerPeer.Controller, BrokerPeer.Device, StompPeer {

    /// `host:port`.
    String address();

    boolean maySubscribe(String filter);

    boolean mayPublish(String topic);

    /// Whether answers may go to a topic that the client names.
    boolean mayBeAnsweredAt(String topic);

    /// The client identifier on the inner side, and the name there. A device has one session at most, whatever client
    /// identifiers it uses, and nobody can take over a session that is not its own.
    String session();

    /// Our own Controller: everything within `usp/`.
    record Controller(String address, String clientId) implements BrokerPeer {
        private static final String ROOT = "usp/";

        @Override
        public boolean maySubscribe(String filter) {
            return filter.startsWith(ROOT);
        }

        @Override
        public boolean mayPublish(String topic) {
            return topic.startsWith(ROOT);
        }

        @Override
        public boolean mayBeAnsweredAt(String topic) {
            return topic.startsWith(ROOT);
        }

        @Override
        public String session() {
            return "controller-" + TopicCode.encodeWord(clientId);
        }
    }

    /// A device: listens at its own topic and below, publishes to its Controller's, and is answered at its own. MQTT
    /// 3.1.1 has no response topic and appends it to the topic instead (R-MQTT.24).
    ///
    /// @param known whether it has shown that it is this device, as far as anybody here has to
    record Device(String address, EndpointId id, String own, String controller, boolean known) implements BrokerPeer {
        private static final String REPLY_TO = "/reply-to=";

        static Device of(String address, EndpointId id, EndpointId controller, boolean known) {
            return new Device(address, id, MqttTopics.forAgent(id), MqttTopics.forController(controller), known);
        }

        /// Whether its reports may go to this topic: to its own, and nobody with a login that many share may.
        boolean mayReport(String topic) {
            return known && topic.equals(MqttTopics.forReports(id));
        }

        @Override
        public boolean maySubscribe(String filter) {
            return isOwn(filter) || isTriedByTheUnconfigured(filter);
        }

        /// An agent that was told no topic tries these (R-MQTT.45). What they bring that exists here is its own: an
        /// Endpoint ID is written in topics in one way only, and no device has that of the Controller.
        private boolean isTriedByTheUnconfigured(String filter) {
            String name = own.substring(own.lastIndexOf('/') + 1);
            boolean tried = filter.equals("+/" + name + "/#") || filter.equals("+/+/" + name + "/#");
            return tried && !controller.endsWith("/" + name);
        }

        @Override
        public boolean mayPublish(String topic) {
            if (topic.equals(controller)) {
                return true;
            }
            // The last one counts for the receiver too (R-MQTT.25): a topic with two must not be read in two ways.
            int at = topic.lastIndexOf(REPLY_TO);
            return at >= 0
                    && topic.substring(0, at).equals(controller)
                    && isOwn(topic.substring(at + REPLY_TO.length()).replace("%2F", "/"));
        }

        @Override
        public boolean mayBeAnsweredAt(String topic) {
            return isOwn(topic);
        }

        /// The filter of all topics that are its own.
        String all() {
            return own + "/#";
        }

        private boolean isOwn(String topic) {
            return topic.equals(own) || topic.startsWith(own + "/");
        }

        @Override
        public String session() {
            return "device-" + TopicCode.encodeWord(id.toString());
        }
    }
}
