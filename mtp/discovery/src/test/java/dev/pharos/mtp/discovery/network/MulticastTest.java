// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.TwoHosts;
import dev.pharos.testkit.TwoHosts.Host;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// mDNS as real multicast between two hosts, on each of which one program does what it is told.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MulticastTest {
    private static final String CONTROLLER = "os::0200F0-a.b%2Fc.d";
    private static final String AGENT = "os::00256D-1.2";

    static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private final TwoHosts hosts;
    private final Station left;
    private final Station right;

    MulticastTest() throws IOException, InterruptedException {
        Optional<TwoHosts> connected = TwoHosts.connect();
        Assumptions.assumeTrue(connected.isPresent(), "network namespaces need Linux and root: skipped");
        hosts = connected.orElseThrow();
        left = new Station(Host.LEFT);
        right = new Station(Host.RIGHT);
    }

    @AfterAll
    void disconnect() throws IOException, InterruptedException {
        left.close();
        right.close();
        hosts.close();
    }

    /// The program on one of the hosts.
    private final class Station {
        private final Process process;
        private final BufferedReader answers;
        private final PrintWriter orders;

        Station(Host host) throws IOException {
            process = hosts.java(host, CLASS_PATH, NetworkProgram.class);
            answers = process.inputReader();
            orders = new PrintWriter(process.outputWriter(), true);
        }

        /// Does one thing and returns what the program printed.
        String ask(String... words) throws IOException {
            orders.println(String.join(" ", words));
            StringBuilder all = new StringBuilder();
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.equals(NetworkProgram.DONE)) {
                    return all.toString();
                }
                all.append(line).append('\n');
            }
            throw new IOException("the program ended: " + all);
        }

        void close() throws InterruptedException {
            orders.close();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /// Who announces itself probes for namesakes first, so it is not there at once.
    private void eventually(String wanted, String... question) {
        await().atMost(Duration.ofMinutes(2))
                .pollInSameThread()
                .untilAsserted(() -> assertThat(right.ask(question)).contains(wanted));
    }

    private String announce(Station station, String role, String id) throws IOException {
        return station.ask("announce", (station == left ? Host.LEFT : Host.RIGHT).address(), role, id);
    }

    @Test
    @Requirement({"R-DIS.3", "R-DIS.8", "R-DIS.11", "R-DIS.11a"})
    void a_controller_that_announces_itself_is_found_until_it_says_goodbye() throws Exception {
        String found = "found " + CONTROLLER + " wss://os-0200F0-a-b-2Fc-d.local:8183/usp [/10.7.0.1]";
        announce(left, "controller", CONTROLLER);
        eventually(found, "discover");
        assertThat(right.ask("discover", CONTROLLER)).contains(found);
        assertThat(right.ask("discover", "self::other")).doesNotContain(found).contains("but self::other is wanted");
        left.ask("goodbye");
        assertThat(right.ask("discover"))
                .doesNotContain("found")
                .contains("note nobody on right answers a multicast question for the PTR record of"
                        + " _usp-ctr-ws._tcp.local");
    }

    @Test
    @Requirement({"R-DIS.2d", "R-DIS.3", "R-DIS.8", "R-DIS.9"})
    void an_agent_is_found_with_its_path_and_name_and_known_as_the_gateway_that_gave_the_lease() throws Exception {
        announce(left, "agent", AGENT);
        eventually(
                "found " + AGENT + " Text[path=Optional[/agent], name=Optional[kitchen light], encrypted=false]",
                "agents");
        assertThat(right.ask("gateway", Host.LEFT.address())).contains("gateway USP " + AGENT);
        assertThat(right.ask("gateway", "10.7.0.77")).contains("gateway CWMP -");
        left.ask("goodbye");
    }

    @Test
    @Requirement("R-DIS.5")
    void a_local_name_is_resolved_by_mdns_for_every_transport() throws Exception {
        announce(left, "controller", "self::pharos");
        eventually("resolved 10.7.0.1", "resolve", "self-pharos.local");
        assertThat(right.ask("resolve", "nobody.local"))
                .contains("unknown nobody.local: nobody on right answers a multicast question for the A record of"
                        + " nobody.local");
        left.ask("goodbye");
    }

    @Test
    void a_server_elsewhere_is_announced_where_it_is() throws Exception {
        announce(left, "elsewhere", "self::behind");
        eventually(
                "found self::behind mqtt://at-10-7-0-9.local:1883/usp/controller/self::behind [/10.7.0.9]", "discover");
        left.ask("goodbye");
    }

    @Test
    void of_two_with_one_endpoint_id_the_later_one_falls_silent() throws Exception {
        announce(left, "agent", "self::twin");
        eventually("found self::twin", "agents");
        announce(right, "agent", "self::twin");
        await().atMost(Duration.ofMinutes(1))
                .pollInSameThread()
                .untilAsserted(() -> assertThat(right.ask("log"))
                        .contains("another endpoint on this network announces self::twin; ours is not announced"));
        assertThat(left.ask("log")).doesNotContain("self::twin; ours is not announced");
        right.ask("goodbye");
        left.ask("goodbye");
    }

    @Test
    void where_multicast_cannot_go_out_it_is_said() throws Exception {
        hosts.at(Host.RIGHT, "ip", "link", "set", "right", "multicast", "off");
        try {
            assertThat(right.ask("discover"))
                    .contains("note no interface of this host is up, has an address and can multicast");
        } finally {
            hosts.at(Host.RIGHT, "ip", "link", "set", "right", "multicast", "on");
        }
    }
}
