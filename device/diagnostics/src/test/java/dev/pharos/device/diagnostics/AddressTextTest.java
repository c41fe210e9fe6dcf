// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Addresses are written in one form only, so that rows can be told apart by them.
class AddressTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "fe80::1",
                "2001:db8::9",
                "2001:db8:0:1:1:1:1:1",
                "2001:0:0:1::1",
                "1::",
                "0:1::",
                "1:2:3:4:5:6:7:8",
                "2001:db8::1:0:0:1",
                "192.0.2.1",
                "0.0.0.0",
                "255.255.255.255"
            })
    void canonical_text_stays_as_it_is(String text) throws UnknownHostException {
        assertThat(AddressText.of(InetAddress.getByName(text).getAddress())).isEqualTo(text);
    }

    @Test
    void any_address_reads_back_as_the_same() throws UnknownHostException {
        Random random = new Random(7);
        for (int n = 0; n < 2_000; n++) {
            byte[] bytes = new byte[16];
            for (int i = 0; i < 16; i += 2) {
                bytes[i + 1] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 0);
                bytes[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 0);
            }
            // Java reads mapped addresses as IPv4
            bytes[0] = 0x20;
            assertThat(InetAddress.getByName(AddressText.of(bytes)).getAddress())
                    .isEqualTo(bytes);
        }
    }

    @Test
    void masks_are_dotted() {
        assertThat(AddressText.mask(0)).isEqualTo("0.0.0.0");
        assertThat(AddressText.mask(24)).isEqualTo("255.255.255.0");
        assertThat(AddressText.mask(25)).isEqualTo("255.255.255.128");
        assertThat(AddressText.mask(32)).isEqualTo("255.255.255.255");
    }
}
