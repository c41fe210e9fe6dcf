// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.store.StoreException;
import dev.pharos.mtp.tls.PemFiles;
import dev.pharos.server.auth.Sessions;
import dev.pharos.server.openid.OpenIdDoor;
import dev.pharos.server.rate.Rate;
import dev.pharos.server.rate.RateLimiter;
import dev.pharos.server.rate.RateLimits;
import dev.pharos.server.rest.json.SystemState;
import dev.pharos.server.rest.json.SystemState.SystemBroker;
import dev.pharos.server.rest.json.SystemState.SystemCertificate;
import dev.pharos.server.rest.json.SystemState.SystemDatabase;
import dev.pharos.server.rest.json.SystemState.SystemDisk;
import dev.pharos.server.rest.json.SystemState.SystemLimited;
import dev.pharos.server.rest.json.SystemState.SystemListener;
import dev.pharos.server.rest.json.SystemState.SystemMemory;
import dev.pharos.server.rest.json.SystemState.SystemProvider;
import dev.pharos.server.rest.json.SystemState.SystemQueue;
import dev.pharos.server.rest.json.SystemState.SystemRates;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.OfWholeServer;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.Database;
import dev.pharos.server.store.SystemStore;
import dev.pharos.server.store.SystemStore.Facts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// How the server is, for those who look after it: see docs/server.md.
@RestController
@Tag(name = "administration")
@Needs(Right.PEOPLE)
@OfWholeServer
public final class SystemController {
    private static final Logger LOG = LoggerFactory.getLogger(SystemController.class);
    private static final Set<String> TLS = Set.of("https", "wss", "mqtts", "stomps", "coaps", "cwmps", "est");

    private final UspController controller;
    private final ServerFacts facts;
    private final Database database;
    private final RateLimiter limiter;
    private final OpenIdDoor door;
    private final Streams streams;
    private final Sessions sessions;
    private final Clock clock;

    public SystemController(
            UspController controller,
            ServerFacts facts,
            Database database,
            RateLimiter limiter,
            OpenIdDoor door,
            Streams streams,
            Sessions sessions,
            Clock clock) {
        this.controller = controller;
        this.facts = facts;
        this.database = database;
        this.limiter = limiter;
        this.door = door;
        this.streams = streams;
        this.sessions = sessions;
        this.clock = clock;
    }

    @GetMapping("/api/v1/system")
    @Operation(
            operationId = "systemState",
            summary = "How the server is: version, database, listeners with their certificates, brokers, what waits,"
                    + " disk, who was limited, the last backup, and what somebody should see to")
    SystemState state() {
        Kept kept = kept();
        SystemState state = new SystemState(
                List.of(),
                facts.version(),
                Runtime.version().toString(),
                facts.place().name(),
                controller.id().toString(),
                facts.place().started(),
                memory(),
                disk(),
                kept.database(),
                listeners(),
                brokers(),
                kept.queues(),
                providers(),
                rates(),
                limited(),
                streams.open(),
                sessions.all().size(),
                kept.lastBackup().orElse(null));
        return SystemTroubles.in(state, clock.instant());
    }

    private static SystemMemory memory() {
        Runtime runtime = Runtime.getRuntime();
        return new SystemMemory(runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory());
    }

    private SystemDisk disk() {
        try {
            FileStore disk = Files.getFileStore(facts.place().data());
            return new SystemDisk(facts.place().data().toString(), disk.getUsableSpace(), disk.getTotalSpace());
        } catch (IOException unreadable) {
            LOG.warn("how much room there is cannot be found out: {}", unreadable.toString());
            return new SystemDisk(facts.place().data().toString(), 0, 0);
        }
    }

    private record Kept(SystemDatabase database, List<SystemQueue> queues, Optional<Instant> lastBackup) {}

    /// What the database says, and that it says nothing where it is gone.
    private Kept kept() {
        SystemStore store = new SystemStore(database);
        try {
            Facts said = store.facts();
            List<SystemQueue> queues = store.waiting().stream()
                    .map(each -> new SystemQueue(
                            each.queue(), each.count(), each.oldest().orElse(null)))
                    .toList();
            return new Kept(database(said), queues, store.lastBackup());
        } catch (StoreException gone) {
            LOG.warn("the database does not say how it is: {}", gone.getMessage());
            return new Kept(database(null), List.of(), Optional.empty());
        }
    }

    private SystemDatabase database(@Nullable Facts said) {
        return new SystemDatabase(
                said != null,
                facts.place().ownDatabase(),
                said == null ? null : said.version(),
                said == null ? null : said.schema(),
                said == null ? null : said.bytes(),
                database.activeConnections(),
                database.mostConnections());
    }

    private List<SystemListener> listeners() {
        Map<String, String> all = new TreeMap<>(facts.listeners());
        String page = facts.page().get();
        all.put(page.startsWith("https") ? "https" : "http", page);
        @Nullable SystemCertificate shown = certificate().orElse(null);
        List<SystemListener> listeners = new ArrayList<>();
        all.forEach(
                (name, address) -> listeners.add(new SystemListener(name, address, TLS.contains(name) ? shown : null)));
        return listeners;
    }

    private Optional<SystemCertificate> certificate() {
        return facts.place().certificate().flatMap(file -> {
            try {
                X509Certificate own = PemFiles.certificates(file).getFirst();
                return Optional.of(new SystemCertificate(
                        own.getSubjectX500Principal().getName(),
                        own.getIssuerX500Principal().getName(),
                        own.getNotAfter().toInstant()));
            } catch (IOException unreadable) {
                LOG.warn("the certificate cannot be looked at: {}", unreadable.getMessage());
                return Optional.empty();
            }
        });
    }

    private List<SystemBroker> brokers() {
        List<SystemBroker> brokers = new ArrayList<>();
        new TreeMap<>(facts.place().brokers())
                .forEach((name, up) -> brokers.add(new SystemBroker(name, up.getAsBoolean())));
        return brokers;
    }

    private List<SystemProvider> providers() {
        return door.all().stream()
                .map(signIn -> new SystemProvider(
                        signIn.label(),
                        signIn.issuer().toString(),
                        signIn.trouble().orElse(null)))
                .toList();
    }

    private SystemRates rates() {
        RateLimits limits = limiter.limits();
        return new SystemRates(
                limits.requests().map(Rate::toString).orElse(null),
                limits.heavy().map(Rate::toString).orElse(null),
                limits.unknown().map(Rate::toString).orElse(null),
                limits.streams());
    }

    private List<SystemLimited> limited() {
        return limiter.limited().stream()
                .map(each ->
                        new SystemLimited(each.askers().text(), each.who(), each.count(), each.first(), each.last()))
                .toList();
    }
}
