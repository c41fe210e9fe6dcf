// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Who fails to sign in too often.
final class SignInGuardTest {
    private final ManualClock clock = ManualClock.standing();
    private final SignInGuard guard = new SignInGuard(clock);

    @Test
    void the_addresses_of_one_ipv6_network_fail_as_one() {
        for (int i = 0; i < 10; i++) {
            assertThat(guard.wait("2001:db8:0:1::77")).isEmpty();
            guard.failed("2001:db8:0:1::" + i);
        }
        assertThat(guard.wait("2001:db8:0:1::77")).contains(Duration.ofMinutes(1));
        assertThat(guard.wait("2001:db8:0:2::77")).isEmpty();
        assertThat(guard.wait("openid 2001:db8:0:1::77")).as("counted apart").isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(guard.wait("2001:db8:0:1::77")).isEmpty();
    }

    @Test
    void people_and_ipv4_addresses_fail_each_for_itself() {
        for (int i = 0; i < 10; i++) {
            guard.failed("192.0.2.1");
            guard.failed("user anna berta");
        }
        assertThat(guard.wait("192.0.2.1")).isPresent();
        assertThat(guard.wait("192.0.2.2")).isEmpty();
        assertThat(guard.wait("user anna berta")).isPresent();
        guard.succeeded("user anna berta");
        assertThat(guard.wait("user anna berta")).isEmpty();
    }
}
