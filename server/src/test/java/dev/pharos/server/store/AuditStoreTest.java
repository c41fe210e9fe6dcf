// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.store.AuditStore.Entry;
import dev.pharos.server.store.AuditStore.Sealed;
import dev.pharos.server.store.AuditStore.Search;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AuditStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-31T01:02:03.456789Z");

    private final Database database = TestDatabase.database();
    private final AuditStore store = new AuditStore(database);

    private static Entry entry(String user, String action, String device, String detail) {
        return new Entry(NOW, user, action, device, detail);
    }

    private List<Sealed> whole() {
        List<Sealed> all = new ArrayList<>();
        List<Sealed> page = store.oldest(Search.ALL, 0, 100);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = store.oldest(Search.ALL, all.getLast().seq(), 100);
        }
        return all;
    }

    private static void assertIntact(List<Sealed> log) {
        Bytes before = AuditSeal.NONE;
        for (Sealed each : log) {
            assertThat(each.hash()).as("entry " + each.seq()).isEqualTo(AuditSeal.of(before, each.seq(), each.entry()));
            before = each.hash();
        }
    }

    /// The same values are in the command line's test and were computed by neither.
    @Test
    void a_seal_is_what_the_document_says() {
        Bytes first = AuditSeal.of(AuditSeal.NONE, 1, entry("anna", "set", "os::0200F0-1", "Device.WiFi.SSID.1.SSID"));
        assertThat(hex(first)).isEqualTo("5c85dc6d6e7dfd503e0b579a6ccfeecf8b6baa0ac22cab13692c2d77b0824a3a");
        Bytes second = AuditSeal.of(
                first, 3, new Entry(Instant.parse("2026-01-31T01:02:04Z"), "bért", "remove token", "", "t-1"));
        assertThat(hex(second)).isEqualTo("a43889bd7805b10fa5b0da7e1c05c2778a4166d7800dae008ed20af00ac88a17");
    }

    private static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    @Test
    void what_many_do_at_once_in_two_servers_is_one_chain_with_nothing_lost() throws Exception {
        AuditStore other = new AuditStore(database);
        int before = whole().size();
        List<Thread> people = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            AuditStore own = i % 2 == 0 ? store : other;
            String name = "person " + i;
            people.add(Thread.ofVirtual().start(() -> own.add(entry(name, "set", "proto::crowd", "Device.A\0b"))));
        }
        for (Thread person : people) {
            person.join();
        }
        List<Sealed> log = whole();
        assertThat(log).hasSize(before + 200);
        assertIntact(log);
        assertThat(store.newest(
                        new Search("", "proto::crowd", "", "", Optional.empty(), Optional.empty()), 1L << 40, 500))
                .hasSize(200)
                .allSatisfy(each -> assertThat(each.entry().detail()).isEqualTo("Device.A\uFFFDb"));
    }

    @Test
    void an_entry_that_was_changed_or_taken_out_breaks_the_chain() {
        for (int i = 0; i < 3; i++) {
            store.add(entry("mallory", "set", "proto::chain", "Device.X " + i));
        }
        List<Sealed> log = whole();
        assertIntact(log);
        Sealed last = log.getLast();
        Bytes before = log.get(log.size() - 2).hash();
        assertThat(AuditSeal.of(before, last.seq(), entry("nobody", "set", "proto::chain", "Device.X 2")))
                .isNotEqualTo(last.hash());
        assertThat(AuditSeal.of(log.get(log.size() - 3).hash(), last.seq(), last.entry()))
                .isNotEqualTo(last.hash());
    }

    @Test
    void the_log_is_searched_by_person_device_action_words_and_time() {
        store.add(entry("searcher", "set", "proto::found", "Device.WiFi.AccessPoint.1.Security.KeyPassphrase=******"));
        store.add(new Entry(NOW.plusSeconds(60), "searcher", "set", "proto::other", "Device.Time.NTPServer1=a_b%"));
        store.add(new Entry(NOW.plusSeconds(90), "searcher", "operate", "proto::found", "Device.Reboot()"));
        assertThat(found("searcher", "", "", "")).hasSize(3);
        assertThat(found("searcher", "proto::found", "", "")).hasSize(2);
        assertThat(found("searcher", "", "set", "")).hasSize(2);
        assertThat(found("searcher", "", "", "keypassPHRASE")).hasSize(1);
        assertThat(found("searcher", "", "", "a_b%")).hasSize(1);
        assertThat(found("searcher", "", "", "_b_")).isEmpty();
        Search minute =
                new Search("searcher", "", "", "", Optional.of(NOW.plusSeconds(60)), Optional.of(NOW.plusSeconds(90)));
        assertThat(store.newest(minute, Long.MAX_VALUE, 10)).hasSize(1);
    }

    private List<Sealed> found(String user, String device, String action, String text) {
        return store.newest(
                new Search(user, device, action, text, Optional.empty(), Optional.empty()), Long.MAX_VALUE, 10);
    }

    @Test
    void what_was_written_before_there_were_seals_is_sealed_by_the_migration() throws IOException {
        store.add(entry("jürgen", "set", "proto::früher", "Device.A=„ä“ 𝄞"));
        List<Sealed> log = whole();
        String migration = resource();
        int begin = migration.indexOf("do $$");
        String sealing = migration.substring(begin, migration.indexOf("$$;", begin + 5) + 3);
        database.inTransaction(handle -> {
            handle.execute("alter table audit alter column hash drop not null");
            handle.execute("update audit set hash = null");
            return handle.execute(sealing) + handle.execute("alter table audit alter column hash set not null");
        });
        assertThat(whole()).isEqualTo(log);
    }

    private static String resource() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                Database.class.getResourceAsStream("/dev/pharos/server/migrations/V15__audit_chain.sql"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
