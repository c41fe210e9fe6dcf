// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testkit.DnsServer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Names, looked up at a DNS server on loopback.
@Timeout(60)
class LookupTest {
    private final Host host = new Host();
    private DnsServer server;

    @BeforeEach
    void start() throws Exception {
        server = DnsServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
        host.close();
    }

    private Map<String, String> lookUp(String name, String at, int times) throws InterruptedException {
        return host.model.operate(
                "Device.DNS.Diagnostics.NSLookupDiagnostics()",
                Map.of(
                        "HostName",
                        name,
                        "DNSServer",
                        at,
                        "Timeout",
                        "300",
                        "NumberOfRepetitions",
                        Integer.toString(times)));
    }

    private String at() {
        return "127.0.0.1:" + server.address().getPort();
    }

    @Test
    void each_repetition_is_asked_and_told_with_the_addresses_of_both_versions() throws Exception {
        server.put("www.example.com", "A", "192.0.2.7").put("www.example.com", "AAAA", "2001:db8:0:0:0:0:0:7");

        Map<String, String> outputs = lookUp("www.example.com", at(), 3);

        assertThat(outputs)
                .containsEntry("Status", "Complete")
                .containsEntry("SuccessCount", "3")
                .containsEntry("Result.1.Status", "Success")
                .containsEntry("Result.1.AnswerType", "NonAuthoritative")
                .containsEntry("Result.1.HostNameReturned", "www.example.com")
                .containsEntry("Result.3.IPAddresses", "192.0.2.7,2001:db8::7")
                .containsEntry("Result.3.DNSServerIP", "127.0.0.1");
        assertThat(Long.parseLong(outputs.getOrDefault("Result.2.ResponseTime", "0")))
                .isPositive();
        assertThat(server.questions()).hasSize(6);
    }

    @Test
    void a_name_that_the_server_does_not_know_is_a_result() throws Exception {
        assertThat(lookUp("nobody.example.com", at(), 1))
                .containsEntry("Status", "Complete")
                .containsEntry("SuccessCount", "0")
                .containsEntry("Result.1.Status", "Error_HostNameNotResolved")
                .containsEntry("Result.1.AnswerType", "None")
                .containsEntry("Result.1.HostNameReturned", "");
    }

    @Test
    void a_server_that_says_nothing_is_a_timeout() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            assertThat(lookUp("www.example.com", "127.0.0.1:" + silent.getLocalPort(), 2))
                    .containsEntry("Status", "Complete")
                    .containsEntry("Result.1.Status", "Error_Timeout")
                    .containsEntry("Result.2.Status", "Error_Timeout");
        }
    }

    @Test
    void a_server_that_is_not_there_or_has_no_address_is_told() throws Exception {
        // one that no system gives away: the port of a server that was closed may be another's by now
        assertThat(lookUp("www.example.com", "127.0.0.1:1", 1))
                .containsEntry("Result.1.Status", "Error_DNSServerNotAvailable");
        assertThat(lookUp("www.example.com", "nobody.invalid", 1))
                .containsExactlyEntriesOf(Map.of("Status", "Error_DNSServerNotResolved"));
    }
}
