// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.proxy;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/// An MTP proxy: stands for a controller where agents come, and for each agent that is there it stands for that
/// agent at the controller. Records pass as they are. An agent is known as long as its connection is. Thread-safe.
public final class MtpProxy implements MtpReceiver, AutoCloseable {
    private final Mtp door;
    private final EndpointId controller;
    private final Function<EndpointId, Mtp> way;
    private final int most;
    private final Duration unreached;
    private final Consumer<String> told;
    private final Map<EndpointId, ProxiedEndpoint> endpoints = new HashMap<>();
    private final Map<MtpConnection, ProxiedEndpoint> byConnection = new HashMap<>();
    private final AtomicLong held = new AtomicLong();
    private boolean closed;

    /// @param door where agents come
    /// @param controller whom they want, and for whom this stands
    /// @param way to the controller, for one agent
    /// @param most agents at once
    /// @param told what people should know, as sentences
    public MtpProxy(Mtp door, EndpointId controller, Function<EndpointId, Mtp> way, int most, Consumer<String> told) {
        this(door, controller, way, most, Limits.UNREACHED, told);
    }

    MtpProxy(
            Mtp door,
            EndpointId controller,
            Function<EndpointId, Mtp> way,
            int most,
            Duration unreached,
            Consumer<String> told) {
        this.door = door;
        this.controller = controller;
        this.way = way;
        this.most = most;
        this.unreached = unreached;
        this.told = told;
    }

    /// @throws IOException where nobody could come, for example since the port is taken
    public void start() throws IOException {
        door.start(this);
        Thread.ofVirtual().name("proxy watch").start(this::watch);
    }

    /// How all agents stand, by their Endpoint IDs.
    public List<ProxyStatus.Row> rows() {
        return all().stream()
                .map(ProxiedEndpoint::row)
                .sorted(Comparator.comparing(row -> row.id().toString()))
                .toList();
    }

    /// Writes how all agents stand as a JSON document, where that is another than before.
    ///
    /// @param before what this returned the last time; empty at first
    /// @return what stands there now
    public String writeStatus(Path file, String before) throws IOException {
        String now = ProxyStatus.json(rows());
        if (!now.equals(before)) {
            ProxyStatus.write(file, now);
        }
        return now;
    }

    private synchronized List<ProxiedEndpoint> all() {
        return List.copyOf(endpoints.values());
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void watch() {
        try {
            while (!isClosed()) {
                Thread.sleep(Limits.LOOK);
                for (ProxiedEndpoint endpoint : all()) {
                    if (endpoint.isLost(unreached)) {
                        told.accept(endpoint.id() + ": is let go, since the controller is not reached");
                        endpoint.agent().close(CloseReason.NORMAL);
                    }
                }
            }
        } catch (InterruptedException nobodyInterrupts) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void connected(MtpConnection connection) {
        connection.peer().endpointId().ifPresent(id -> admit(id, connection));
    }

    /// @return what stands for it; empty where it cannot stay
    private Optional<ProxiedEndpoint> admit(EndpointId id, MtpConnection connection) {
        Optional<MtpConnection> replaced = Optional.empty();
        ProxiedEndpoint endpoint;
        ProxiedEndpoint fresh = null;
        String objection = "";
        synchronized (this) {
            endpoint = endpoints.get(id);
            if (closed) {
                objection = "the proxy stops";
            } else if (id.equals(controller)) {
                objection = "it says that it is the controller";
            } else if (endpoint != null && isBetterProven(endpoint.agent(), connection)) {
                objection = "an agent that has proved that it is " + id + " is there";
            } else if (endpoint != null) {
                replaced = Optional.of(endpoint.comesBy(connection));
                replaced.ifPresent(byConnection::remove);
                byConnection.put(connection, endpoint);
            } else if (endpoints.size() >= most) {
                objection = most + " agents are there";
            } else {
                fresh = new ProxiedEndpoint(id, controller, connection, way.apply(id), held, told);
                endpoint = fresh;
                endpoints.put(id, fresh);
                byConnection.put(connection, fresh);
            }
        }
        if (!objection.isEmpty()) {
            told.accept(id + " at " + connection.peer().address() + " is refused: " + objection);
            connection.close(CloseReason.REFUSED);
            return Optional.empty();
        }
        replaced.ifPresent(before -> before.close(CloseReason.REPLACED));
        told.accept(id + ": has come from " + connection.peer().address());
        if (fresh != null) {
            Thread.ofVirtual().name("proxy " + id).start(fresh::start);
        }
        return Optional.ofNullable(endpoint);
    }

    private static boolean isBetterProven(MtpConnection one, MtpConnection other) {
        return one.peer().proof().compareTo(other.peer().proof()) > 0;
    }

    @Override
    public void received(MtpConnection connection, Bytes bytes) {
        Envelope record;
        try {
            record = Envelope.of(bytes);
        } catch (MalformedInputException malformed) {
            connection.close(CloseReason.NOT_A_RECORD);
            return;
        }
        Optional<ProxiedEndpoint> endpoint = known(connection);
        if (endpoint.isEmpty() && connection.peer().endpointId().isEmpty()) {
            endpoint = admit(record.from(), connection);
        }
        endpoint.ifPresent(from -> {
            String objection = from.fromAgent(record);
            if (!objection.isEmpty()) {
                told.accept(from.id() + ": is let go: " + objection);
                connection.close(CloseReason.REFUSED);
            }
        });
    }

    private synchronized Optional<ProxiedEndpoint> known(MtpConnection connection) {
        return Optional.ofNullable(byConnection.get(connection));
    }

    @Override
    public void disconnected(MtpConnection connection, String reason) {
        ProxiedEndpoint gone;
        synchronized (this) {
            gone = byConnection.remove(connection);
            if (gone == null) {
                return;
            }
            endpoints.remove(gone.id(), gone);
        }
        told.accept(gone.id() + ": has gone: " + reason);
        // its transport waits for the end of its connection
        Thread.ofVirtual().name("proxy " + gone.id()).start(gone::close);
    }

    @Override
    public void refused(PeerIdentity peer, String reason) {
        told.accept(peer.address() + ": " + reason);
    }

    /// Ends all connections.
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        door.close();
        all().forEach(ProxiedEndpoint::close);
    }
}
