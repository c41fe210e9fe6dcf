// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.integrity.Carrier;
import dev.pharos.usp.integrity.RecordGuard;
import dev.pharos.usp.integrity.SecureIdentity;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Two sessions and a network between them that does what a seed says, in a time of its own.
final class TwoSessions {
    static final EndpointId AGENT = EndpointId.of("os::00256D-1");
    static final EndpointId CONTROLLER = EndpointId.of("self::acs");

    /// Without certificates.
    static final RecordGuard NOTHING_SECURE = new RecordGuard(CONTROLLER, Optional::empty);

    /// What somebody between the two makes of a Record; null takes it away.
    interface Relay {
        @Nullable
        UspRecord pass(UspRecord record);
    }

    /// @param lossPercent of Records
    /// @param doublePercent of Records that come twice
    /// @param jitterMillis by which a Record may be overtaken
    record Weather(int lossPercent, int doublePercent, int jitterMillis) {
        static final Weather FINE = new Weather(0, 0, 0);
    }

    /// One end.
    static final class End {
        final E2eSession session;
        final List<Bytes> delivered = new ArrayList<>();
        final List<SessionEvent> events = new ArrayList<>();
        final List<UspRecord> sent = new ArrayList<>();

        End(EndpointId own, EndpointId peer, SessionPolicy policy, Optional<SecureIdentity> identity, long seed) {
            RecordGuard guard = new RecordGuard(peer, () -> identity);
            session = new E2eSession(new Parties(own, peer), policy, new Random(seed), guard);
        }

        long restarts() {
            return events.stream()
                    .filter(event -> event instanceof SessionEvent.Restarted)
                    .count();
        }

        List<Bytes> abandoned() {
            return events.stream()
                    .filter(SessionEvent.Abandoned.class::isInstance)
                    .map(event -> ((SessionEvent.Abandoned) event).message())
                    .toList();
        }
    }

    private record Flight(Instant arrival, long order, End to, Bytes bytes) {}

    final End agent;
    final End controller;
    Weather weather;
    Instant now = Instant.parse("2026-01-01T12:00:00Z");
    Relay relay = record -> record;
    private final Random chance;
    private final PriorityQueue<Flight> flights =
            new PriorityQueue<>(Comparator.comparing(Flight::arrival).thenComparingLong(Flight::order));
    private long order;

    TwoSessions(SessionPolicy policy, Weather weather, long seed) {
        this(policy, weather, seed, Optional.empty(), Optional.empty());
    }

    TwoSessions(
            SessionPolicy policy,
            Weather weather,
            long seed,
            Optional<SecureIdentity> agents,
            Optional<SecureIdentity> controllers) {
        agent = new End(AGENT, CONTROLLER, policy, agents, seed);
        controller = new End(CONTROLLER, AGENT, policy, controllers, seed + 1);
        chance = new Random(seed + 2);
        this.weather = weather;
    }

    static SessionPolicy policy() {
        return SessionPolicy.of(attempt -> Duration.ofSeconds(5L * attempt));
    }

    void send(End from, Bytes message) {
        take(from, from.session.send(message, OnRestart.SEND_AGAIN, now));
    }

    /// Does what a session wants done.
    void take(End end, SessionStep step) {
        end.events.addAll(step.events());
        end.delivered.addAll(step.messages());
        for (UspRecord record : step.records()) {
            end.sent.add(record);
            if (chance.nextInt(100) >= weather.lossPercent()) {
                fly(end, record);
            }
            if (chance.nextInt(100) < weather.doublePercent()) {
                fly(end, record);
            }
        }
    }

    private void fly(End from, UspRecord sent) {
        UspRecord record = relay.pass(sent);
        if (record == null) {
            return;
        }
        int jitter = weather.jitterMillis() == 0 ? 0 : chance.nextInt(weather.jitterMillis());
        End to = from == agent ? controller : agent;
        flights.add(new Flight(now.plusMillis(20L + jitter), order++, to, RecordCodec.encode(record)));
    }

    /// Lets this much time pass, with all that happens in it.
    void pass(Duration time) {
        Instant end = now.plus(time);
        while (true) {
            Instant next = next();
            if (next.isAfter(end)) {
                now = end;
                return;
            }
            now = next.isAfter(now) ? next : now;
            Flight flight = flights.peek();
            if (flight != null && !flight.arrival().isAfter(now)) {
                flights.remove();
                arrive(flight.to(), flight.bytes());
            } else {
                each(side -> {
                    if (side.session.due().filter(due -> !due.isAfter(now)).isPresent()) {
                        take(side, side.session.tick(now));
                    }
                });
            }
        }
    }

    private Instant next() {
        Instant next = Instant.MAX;
        for (End side : List.of(agent, controller)) {
            Instant due = side.session.due().orElse(Instant.MAX);
            next = due.isBefore(next) ? due : next;
        }
        Flight flight = flights.peek();
        return flight != null && flight.arrival().isBefore(next) ? flight.arrival() : next;
    }

    private void each(Consumer<End> what) {
        what.accept(agent);
        what.accept(controller);
    }

    void arrive(End at, Bytes bytes) {
        try {
            UspRecord record = RecordCodec.decode(bytes);
            take(at, at.session.receive(record, (RecordType.SessionContext) record.type(), Carrier.OPEN, now));
        } catch (MalformedInputException ours) {
            throw new AssertionError(ours);
        }
    }
}
