// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pharos.testkit.NetworkNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/// A client, a router and a server, each in a network namespace: `10.1.0.1` – `10.1.0.2` `10.2.0.1` – `10.2.0.2`,
/// and the same with IPv6.
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class RoutedNetworkTest {
    private static final String TRACE = Host.IP + "TraceRoute()";
    private static final String PING = Host.IP + "IPPing()";

    private NetworkNamespace client;
    private NetworkNamespace router;
    private NetworkNamespace server;

    @BeforeAll
    void connect() throws Exception {
        assumeThat(NetworkNamespace.isAllowed())
                .as("this host lets us make network namespaces")
                .isTrue();
        client = NetworkNamespace.open();
        router = NetworkNamespace.open();
        server = NetworkNamespace.open();
        client.connect(router, "near 10.1.0.1/24", "west 10.1.0.2/24");
        router.connect(server, "east 10.2.0.1/24", "far 10.2.0.2/24");
        client.address("near fd00:1::1/64");
        router.address("west fd00:1::2/64");
        router.address("east fd00:2::1/64");
        server.address("far fd00:2::2/64");
        client.run("ip", "route", "add", "10.2.0.0/24", "via", "10.1.0.2");
        client.run("ip", "-6", "route", "add", "fd00:2::/64", "via", "fd00:1::2");
        server.run("ip", "route", "add", "default", "via", "10.2.0.1");
        server.run("ip", "-6", "route", "add", "default", "via", "fd00:2::1");
        router.run("sysctl", "-w", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
        // else what a router says of several packets at once is held back
        router.run("sysctl", "-w", "net.ipv4.icmp_ratelimit=0", "net.ipv6.icmp.ratelimit=0");
        server.run("sysctl", "-w", "net.ipv4.icmp_ratelimit=0", "net.ipv6.icmp.ratelimit=0");
    }

    @AfterAll
    void disconnect() {
        for (NetworkNamespace each : new NetworkNamespace[] {client, router, server}) {
            if (each != null) {
                each.close();
            }
        }
    }

    /// What a diagnostic finds out at the client.
    private Map<String, String> measure(String command, String... arguments) throws IOException, InterruptedException {
        String[] words = new String[arguments.length + 1];
        words[0] = command;
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        Process process = client.java(System.getProperty("java.class.path"), MeasuringProgram.class, words);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Map<String, String> outputs = new HashMap<>();
        output.lines()
                .filter(line -> line.indexOf('=') > 0)
                .forEach(line ->
                        outputs.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return outputs;
    }

    @Test
    void a_trace_shows_the_router_and_the_server() throws Exception {
        assumeThat(HostPrograms.OF_THIS_HOST.find("traceroute"))
                .as("traceroute is installed")
                .isPresent();

        Map<String, String> outputs = measure(TRACE, "Host=10.2.0.2", "ProtocolVersion=Any", "NumberOfTries=2");

        assertThat(outputs)
                .containsEntry("Status", "Complete")
                .containsEntry("IPAddressUsed", "10.2.0.2")
                .containsEntry("RouteHops.1.HostAddress", "10.1.0.2")
                .containsEntry("RouteHops.2.HostAddress", "10.2.0.2")
                .doesNotContainKey("RouteHops.3.HostAddress");
        assertThat(outputs.getOrDefault("RouteHops.2.RTTimes", "")).matches("[0-9]+,[0-9]+");
        assertThat(Long.parseLong(outputs.getOrDefault("ResponseTime", "0"))).isPositive();
    }

    @Test
    void a_trace_over_ipv6_shows_the_same() throws Exception {
        assumeThat(HostPrograms.OF_THIS_HOST.find("traceroute"))
                .as("traceroute is installed")
                .isPresent();

        assertThat(measure(TRACE, "Host=fd00:2::2", "ProtocolVersion=IPv6"))
                .containsEntry("Status", "Complete")
                .containsEntry("RouteHops.1.HostAddress", "fd00:1::2")
                .containsEntry("RouteHops.2.HostAddress", "fd00:2::2");
    }

    @Test
    void a_trace_that_may_not_go_far_enough_says_so() throws Exception {
        assumeThat(HostPrograms.OF_THIS_HOST.find("traceroute"))
                .as("traceroute is installed")
                .isPresent();

        assertThat(measure(TRACE, "Host=10.2.0.2", "ProtocolVersion=Any", "MaxHopCount=1"))
                .containsEntry("Status", "Error_MaxHopCountExceeded")
                .containsEntry("RouteHops.1.HostAddress", "10.1.0.2")
                .containsEntry("ResponseTime", "0");
    }

    @Test
    void where_there_is_no_way_that_is_the_status() throws Exception {
        assumeThat(HostPrograms.OF_THIS_HOST.find("traceroute"))
                .as("traceroute is installed")
                .isPresent();

        assertThat(measure(TRACE, "Host=10.9.0.1", "ProtocolVersion=Any"))
                .containsEntry("Status", "Error_NoRouteToHost");
        assertThat(ping("10.9.0.1")).containsExactlyEntriesOf(Map.of("Status", "Error_NoRouteToHost"));
    }

    @Test
    void a_host_that_is_not_there_answers_no_ping() throws Exception {
        assumeThat(HostPrograms.OF_THIS_HOST.find("ping"))
                .as("ping is installed")
                .isPresent();

        assertThat(ping("10.1.0.77"))
                .containsEntry("Status", "Complete")
                .containsEntry("SuccessCount", "0")
                .containsEntry("FailureCount", "2")
                .containsEntry("AverageResponseTime", "0");
        assertThat(ping("10.2.0.2")).containsEntry("SuccessCount", "2");
    }

    private Map<String, String> ping(String host) throws IOException, InterruptedException {
        return measure(
                PING,
                "Host=" + host,
                "ProtocolVersion=Any",
                "NumberOfRepetitions=2",
                "Timeout=1000",
                "DataBlockSize=56");
    }
}
