// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.connection;

import dev.pharos.agent.config.Limits;
import dev.pharos.agent.connection.ConnectionTables.Status;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.agent.runtime.SerialQueue;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.mtp.BrokerSession;
import dev.pharos.mtp.BrokerTraffic;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.Publication;
import dev.pharos.mtp.TopicFilter;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the connections that the data model wants and [Preference] chooses among them, and no others: whatever
/// management changes is followed shortly after the answer to it has left, and each connection's rows say how it
/// stands. Thread-safe.
public final class ConnectionKeeper implements Publisher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionKeeper.class);
    private static final List<String> WATCHED = List.of(
            "Device.LocalAgent.MTP.",
            "Device.LocalAgent.Controller.",
            "Device.LocalAgent.ControllerTrust.",
            "Device.MQTT.",
            "Device.STOMP.",
            "Device.UnixDomainSockets.");

    private final EndpointId own;
    private final Dialler dialler;
    private final ConnectionTables tables;
    private final InstantiatedDataModel model;
    private final AgentTimer timer;
    private final Predicate<EndpointId> telling;
    private final Function<EndpointId, ? extends Optional<? extends MtpReceiver>> peers;
    /// Changed while both this object and `counting` are locked, so that one of them is enough to read it.
    private final Map<String, Kept> kept = new HashMap<>(2);
    /// What has passed over connections that are over, by the row of the broker.
    private final Map<String, BrokerTraffic> passed = new HashMap<>(2);
    private final Object counting = new Object();
    /// What a transport's thread must not wait for, since it may touch the disk.
    private final SerialQueue<Runnable> news = new SerialQueue<>(Limits.WAITING_HAPPENINGS, Runnable::run);

    private boolean closed;

    /// A connection that is kept.
    ///
    /// @param transport empty where the route cannot be used
    private record Kept(Routes.Wanted wanted, Optional<Mtp> transport, Optional<Told> told) {
        static Kept unusable(Routes.Wanted wanted) {
            return new Kept(wanted, Optional.empty(), Optional.empty());
        }

        boolean isFailing() {
            return told.map(Told::isFailing).orElse(true);
        }

        BrokerTraffic traffic() {
            return transport.flatMap(Mtp::broker).map(BrokerSession::traffic).orElse(BrokerTraffic.NONE);
        }
    }

    /// What connections are kept with.
    ///
    /// @param telling whether a controller is about to be told of something that has happened
    public record Parts(
            EndpointId own,
            Dialler dialler,
            ConnectionTables tables,
            InstantiatedDataModel model,
            AgentTimer timer,
            Predicate<EndpointId> telling) {}

    /// @param peers who is told of connections, by controller
    public ConnectionKeeper(Parts parts, Function<EndpointId, ? extends Optional<? extends MtpReceiver>> peers) {
        this.own = parts.own();
        this.dialler = parts.dialler();
        this.tables = parts.tables();
        this.model = parts.model();
        this.timer = parts.timer();
        this.telling = parts.telling();
        this.peers = peers;
    }

    /// Makes the connections, and follows the data model from now on.
    public void start() {
        settle();
        model.onChange(this::changed);
        tables.onTraffic(this::traffic);
        tables.onReconnect(row -> timer.schedule(Limits.SESSION_CHANGE_DELAY, () -> reconnect(row)));
    }

    private void changed(ChangeSet changes) {
        boolean concerned = changes.origin() != Origin.DEVICE
                && changes.changes().stream()
                        .anyMatch(change -> WATCHED.stream().anyMatch(change.path()::startsWith));
        if (concerned) {
            timer.schedule(Limits.SESSION_CHANGE_DELAY, () -> settleOnceTold(Limits.LAST_WORDS));
        }
    }

    /// That a controller is disabled is the last that it hears, which the end of its connection must not overtake.
    private void settleOnceTold(int more) {
        if (more > 0 && isToldOfItsEnd()) {
            timer.schedule(Limits.SESSION_CHANGE_DELAY, () -> settleOnceTold(more - 1));
        } else {
            settle();
        }
    }

    private synchronized boolean isToldOfItsEnd() {
        Set<EndpointId> wanted = Routes.of(model.snapshot()).values().stream()
                .map(Routes.Wanted::controller)
                .collect(Collectors.toSet());
        return kept.values().stream()
                .map(connection -> connection.wanted().controller())
                .anyMatch(controller -> !wanted.contains(controller) && telling.test(controller));
    }

    private synchronized void settle() {
        settle(new HashSet<>());
    }

    /// @param failed rows whose connections were ended although nothing better is known of them than that they fail
    private void settle(Set<String> failed) {
        if (closed) {
            return;
        }
        Map<String, Routes.Wanted> wanted =
                Preference.among(Routes.of(model.snapshot()), row -> failed.contains(row) || isFailing(row));
        Map.copyOf(kept).forEach((row, connection) -> {
            Routes.Wanted now = wanted.get(row);
            if (now == null || !goesOn(row, connection, now)) {
                end(row, connection, failed);
            }
        });
        boolean inVain = false;
        for (Map.Entry<String, Routes.Wanted> connection : wanted.entrySet()) {
            if (!kept.containsKey(connection.getKey())) {
                boolean before = failed.contains(connection.getKey());
                Kept begun = begin(connection.getValue(), before);
                keep(connection.getKey(), begun);
                inVain |= begun.isFailing() && !before;
            }
        }
        if (inVain) {
            // The next ones are tried; never more often than there are ways.
            settle(failed);
        }
    }

    private boolean isFailing(String row) {
        Kept connection = kept.get(row);
        return connection != null && connection.isFailing();
    }

    private void keep(String row, Kept connection) {
        synchronized (counting) {
            kept.put(row, connection);
        }
    }

    /// Whether the connection of a row is, or can become without a break, what is wanted now.
    private boolean goesOn(String row, Kept connection, Routes.Wanted wanted) {
        if (connection.wanted().equals(wanted)) {
            return true;
        }
        if (!connection.wanted().isLike(wanted)) {
            return false;
        }
        if (wanted.route() instanceof Route.Mqtt mqtt) {
            Optional<BrokerSession> session = connection.transport().flatMap(Mtp::broker);
            if (session.isEmpty()) {
                return false;
            }
            session.get()
                    .listenAt(mqtt.filters().stream()
                            .map(filter -> new TopicFilter(filter.topic(), filter.qos()))
                            .toList());
        }
        keep(row, new Kept(wanted, connection.transport(), connection.told()));
        return true;
    }

    private synchronized void reconnect(String transport) {
        Set<String> failed = new HashSet<>();
        Map.copyOf(kept).forEach((row, connection) -> {
            if (connection.wanted().transport().equals(transport)) {
                end(row, connection, failed);
            }
        });
        settle(failed);
    }

    /// What has passed between us and the broker of a row.
    private BrokerTraffic traffic(String transport) {
        synchronized (counting) {
            BrokerTraffic all = passed.getOrDefault(transport, BrokerTraffic.NONE);
            for (Kept connection : kept.values()) {
                all = connection.wanted().transport().equals(transport) ? all.plus(connection.traffic()) : all;
            }
            return all;
        }
    }

    /// Over the session by which a controller is reached.
    @Override
    public void publish(String client, Publication publication) throws IOException, InterruptedException {
        Optional<BrokerSession> session;
        synchronized (counting) {
            session = kept.values().stream()
                    .filter(connection -> connection.wanted().transport().equals(client))
                    .flatMap(connection -> connection.transport().stream())
                    .flatMap(transport -> transport.broker().stream())
                    .findFirst();
        }
        session.orElseThrow(() -> new IOException("no controller is reached by this client"))
                .publish(publication);
    }

    /// @param failing whether this way was failing before, and the next ones are used until it leads anywhere
    private Kept begin(Routes.Wanted wanted, boolean failing) {
        Optional<? extends MtpReceiver> found = peers.apply(wanted.controller());
        if (found.isEmpty()) {
            return Kept.unusable(wanted);
        }
        MtpReceiver peer = found.get();
        show(wanted, Status.CONNECTING, "");
        try {
            Mtp transport = dialler.dial(own, wanted.controller(), wanted.route());
            Told told = new Told(wanted, peer, failing);
            transport.start(told);
            return new Kept(wanted, Optional.of(transport), Optional.of(told));
        } catch (IllegalArgumentException | IOException unusable) {
            LOG.warn("no connection to {}: {}", wanted.controller(), unusable.getMessage());
            show(wanted, Status.MISCONFIGURED, "");
            return Kept.unusable(wanted);
        }
    }

    /// @param failed has the row added where it was failing
    private void end(String row, Kept gone, Set<String> failed) {
        if (gone.isFailing()) {
            failed.add(row);
        }
        gone.told().ifPresent(Told::over);
        gone.transport().ifPresent(Mtp::close);
        synchronized (counting) {
            kept.remove(row);
            if (!gone.wanted().transport().isEmpty()) {
                passed.merge(gone.wanted().transport(), gone.traffic(), BrokerTraffic::plus);
                passed.keySet()
                        .removeIf(broker -> model.snapshot().object(broker).isEmpty());
            }
        }
        show(gone.wanted(), Status.OFF, "");
    }

    private void show(Routes.Wanted wanted, Status status, String told) {
        if (!wanted.agentMtp().isEmpty() && news.offer(() -> tables.show(wanted, status, told)) == SerialQueue.FULL) {
            LOG.warn("connections to {} come and go too fast to be shown", wanted.controller());
        }
    }

    /// Ends all connections. What the rows say then is of no interest any more.
    @Override
    public void close() {
        Map<String, Kept> all;
        synchronized (this) {
            closed = true;
            all = Map.copyOf(kept);
            synchronized (counting) {
                kept.clear();
            }
        }
        news.close();
        all.values().forEach(connection -> connection.transport().ifPresent(Mtp::close));
    }

    /// Hands on what a transport tells, and shows how the connection stands.
    private final class Told implements MtpReceiver {
        private final Routes.Wanted wanted;
        private final MtpReceiver peer;
        private boolean over;
        private int connections;
        private boolean failing;

        Told(Routes.Wanted wanted, MtpReceiver peer, boolean failing) {
            this.wanted = wanted;
            this.peer = peer;
            this.failing = failing;
        }

        /// What comes from now on is not shown: the rows say something else already.
        synchronized void over() {
            over = true;
        }

        /// Whether it was tried in vain since it last led to the controller.
        synchronized boolean isFailing() {
            return failing;
        }

        private synchronized void say(Status status, String told) {
            if (!over) {
                show(wanted, status, told);
            }
        }

        /// Other ways are tried, or left again.
        private void fails(boolean now) {
            if (failing != now && !over) {
                failing = now;
                timer.schedule(Limits.SESSION_CHANGE_DELAY, ConnectionKeeper.this::settle);
            }
        }

        @Override
        public void connected(MtpConnection connection) {
            synchronized (this) {
                connections++;
                fails(false);
            }
            say(Status.UP, toldBy(connection));
            peer.connected(connection);
        }

        @Override
        public void received(MtpConnection connection, Bytes record) {
            peer.received(connection, record);
        }

        @Override
        public void disconnected(MtpConnection connection, String reason) {
            synchronized (this) {
                connections--;
                if (connections == 0) {
                    say(Status.CONNECTING, "");
                }
            }
            peer.disconnected(connection, reason);
        }

        /// An attempt in vain; or, where the connection stands, somebody else who was not let in.
        @Override
        public void refused(PeerIdentity refused, String reason) {
            synchronized (this) {
                if (connections == 0) {
                    fails(true);
                    say(Status.UNREACHABLE, "");
                }
            }
            peer.refused(refused, reason);
        }

        /// Where the broker wants us to listen, where that is not what we wanted.
        private String toldBy(MtpConnection connection) {
            return switch (connection.connectInfo()) {
                case ConnectInfo.Mqtt mqtt
                when wanted.route() instanceof Route.Mqtt route -> other(mqtt.subscribedTopic(), route.own());
                case ConnectInfo.Stomp stomp
                when wanted.route() instanceof Route.Stomp route -> other(stomp.subscribedDestination(), route.own());
                case ConnectInfo.Mqtt _,
                        ConnectInfo.Stomp _,
                        ConnectInfo.WebSocket _,
                        ConnectInfo.Uds _,
                        ConnectInfo.Coap _ -> "";
            };
        }

        private static String other(String subscribed, Optional<String> own) {
            return own.filter(subscribed::equals).isPresent() ? "" : subscribed;
        }
    }
}
