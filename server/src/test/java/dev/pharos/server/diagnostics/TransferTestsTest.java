// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.diagnostics.TransferTests.Direction;
import dev.pharos.server.store.ServerKeyStore;
import dev.pharos.server.store.TestDatabase;
import dev.pharos.testkit.ManualClock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Links for transfers, and how fast and how many there are.
final class TransferTestsTest {
    private static final Pattern LINK =
            Pattern.compile("http://a\\.example:80/transfer-tests/(\\w+)\\?expires=([0-9]+)&token=([A-Za-z0-9_-]+)");

    private final ManualClock clock = ManualClock.standing();
    private final TransferTests tests = TransferTests.signedBy(new ServerKeyStore(TestDatabase.database()), clock);

    private static Matcher read(String link) {
        Matcher parts = LINK.matcher(link);
        assertThat(parts.matches()).as(link).isTrue();
        return parts;
    }

    @Test
    void a_link_is_good_for_its_direction_until_it_expires() {
        assertThat(tests.link(Direction.DOWNLOAD))
                .as("nobody knows where we are")
                .isEmpty();
        tests.servedAt("http://a.example:80/");
        Matcher link = read(tests.link(Direction.DOWNLOAD).orElseThrow());
        String expires = link.group(2);
        String token = link.group(3);

        assertThat(tests.isGood(Direction.DOWNLOAD, expires, token)).isTrue();
        assertThat(tests.isGood(Direction.UPLOAD, expires, token)).isFalse();
        assertThat(tests.isGood(Direction.DOWNLOAD, expires + "0", token)).isFalse();
        assertThat(tests.isGood(Direction.DOWNLOAD, expires, token + "x")).isFalse();
        clock.advance(Limits.TRANSFER_LINK);
        assertThat(tests.isGood(Direction.DOWNLOAD, expires, token)).isFalse();
    }

    @Test
    void as_many_as_may_measure_do_and_then_others_again() {
        for (int i = 0; i < Limits.TRANSFERS; i++) {
            assertThat(tests.begin()).isTrue();
        }
        assertThat(tests.begin()).isFalse();
        tests.end();
        assertThat(tests.begin()).isTrue();
    }

    @Test
    void all_together_are_no_faster_than_the_rate() throws Exception {
        int part = 1 << 16;
        long bytes = Limits.TRANSFER_RATE / 2;
        long begin = System.nanoTime();
        for (long sent = 0; sent < bytes; sent += part) {
            tests.pace(part);
        }

        assertThat(System.nanoTime() - begin).isGreaterThan(490_000_000);
    }
}
