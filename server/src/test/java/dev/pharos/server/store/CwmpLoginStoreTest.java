// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What was heard of datagrams that logins have signed, in a real PostgreSQL.
final class CwmpLoginStoreTest {
    private static final EndpointId DEVICE = EndpointId.of("os::00256D-HEARD");
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static final long TIME = NOW.getEpochSecond();
    private static final int MOST = 3;

    private final Database database = TestDatabase.database();
    private final CwmpLoginStore logins = new CwmpLoginStore(database);

    @BeforeEach
    void a_device_with_a_login() {
        database.with(handle -> handle.execute("delete from devices"));
        new PostgresDeviceStore(database).create(DeviceRecord.unseen(DEVICE, true, false, NOW));
        makesLogin();
    }

    private void makesLogin() {
        assertThat(logins.put(DEVICE, new CwmpLoginStore.Login("heard", Bytes.ofUtf8("x"), Bytes.ofUtf8("y")), NOW))
                .isTrue();
    }

    private boolean isNew(long time, String nonce) {
        return logins.isNew(DEVICE, time, nonce, MOST);
    }

    @Test
    void each_is_taken_once_also_by_a_server_that_starts_anew() {
        assertThat(isNew(TIME, "a")).isTrue();
        assertThat(isNew(TIME, "b\0ä")).isTrue();

        CwmpLoginStore another = new CwmpLoginStore(database);
        assertThat(another.isNew(DEVICE, TIME, "a", MOST)).isFalse();
        assertThat(another.isNew(DEVICE, TIME, "b\0ä", MOST)).isFalse();
        assertThat(another.isNew(DEVICE, TIME - 1, "c", MOST)).isFalse();
        assertThat(another.isNew(DEVICE, TIME + 1, "a", MOST)).isTrue();
        assertThat(isNew(TIME, "d")).isFalse();
    }

    @Test
    void of_one_second_no_more_are_taken_than_there_may_be() {
        for (int i = 0; i < MOST; i++) {
            assertThat(isNew(TIME, "n" + i)).isTrue();
        }
        assertThat(isNew(TIME, "one more")).isFalse();
        assertThat(isNew(TIME + 1, "one more")).isTrue();
    }

    @Test
    void servers_that_hear_the_same_at_the_same_moment_take_it_once() throws Exception {
        try (ExecutorService servers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(() -> isNew(TIME, "same"));
            }
            int taken = 0;
            for (Future<Boolean> each : servers.invokeAll(all)) {
                taken += each.get() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(1);
        }
    }

    @Test
    void a_new_login_begins_anew_and_who_has_none_is_not_heard() {
        assertThat(isNew(TIME, "a")).isTrue();
        makesLogin();
        assertThat(isNew(TIME - 60, "a")).isTrue();
        assertThat(logins.isNew(EndpointId.of("os::00256D-NOBODY"), TIME, "a", MOST))
                .isFalse();
    }
}
