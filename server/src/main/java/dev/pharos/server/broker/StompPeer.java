// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.mtp.stomp.StompDestinations;
import dev.pharos.usp.EndpointId;

/// Who a client is that speaks STOMP, and what it may do. Its destinations are no topics of MQTT, whatever their names:
/// in Artemis they all lie below an address of their own, so that neither protocol reaches into the other, and nothing
/// is delivered twice to a Controller that listens over both.
sealed interface StompPeer extends BrokerPeer {
    /// How every destination begins in the form that [BrokerPeer] judges.
    String ROOT = "stomp/";

    /// A destination as it stands in the rights below.
    static String judged(String destination) {
        return ROOT + destination;
    }

    /// The inner form of a destination: one word below the root, without anything that Artemis gives a meaning.
    static String inner(String destination) {
        return "stomp." + TopicCode.encodeWord(destination);
    }

    /// The destination whose inner form this is.
    static String outer(String inner) {
        return inner.startsWith("stomp.") ? TopicCode.decode(inner.substring("stomp.".length())) : "";
    }

    /// Our own Controller: every destination of this platform.
    record Controller(String address, String clientId) implements StompPeer {
        private static final String ALL = judged("/topic/usp.");

        @Override
        public boolean maySubscribe(String destination) {
            return destination.startsWith(ALL);
        }

        @Override
        public boolean mayPublish(String destination) {
            return destination.startsWith(ALL);
        }

        @Override
        public boolean mayBeAnsweredAt(String destination) {
            return destination.startsWith(ALL);
        }

        @Override
        public String session() {
            return "stomp-controller-" + TopicCode.encodeWord(clientId);
        }
    }

    /// A device: listens at its own destination (R-STOMP.34), sends to its Controller's, and is answered at its own.
    record Device(String address, EndpointId id, String own, String controller) implements StompPeer {
        static Device of(String address, EndpointId id, EndpointId controller) {
            return new Device(address, id, StompDestinations.forAgent(id), StompDestinations.forController(controller));
        }

        @Override
        public boolean maySubscribe(String destination) {
            return destination.equals(judged(own));
        }

        @Override
        public boolean mayPublish(String destination) {
            return destination.equals(judged(controller));
        }

        @Override
        public boolean mayBeAnsweredAt(String destination) {
            return destination.equals(judged(own));
        }

        @Override
        public String session() {
            return "stomp-device-" + TopicCode.encodeWord(id.toString());
        }
    }
}
