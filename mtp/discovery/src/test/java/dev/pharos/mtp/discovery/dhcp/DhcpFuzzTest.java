// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Whatever a network sends or a file holds is read, or refused in words.
class DhcpFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void a_packet_is_read_or_refused(byte[] data) {
        for (DhcpVersion version : DhcpVersion.values()) {
            try {
                readEverything(DhcpMessage.parse(version, Bytes.copyOf(data)).options());
            } catch (MalformedInputException refused) {
                assertThat(refused.detail()).isNotEmpty();
            }
        }
    }

    @FuzzTest(maxDuration = "20s")
    void options_are_read_or_refused(byte[] data) {
        for (DhcpVersion version : DhcpVersion.values()) {
            for (int code : new int[] {version.vendorClass(), version.vendorInformation(), 43}) {
                readEverything(DhcpOptions.none(version).with(code, Bytes.copyOf(data)));
            }
        }
    }

    private interface Reading {
        Object read() throws MalformedInputException;
    }

    private static void readEverything(DhcpOptions options) {
        for (Reading reading : new Reading[] {
            () -> VendorClass.in(options),
            () -> VendorInformation.in(options),
            () -> ControllerOptions.in(options),
            () -> DeviceDescription.ofClient(options),
            () -> DeviceDescription.ofGateway(options),
            () -> AcsOption.in(options)
        }) {
            try {
                assertThat(reading.read()).isNotNull();
            } catch (MalformedInputException refused) {
                assertThat(refused.detail()).isNotEmpty();
            }
        }
    }

    @FuzzTest(maxDuration = "20s")
    void a_lease_file_is_read(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        DhclientLeases.parse("file", text).forEach(lease -> readEverything(lease.options()));
        readEverything(KeyValueLease.parse("file", text, "eth0", Instant.EPOCH).options());
    }
}
