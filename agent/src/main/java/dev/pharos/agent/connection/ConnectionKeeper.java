// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.connection;

import dev.pharos.agent.config.Limits;
import dev.pharos.agent.connection.ConnectionTables.Status;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.agent.runtime.SerialQueue;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the connections that the data model wants, and no others: whatever management changes is followed shortly
/// after the answer to it has left, and each connection's rows say how it stands. Thread-safe.
public final class ConnectionKeeper implements AutoCloseable {
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
    private final Function<EndpointId, ? extends Optional<? extends MtpReceiver>> peers;
    private final Map<String, Kept> kept = new HashMap<>(2);
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
    }

    /// What connections are kept with.
    public record Parts(
            EndpointId own, Dialler dialler, ConnectionTables tables, InstantiatedDataModel model, AgentTimer timer) {}

    /// @param peers who is told of connections, by controller
    public ConnectionKeeper(Parts parts, Function<EndpointId, ? extends Optional<? extends MtpReceiver>> peers) {
        this.own = parts.own();
        this.dialler = parts.dialler();
        this.tables = parts.tables();
        this.model = parts.model();
        this.timer = parts.timer();
        this.peers = peers;
    }

    /// Makes the connections, and follows the data model from now on.
    public void start() {
        settle();
        model.onChange(this::changed);
        tables.onReconnect(row -> timer.schedule(Limits.SESSION_CHANGE_DELAY, () -> reconnect(row)));
    }

    private void changed(ChangeSet changes) {
        boolean concerned = changes.origin() != Origin.DEVICE
                && changes.changes().stream()
                        .anyMatch(change -> WATCHED.stream().anyMatch(change.path()::startsWith));
        if (concerned) {
            timer.schedule(Limits.SESSION_CHANGE_DELAY, this::settle);
        }
    }

    private synchronized void settle() {
        if (closed) {
            return;
        }
        Map<String, Routes.Wanted> wanted = Routes.of(model.snapshot());
        kept.entrySet().removeIf(entry -> {
            boolean unwanted = !entry.getValue().wanted().equals(wanted.get(entry.getKey()));
            if (unwanted) {
                end(entry.getValue());
            }
            return unwanted;
        });
        wanted.forEach((row, connection) -> kept.computeIfAbsent(row, _ -> begin(connection)));
    }

    private synchronized void reconnect(String transport) {
        kept.entrySet().removeIf(entry -> {
            boolean meant = entry.getValue().wanted().transport().equals(transport);
            if (meant) {
                end(entry.getValue());
            }
            return meant;
        });
        settle();
    }

    private Kept begin(Routes.Wanted wanted) {
        Optional<? extends MtpReceiver> found = peers.apply(wanted.controller());
        if (found.isEmpty()) {
            return Kept.unusable(wanted);
        }
        MtpReceiver peer = found.get();
        show(wanted, Status.CONNECTING, "");
        try {
            Mtp transport = dialler.dial(own, wanted.controller(), wanted.route());
            Told told = new Told(wanted, peer);
            transport.start(told);
            return new Kept(wanted, Optional.of(transport), Optional.of(told));
        } catch (IllegalArgumentException | IOException unusable) {
            LOG.warn("no connection to {}: {}", wanted.controller(), unusable.getMessage());
            show(wanted, Status.MISCONFIGURED, "");
            return Kept.unusable(wanted);
        }
    }

    private void end(Kept gone) {
        gone.told().ifPresent(Told::over);
        gone.transport().ifPresent(Mtp::close);
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
            kept.clear();
        }
        news.close();
        all.values().forEach(connection -> connection.transport().ifPresent(Mtp::close));
    }

    /// Hands on what a transport tells, and shows how the connection stands.
    private final class Told implements MtpReceiver {
        private final Routes.Wanted wanted;
        private final MtpReceiver peer;
        private boolean over;

        Told(Routes.Wanted wanted, MtpReceiver peer) {
            this.wanted = wanted;
            this.peer = peer;
        }

        /// What comes from now on is not shown: the rows say something else already.
        synchronized void over() {
            over = true;
        }

        private synchronized void say(Status status, String told) {
            if (!over) {
                show(wanted, status, told);
            }
        }

        @Override
        public void connected(MtpConnection connection) {
            say(Status.UP, toldBy(connection));
            peer.connected(connection);
        }

        @Override
        public void received(MtpConnection connection, Bytes record) {
            peer.received(connection, record);
        }

        @Override
        public void disconnected(MtpConnection connection, String reason) {
            say(Status.CONNECTING, "");
            peer.disconnected(connection, reason);
        }

        @Override
        public void refused(PeerIdentity refused, String reason) {
            say(Status.UNREACHABLE, "");
            peer.refused(refused, reason);
        }

        /// Where the broker wants us to listen, where that is not what we wanted.
        private String toldBy(MtpConnection connection) {
            return switch (connection.connectInfo()) {
                case ConnectInfo.Mqtt mqtt
                when wanted.route() instanceof Route.Mqtt route -> other(mqtt.subscribedTopic(), route.own());
                case ConnectInfo.Stomp stomp
                when wanted.route() instanceof Route.Stomp route -> other(stomp.subscribedDestination(), route.own());
                case ConnectInfo.Mqtt _, ConnectInfo.Stomp _, ConnectInfo.WebSocket _, ConnectInfo.Uds _ -> "";
            };
        }

        private static String other(String subscribed, Optional<String> own) {
            return own.filter(subscribed::equals).isPresent() ? "" : subscribed;
        }
    }
}
