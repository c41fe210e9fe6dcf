// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.proxy;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An agent that came by the one transport, and its own connection to the controller by the other. Told of what
/// happens at the controller's side. Thread-safe.
final class ProxiedEndpoint implements MtpReceiver, AutoCloseable {
    private final EndpointId id;
    private final EndpointId controller;
    private final Mtp onward;
    private final Consumer<String> told;
    private final Instant since = Instant.now();
    private final Pipe toController;
    private final Pipe toAgent;
    private MtpConnection agent;
    private @Nullable MtpConnection reached;
    private @Nullable Envelope greeting;
    private Instant unreachedSince = Instant.now();
    private String trouble = "";
    private boolean closed;

    /// @param onward to the controller, as this agent; not yet started
    /// @param heldByAll bytes that wait in all pipes
    /// @param told what people should know, as sentences
    ProxiedEndpoint(
            EndpointId id,
            EndpointId controller,
            MtpConnection agent,
            Mtp onward,
            AtomicLong heldByAll,
            Consumer<String> told) {
        this.id = id;
        this.controller = controller;
        this.agent = agent;
        this.onward = onward;
        this.told = told;
        this.greeting = agent.connectInfo() instanceof ConnectInfo.Coap ? Envelope.greeting(id, controller) : null;
        this.toController = new Pipe(heldByAll, enabled -> agent().reading(enabled));
        this.toAgent = new Pipe(heldByAll, enabled -> {
            MtpConnection other = reached();
            if (other != null) {
                other.reading(enabled);
            }
        });
        toAgent.lead(agent, null);
    }

    /// Begins to reach the controller; may wait for the network's names.
    void start() {
        try {
            onward.start(this);
        } catch (IOException failed) {
            trouble(String.valueOf(failed.getMessage()));
        }
        boolean late;
        synchronized (this) {
            late = closed;
        }
        if (late) {
            onward.close();
        }
    }

    EndpointId id() {
        return id;
    }

    synchronized MtpConnection agent() {
        return agent;
    }

    private synchronized @Nullable MtpConnection reached() {
        return reached;
    }

    /// The agent has come anew; what is to be sent to it goes there.
    ///
    /// @return the connection of before
    synchronized MtpConnection comesBy(MtpConnection fresh) {
        MtpConnection before = agent;
        agent = fresh;
        toAgent.lead(fresh, null);
        return before;
    }

    /// Takes a Record of the agent.
    ///
    /// @return why the agent cannot stay; empty where it can
    String fromAgent(Envelope record) {
        if (!record.from().equals(id) || !record.to().equals(controller)) {
            return "it sends Records from " + record.from() + " to " + record.to();
        }
        if (record.greeting()) {
            synchronized (this) {
                greeting = record;
            }
        }
        return toController.offer(record) ? "" : "it sends more than the controller takes";
    }

    @Override
    public void connected(MtpConnection connection) {
        Envelope first;
        synchronized (this) {
            reached = connection;
            trouble = "";
            first = greeting;
        }
        toController.lead(connection, first);
        told.accept(id + ": reaches the controller at " + onward.description());
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
        if (!record.to().equals(id) || !record.from().equals(controller)) {
            told.accept(id + ": a Record from " + record.from() + " to " + record.to() + " is not passed on");
            return;
        }
        if (!toAgent.offer(record)) {
            told.accept(id + ": takes less than the controller sends, and is let go");
            agent().close(CloseReason.TOO_SLOW);
        }
    }

    @Override
    public void disconnected(MtpConnection connection, String reason) {
        toController.leave(connection);
        synchronized (this) {
            if (!connection.equals(reached)) {
                return;
            }
            reached = null;
            unreachedSince = Instant.now();
        }
        trouble(reason);
    }

    @Override
    public void refused(PeerIdentity peer, String reason) {
        trouble(reason);
    }

    private void trouble(String reason) {
        synchronized (this) {
            if (closed || reason.equals(trouble)) {
                return;
            }
            trouble = reason;
        }
        told.accept(id + ": does not reach the controller: " + reason);
    }

    /// Whether its controller has not been reached for too long.
    synchronized boolean isLost(Duration longest) {
        return reached == null && unreachedSince.plus(longest).isBefore(Instant.now());
    }

    synchronized ProxyStatus.Row row() {
        return new ProxyStatus.Row(
                id, since, agent.peer().address(), reached != null, trouble, toController.passed(), toAgent.passed());
    }

    /// Ends the connection to the controller; must not be called by a transport.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        toController.close();
        toAgent.close();
        onward.close();
    }
}
