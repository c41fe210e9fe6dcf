// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import dev.pharos.mtp.BrokerWitness;
import dev.pharos.usp.EndpointId;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// Which broker is used, where we listen there, and who is reached.
///
/// @param broker `stomp://host[:61613]` or `stomps://host[:61614]`
/// @param own our Endpoint ID
/// @param ownDestination where we listen, unless the broker says otherwise (R-STOMP.14, R-STOMP.15); where
///     empty, the broker must
/// @param peerDestination an Agent: its Controller's destination, to which a connection exists as soon as the
///     broker has confirmed our subscription. A Controller: empty, and a connection exists for each
///     destination from which a Record came
/// @param peersOnThisHost whether every peer behind the broker is on this host
/// @param witness what the broker knows of its clients
public record StompConfig(
        URI broker,
        EndpointId own,
        Optional<String> ownDestination,
        Optional<String> peerDestination,
        StompSession session,
        StompQueues queues,
        boolean peersOnThisHost,
        BrokerWitness witness) {

    public StompConfig {
        String scheme = broker.getScheme() == null ? "" : broker.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("stomp") && !scheme.equals("stomps")) {
            throw new IllegalArgumentException("a broker's URI starts with stomp:// or stomps://: " + broker);
        }
        if (broker.getHost() == null || broker.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a broker's URI names a host and no user: " + broker);
        }
        ownDestination.ifPresent(StompConfig::requireDestination);
        peerDestination.ifPresent(StompConfig::requireDestination);
    }

    static void requireDestination(String destination) {
        if (!StompDestinations.mayBeAnswered(destination)) {
            throw new IllegalArgumentException("not a destination to send to: " + destination);
        }
    }

    /// An Agent that listens at [StompDestinations#forAgent] and reports to a Controller's destination.
    public static StompConfig agent(URI broker, EndpointId own, String controllerDestination) {
        return new StompConfig(
                broker,
                own,
                Optional.of(StompDestinations.forAgent(own)),
                Optional.of(controllerDestination),
                StompSession.DEFAULT,
                StompQueues.DEFAULT,
                false,
                BrokerWitness.SILENT);
    }

    /// A Controller that listens at [StompDestinations#forController].
    public static StompConfig controller(URI broker, EndpointId own) {
        return new StompConfig(
                broker,
                own,
                Optional.of(StompDestinations.forController(own)),
                Optional.empty(),
                StompSession.DEFAULT,
                StompQueues.DEFAULT,
                false,
                BrokerWitness.SILENT);
    }

    public StompConfig withSession(StompSession settings) {
        return new StompConfig(
                broker, own, ownDestination, peerDestination, settings, queues, peersOnThisHost, witness);
    }

    public StompConfig withOwnDestination(String destination) {
        return new StompConfig(
                broker, own, Optional.of(destination), peerDestination, session, queues, peersOnThisHost, witness);
    }

    /// Leaves the destination to the broker's `subscribe-dest` header (R-STOMP.6, R-STOMP.16).
    public StompConfig withDestinationFromBroker() {
        return new StompConfig(
                broker, own, Optional.empty(), peerDestination, session, queues, peersOnThisHost, witness);
    }

    public StompConfig withQueues(StompQueues bounds) {
        return new StompConfig(broker, own, ownDestination, peerDestination, session, bounds, peersOnThisHost, witness);
    }

    /// Says that nobody but this host reaches the broker, as one on a loopback address of our own.
    public StompConfig withPeersOnThisHost() {
        return new StompConfig(broker, own, ownDestination, peerDestination, session, queues, true, witness);
    }

    /// Believes the broker, which is our own or as good as our own, about its clients (R-SEC.9): each of them must be
    /// able to send only as the Endpoint whose destination it names for answers.
    public StompConfig withWitness(BrokerWitness trusted) {
        return new StompConfig(broker, own, ownDestination, peerDestination, session, queues, peersOnThisHost, trusted);
    }

    /// Whether this is the end of one peer, and not of all that come.
    boolean isAgent() {
        return peerDestination.isPresent();
    }

    boolean secure() {
        return broker.getScheme().equalsIgnoreCase("stomps");
    }

    int port() {
        if (broker.getPort() >= 0) {
            return broker.getPort();
        }
        return secure() ? 61_614 : 61_613;
    }

    /// An IPv6 address stands in brackets in a URI and without them everywhere else.
    String host() {
        String host = broker.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    String place() {
        return broker.getScheme() + "://" + broker.getHost() + ":" + port();
    }
}
