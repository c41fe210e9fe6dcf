// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.mtp.discovery.network.TwoHosts.Host;
import dev.pharos.requirements.Requirement;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// mDNS as real multicast between two hosts.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MulticastTest {
    private static final String CONTROLLER = "os::0200F0-a.b%2Fc.d";
    private static final String AGENT = "os::00256D-1.2";

    private final TwoHosts hosts;

    MulticastTest() throws IOException, InterruptedException {
        hosts = TwoHosts.connect();
    }

    @AfterAll
    void disconnect() {
        hosts.close();
    }

    /// Something on the left that goes on until it is closed.
    private final class Announced implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;

        Announced(String role, String id) throws IOException {
            process = hosts.start(Host.LEFT, "announce", Host.LEFT.address(), role, id);
            out = process.inputReader();
            awaitLine("announced");
        }

        private void awaitLine(String wanted) throws IOException {
            StringBuilder all = new StringBuilder();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                all.append(line).append('\n');
                if (line.equals(wanted)) {
                    return;
                }
            }
            throw new IOException("never said '" + wanted + "': " + all);
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            awaitLine("said goodbye");
            try {
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Who announces itself probes for namesakes first, so it is not there at once.
    private void eventually(String wanted, String... question) {
        await().atMost(Duration.ofMinutes(2))
                .pollInSameThread()
                .untilAsserted(() -> assertThat(hosts.ask(Host.RIGHT, question)).contains(wanted));
    }

    @Test
    @Requirement({"R-DIS.3", "R-DIS.8", "R-DIS.11", "R-DIS.11a"})
    void a_controller_that_announces_itself_is_found_until_it_says_goodbye() throws Exception {
        String found = "found " + CONTROLLER + " wss://os-0200F0-a-b-2Fc-d.local:8183/usp [/10.7.0.1]";
        try (Announced controller = new Announced("controller", CONTROLLER)) {
            assertThat(controller.process.isAlive()).isTrue();
            eventually(found, "discover");
            assertThat(hosts.ask(Host.RIGHT, "discover", CONTROLLER)).contains(found);
            assertThat(hosts.ask(Host.RIGHT, "discover", "self::other"))
                    .doesNotContain(found)
                    .contains("but self::other is wanted");
        }
        assertThat(hosts.ask(Host.RIGHT, "discover"))
                .doesNotContain("found")
                .contains("note nobody on right answers a multicast question for the PTR record of"
                        + " _usp-ctr-ws._tcp.local");
    }

    @Test
    @Requirement({"R-DIS.3", "R-DIS.8", "R-DIS.9"})
    void an_agent_is_found_with_its_path_and_name_and_known_as_the_gateway_that_gave_the_lease() throws Exception {
        try (Announced agent = new Announced("agent", AGENT)) {
            assertThat(agent.process.isAlive()).isTrue();
            eventually(
                    "found " + AGENT + " Text[path=Optional[/agent], name=Optional[kitchen light], encrypted=false]",
                    "agents");
            assertThat(hosts.ask(Host.RIGHT, "gateway", Host.LEFT.address())).contains("gateway USP " + AGENT);
            assertThat(hosts.ask(Host.RIGHT, "gateway", "10.7.0.77")).contains("gateway CWMP -");
        }
    }

    @Test
    @Requirement("R-DIS.5")
    void a_local_name_is_resolved_by_mdns_for_every_transport() throws Exception {
        try (Announced controller = new Announced("controller", "self::pharos")) {
            assertThat(controller.process.isAlive()).isTrue();
            eventually("resolved 10.7.0.1", "resolve", "self-pharos.local");
        }
        assertThat(hosts.ask(Host.RIGHT, "resolve", "nobody.local"))
                .contains("unknown nobody.local: nobody on right answers a multicast question for the A record of"
                        + " nobody.local");
    }

    @Test
    void where_multicast_cannot_go_out_it_is_said() throws Exception {
        try (TwoHosts others = TwoHosts.connect()) {
            others.at(Host.RIGHT, "ip", "link", "set", "right", "multicast", "off");
            assertThat(others.ask(Host.RIGHT, "discover"))
                    .contains("note no interface of this host is up, has an address and can multicast");
        }
    }
}
