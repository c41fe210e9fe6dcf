// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.contact;

import dev.pharos.agent.AgentMtpBinding;
import dev.pharos.agent.connection.Dialler;
import dev.pharos.agent.runtime.SerialQueue;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.ObservedMtp;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connections of an agent to its controllers, as they stand now, and what went wrong with them last.
/// Thread-safe.
public final class Contacts {
    private static final Logger LOG = LoggerFactory.getLogger(Contacts.class);

    /// News of as many comings and goings wait for whoever is told of them.
    private static final int WAITING_NEWS = 64;

    private final LongSupplier nanos;
    private final Map<EndpointId, List<Line>> lines = new HashMap<>();
    private final Map<EndpointId, String> errors = new HashMap<>();
    private final List<Consumer<News>> told = new CopyOnWriteArrayList<>();
    private final SerialQueue<News> news =
            new SerialQueue<>(WAITING_NEWS, item -> told.forEach(consumer -> consumer.accept(item)));

    public Contacts() {
        this(System::nanoTime);
    }

    Contacts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// How a connection stands: being made, made, or tried in vain last.
    public enum State {
        CONNECTING,
        UP,
        UNREACHABLE
    }

    /// A connection that is kept.
    ///
    /// @param place where it leads to, without credentials
    /// @param lasting for how long it has stood so
    public record Contact(String place, State state, Duration lasting) {}

    /// A controller is reached, or is not any more.
    ///
    /// @param place over which connection
    /// @param reason why it has gone; empty where it has come
    public record News(EndpointId controller, boolean come, String place, String reason) {}

    /// What is known of the connections to one controller, in the order in which they were begun.
    public synchronized List<Contact> of(EndpointId controller) {
        return lines.getOrDefault(controller, List.of()).stream()
                .map(Line::contact)
                .toList();
    }

    /// What went wrong last with a connection to this controller since the agent has started.
    public synchronized Optional<String> lastError(EndpointId controller) {
        return Optional.ofNullable(errors.get(controller));
    }

    /// Has somebody told of whoever comes and goes, one after the other, on a thread that may wait.
    public void onNews(Consumer<News> consumer) {
        told.add(consumer);
    }

    /// The same dialler, of whose transports is known here how they stand.
    public Dialler watching(Dialler dialler) {
        return (agent, controller, route) -> {
            try {
                return watched(controller, dialler.dial(agent, controller, route));
            } catch (IllegalArgumentException unusable) {
                failed(controller, String.valueOf(unusable.getMessage()));
                throw unusable;
            }
        };
    }

    /// The same transports, of which is known here how they stand.
    public List<AgentMtpBinding> watching(List<AgentMtpBinding> bindings) {
        return bindings.stream()
                .map(binding -> new AgentMtpBinding(watched(binding.controller(), binding.mtp()), binding.controller()))
                .toList();
    }

    Mtp watched(EndpointId controller, Mtp transport) {
        Line line = new Line(controller, transport.description());
        synchronized (this) {
            lines.computeIfAbsent(controller, _ -> new ArrayList<>()).add(line);
        }
        return new ObservedMtp(transport, line);
    }

    private synchronized void failed(EndpointId controller, String reason) {
        errors.put(controller, reason);
    }

    private boolean isReached(EndpointId controller) {
        return lines.getOrDefault(controller, List.of()).stream().anyMatch(line -> line.state == State.UP);
    }

    /// One transport. Guarded by what it is in.
    private final class Line implements ObservedMtp.Observer {
        private final EndpointId controller;
        private final String place;
        private State state = State.CONNECTING;
        private long since = nanos.getAsLong();
        private int connections;

        Line(EndpointId controller, String place) {
            this.controller = controller;
            this.place = place;
        }

        Contact contact() {
            return new Contact(place, state, Duration.ofNanos(nanos.getAsLong() - since));
        }

        private void become(State now, String reason) {
            boolean before = isReached(controller);
            if (state != now) {
                state = now;
                since = nanos.getAsLong();
            }
            boolean reached = isReached(controller);
            if (before != reached
                    && news.offer(new News(controller, reached, place, reached ? "" : reason)) == SerialQueue.FULL) {
                LOG.warn("controllers come and go too fast to be told of: {}", controller);
            }
        }

        @Override
        public void connected(MtpConnection connection) {
            synchronized (Contacts.this) {
                connections++;
                become(State.UP, "");
            }
        }

        @Override
        public void disconnected(MtpConnection connection, String reason) {
            synchronized (Contacts.this) {
                connections--;
                errors.put(controller, reason);
                if (connections == 0) {
                    become(State.CONNECTING, reason);
                }
            }
        }

        @Override
        public void failed(String reason) {
            synchronized (Contacts.this) {
                errors.put(controller, reason);
                if (connections == 0) {
                    become(State.UNREACHABLE, reason);
                }
            }
        }

        @Override
        public void closed() {
            synchronized (Contacts.this) {
                become(State.CONNECTING, "the agent has ended the connection");
                lines.computeIfPresent(controller, (_, all) -> {
                    all.remove(this);
                    return all.isEmpty() ? null : all;
                });
            }
        }
    }
}
