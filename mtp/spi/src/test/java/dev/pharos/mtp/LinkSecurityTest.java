// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is this host by its name alone.
class LinkSecurityTest {
    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "LOCALHOST, true",
        "127.0.0.1, true",
        "127.8.8.8, true",
        "::1, true",
        "[::1], true",
        "192.0.2.1, false",
        "2001:db8::1, false",
        "localhost.example, false",
        "broker.example, false",
        "0.0.0.0, false",
    })
    void only_its_own_name_and_addresses_are(String host, boolean here) {
        assertThat(LinkSecurity.isThisHost(host)).isEqualTo(here);
    }
}
