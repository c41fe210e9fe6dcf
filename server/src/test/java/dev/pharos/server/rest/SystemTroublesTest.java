// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is told of a server to whoever looks after it.
final class SystemTroublesTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final long GIB = 1L << 30;

    private boolean up = true;
    private long free = 100 * GIB;
    private @Nullable Instant backup = NOW.minus(Duration.ofDays(1));
    private final List<SystemListener> listeners = new ArrayList<>();
    private final List<SystemBroker> brokers = new ArrayList<>();
    private final List<SystemProvider> providers = new ArrayList<>();
    private final List<SystemLimited> limited = new ArrayList<>();
    private long undelivered;

    private List<String> troubles() {
        return SystemTroubles.in(
                        new SystemState(
                                List.of(),
                                "1.0",
                                "25",
                                "one",
                                "self::pharos",
                                NOW,
                                new SystemMemory(1, 2),
                                new SystemDisk("/srv/pharos", free, 200 * GIB),
                                new SystemDatabase(up, true, "18.6", "56", 1L, 1, 16),
                                listeners,
                                brokers,
                                List.of(
                                        new SystemQueue("jobs", 7, NOW),
                                        new SystemQueue("undelivered", undelivered, null)),
                                providers,
                                new SystemRates("1/s:1", null, null, 5),
                                limited,
                                0,
                                0,
                                backup),
                        NOW)
                .troubles();
    }

    @Test
    void nothing_is_told_where_all_is_well() {
        listeners.add(new SystemListener("ws", "ws://host/usp", null));
        listeners.add(new SystemListener("wss", "wss://host/usp", ending(Duration.ofDays(29))));
        brokers.add(new SystemBroker("mqtt", true));
        providers.add(new SystemProvider("Example", "https://login.example.com", null));
        limited.add(limited("anna", Duration.ofHours(2)));
        assertThat(troubles()).isEmpty();
    }

    private static SystemCertificate ending(Duration from) {
        return new SystemCertificate("CN=pharos.example", "CN=authority", NOW.plus(from));
    }

    private static SystemLimited limited(String who, Duration ago) {
        return new SystemLimited("requests", who, 12, NOW.minus(Duration.ofDays(1)), NOW.minus(ago));
    }

    @ParameterizedTest
    @CsvSource({
        "27, ends in 27 days",
        "1, ends in 1 day",
        "0, ends today",
        "-1, ended 1 day ago",
        "-40, ended 40 days ago"
    })
    void a_certificate_that_ends_is_told_once_for_all_who_show_it(int days, String when) {
        for (String name : List.of("https", "wss")) {
            listeners.add(new SystemListener(name, name + "://host", ending(Duration.ofDays(days))));
        }
        assertThat(troubles()).containsExactly("The certificate of https, wss (CN=pharos.example) " + when + ".");
    }

    @Test
    void a_disk_that_is_nearly_full_is_told_of_by_share_and_by_size() {
        free = 9 * GIB;
        assertThat(troubles()).containsExactly("Of the disk of /srv/pharos 9.0 GiB of 200.0 are left.");
        free = 11 * GIB;
        assertThat(troubles()).isEmpty();
    }

    @Test
    void a_backup_that_is_old_or_none_is_told() {
        backup = NOW.minus(Duration.ofDays(9));
        assertThat(troubles()).containsExactly("The last backup was made 9 days ago.");
        backup = null;
        assertThat(troubles()).containsExactly("No backup was ever made: ./pharos backup FILE makes one.");
    }

    @Test
    void what_is_down_comes_first_and_who_was_held_back_last_and_of_many_some() {
        up = false;
        backup = null;
        brokers.add(new SystemBroker("mqtt", false));
        providers.add(new SystemProvider("Example", "https://login.example.com", "it cannot be connected to"));
        undelivered = 1;
        for (int i = 0; i < 8; i++) {
            limited.add(limited("person " + i, Duration.ofMinutes(i)));
        }
        List<String> all = troubles();
        assertThat(all).hasSize(9);
        assertThat(all.subList(0, 5))
                .containsExactly(
                        "The database does not answer.",
                        "Our session at the broker of mqtt does not stand: devices behind it are not reached.",
                        "Nobody can sign in with Example: it cannot be connected to.",
                        "1 delivery to webhooks was given up.",
                        "person 0 was held back: too many requests (12 refused, the last at 2026-05-01T12:00:00Z).");
    }
}
