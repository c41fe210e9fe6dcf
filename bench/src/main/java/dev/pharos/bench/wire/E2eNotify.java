// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.wire;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Rounds;
import dev.pharos.bench.measure.Scratch;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.Stores;
import dev.pharos.server.postgres.EmbeddedPostgres;
import dev.pharos.server.store.Database;
import dev.pharos.server.store.PostgresDeviceStore;
import dev.pharos.server.store.PostgresEventStore;
import dev.pharos.server.store.PostgresModelStore;
import dev.pharos.server.store.PostgresTwinStore;
import dev.pharos.server.store.WriteBehindTwinStore;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.NotifyResponse;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// Notifications a second that are received, decoded, judged, stored in PostgreSQL and then answered, and what is left
/// of that when the layers are taken away one by one. All rungs are loaded alike and in turn, in one process, with
/// PostgreSQL beside it; the load is in that process too.
public final class E2eNotify implements Benchmark {
    private static final int WARM_UPS = 4;
    private static final int ROUNDS = 7;
    private static final double TARGET = 0.35;
    private static final List<String> NAMES = List.of(
            "(a) given back by the socket",
            "(b) decoded, and the answer encoded",
            "(c) a controller that keeps them in memory",
            "(d) a controller that keeps them in PostgreSQL");

    @Override
    public String name() {
        return "e2e-notify";
    }

    @Override
    public String definition() {
        return "ValueChange notifications on " + NotifyRung.CONNECTIONS + " WebSocket connections, "
                + NotifyRung.IN_FLIGHT
                + " in flight on each, in PostgreSQL before each is answered / the same Records given back by the socket";
    }

    @Override
    public Outcome run() throws Exception {
        try (Scratch folder = Scratch.open();
                EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.path());
                Database database = Database.open(postgres.dataSource());
                WriteBehindTwinStore twins = WriteBehindTwinStore.over(new PostgresTwinStore(database));
                NotifyRung socket = NotifyRung.answering(UnaryOperator.identity());
                NotifyRung codec = NotifyRung.answering(E2eNotify::answer);
                NotifyRung memory = NotifyRung.controller(InMemoryStores.create());
                NotifyRung stored = NotifyRung.controller(new Stores(
                        new PostgresDeviceStore(database),
                        twins,
                        new PostgresEventStore(database),
                        new PostgresModelStore(database)))) {
            return climb(List.of(socket, codec, memory, stored));
        }
    }

    private static Outcome climb(List<NotifyRung> rungs) throws InterruptedException {
        List<List<Double>> rates = new ArrayList<>();
        rungs.forEach(any -> rates.add(new ArrayList<>()));
        List<Double> ratios = new ArrayList<>();
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            double[] found = new double[rungs.size()];
            for (int i = 0; i < found.length; i++) {
                // up the ladder and down again, so that what drifts hits all
                int rung = round % 2 == 0 ? i : found.length - 1 - i;
                found[rung] = rungs.get(rung).measure();
            }
            if (round >= 0) {
                for (int i = 0; i < found.length; i++) {
                    rates.get(i).add(found[i]);
                }
                ratios.add(found[found.length - 1] / found[0]);
            }
        }
        List<Double> medians = rates.stream().map(Rounds::median).toList();
        for (int i = 0; i < medians.size(); i++) {
            System.err.printf(
                    Locale.ROOT,
                    "  %-48s %9.0f /s  %5.2f of (a)%n",
                    NAMES.get(i),
                    medians.get(i),
                    medians.get(i) / medians.getFirst());
        }
        return new Outcome(
                Rounds.median(ratios), TARGET, false, medians.getLast(), medians.getFirst(), "Notify/s", ratios.size());
    }

    /// What a controller answers that keeps nothing.
    private static Bytes answer(Bytes encoded) {
        try {
            UspRecord record = RecordCodec.decode(encoded);
            if (!(record.type() instanceof RecordType.NoSessionContext(Bytes payload))) {
                throw new IllegalStateException("no Message in a Record of " + record.from());
            }
            UspMessage message = MessageCodec.decode(payload);
            if (!(message.body() instanceof NotifyRequest notify)) {
                throw new IllegalStateException("no Notify: " + message.id());
            }
            UspMessage response = new UspMessage(message.id(), new NotifyResponse(notify.subscriptionId()));
            return RecordCodec.encode(UspRecord.plain(
                    record.from(), record.to(), new RecordType.NoSessionContext(MessageCodec.encode(response))));
        } catch (MalformedInputException wrong) {
            throw new IllegalStateException(wrong);
        }
    }
}
