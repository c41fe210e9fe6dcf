// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import dev.pharos.mtp.BrokerWitness;
import dev.pharos.mtp.TopicFilter;
import dev.pharos.usp.EndpointId;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which broker is used, where we listen there, and who is reached.
///
/// @param broker `mqtt://host[:1883]` or `mqtts://host[:8883]`
/// @param own our Endpoint ID
/// @param ownTopic where we listen, unless the broker says otherwise (R-MQTT.21)
/// @param peerTopic an Agent: its Controller's topic, to which a connection exists as soon as the broker has
///     confirmed our subscription. A Controller: empty, and a connection exists for each reply-to topic from
///     which a Record came
/// @param peersOnThisHost whether every peer behind the broker is on this host
/// @param witness what the broker knows of its clients
public record MqttConfig(
        URI broker,
        EndpointId own,
        String ownTopic,
        Optional<String> peerTopic,
        MqttSession session,
        MqttQueues queues,
        boolean peersOnThisHost,
        BrokerWitness witness) {

    public MqttConfig {
        String scheme = broker.getScheme() == null ? "" : broker.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("mqtt") && !scheme.equals("mqtts")) {
            throw new IllegalArgumentException("a broker's URI starts with mqtt:// or mqtts://: " + broker);
        }
        if (broker.getHost() == null || broker.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a broker's URI names a host and no user: " + broker);
        }
        if (!ownTopic.isEmpty()) {
            requireTopic(ownTopic);
        }
        peerTopic.ifPresent(MqttConfig::requireTopic);
    }

    private static void requireTopic(String topic) {
        if (!MqttTopics.mayBeAnswered(topic)) {
            throw new IllegalArgumentException("not a topic to publish to: " + topic);
        }
    }

    /// An Agent that listens at [MqttTopics#forAgent] and reports to a Controller's topic.
    public static MqttConfig agent(URI broker, EndpointId own, String controllerTopic) {
        return new MqttConfig(
                broker,
                own,
                MqttTopics.forAgent(own),
                Optional.of(controllerTopic),
                MqttSession.DEFAULT.withClientId(own.toString()),
                MqttQueues.DEFAULT,
                false,
                BrokerWitness.SILENT);
    }

    /// A Controller that listens at [MqttTopics#forController].
    public static MqttConfig controller(URI broker, EndpointId own) {
        return new MqttConfig(
                broker,
                own,
                MqttTopics.forController(own),
                Optional.empty(),
                MqttSession.DEFAULT.withClientId(own.toString()),
                MqttQueues.DEFAULT,
                false,
                BrokerWitness.SILENT);
    }

    /// A Controller that is several servers at one broker, which gives each Record of an Agent to one of them.
    /// What is asked by this one is answered to it alone, at [MqttTopics#forServer]. For MQTT 5 (`$share`).
    ///
    /// @param server its name among them, of letters and digits
    public MqttConfig sharedAs(String server) {
        String filter = MqttTopics.sharedByUs(MqttTopics.forController(own) + "/#");
        return new MqttConfig(
                broker,
                own,
                MqttTopics.forServer(own, server),
                peerTopic,
                session.withClientId(own + "/" + server).withFilters(List.of(new TopicFilter(filter, 1))),
                queues,
                peersOnThisHost,
                witness);
    }

    /// Settings without a Client Identifier keep the one that is there; see [#withAssignedClientId()].
    MqttConfig withLogin(Optional<MqttLogin> login) {
        return login.map(own -> withSession(session.withLogin(own))).orElse(this);
    }

    public MqttConfig withSession(MqttSession settings) {
        MqttSession complete =
                settings.clientId().isPresent() || session.clientId().isEmpty()
                        ? settings
                        : settings.withClientId(session.clientId().get());
        return new MqttConfig(broker, own, ownTopic, peerTopic, complete, queues, peersOnThisHost, witness);
    }

    /// Leaves the Client Identifier to the broker (R-MQTT.8, R-MQTT.9); [MqttMtp#clientId()] tells it.
    public MqttConfig withAssignedClientId() {
        return new MqttConfig(
                broker, own, ownTopic, peerTopic, session.withoutClientId(), queues, peersOnThisHost, witness);
    }

    public MqttConfig withOwnTopic(String topic) {
        return new MqttConfig(broker, own, topic, peerTopic, session, queues, peersOnThisHost, witness);
    }

    /// Leaves where we listen to the broker, and to the further filters of the session (R-MQTT.15, R-MQTT.16).
    public MqttConfig withoutOwnTopic() {
        return new MqttConfig(broker, own, "", peerTopic, session, queues, peersOnThisHost, witness);
    }

    public MqttConfig withQueues(MqttQueues bounds) {
        return new MqttConfig(broker, own, ownTopic, peerTopic, session, bounds, peersOnThisHost, witness);
    }

    /// Says that nobody but this host reaches the broker, as one on a loopback address of our own.
    public MqttConfig withPeersOnThisHost() {
        return new MqttConfig(broker, own, ownTopic, peerTopic, session, queues, true, witness);
    }

    /// Says that the broker lets nobody but its Endpoint use a topic, and knows how that one has proved itself.
    public MqttConfig withWitness(BrokerWitness trusted) {
        return new MqttConfig(broker, own, ownTopic, peerTopic, session, queues, peersOnThisHost, trusted);
    }

    boolean secure() {
        return broker.getScheme().equalsIgnoreCase("mqtts");
    }

    int port() {
        if (broker.getPort() >= 0) {
            return broker.getPort();
        }
        return secure() ? 8883 : 1883;
    }

    /// An IPv6 address stands in brackets in a URI and without them everywhere else.
    String host() {
        String host = broker.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /// Whether this is the end of one peer, and not of all that come.
    boolean isAgent() {
        return peerTopic.isPresent();
    }

    /// An Agent of MQTT 5 listens at its topic; everyone else must also hear MQTT 3.1.1 publishers, which
    /// append to it.
    boolean listensBelowItsTopic() {
        return !session.version5() || peerTopic.isEmpty();
    }
}
