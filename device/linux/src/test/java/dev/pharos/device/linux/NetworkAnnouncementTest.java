// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ObjectInstance;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A pair of links comes, changes and goes, as the kernel announces it. Needs the right to make one.
class NetworkAnnouncementTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String INTERFACES = "Device.IP.Interface.";
    private final String suffix = Long.toString(ProcessHandle.current().pid() % 100_000);
    private final String name = "pha" + suffix;
    private final String peer = "phb" + suffix;

    @AfterEach
    void tidy() throws Exception {
        ip("link", "del", name);
    }

    @Test
    void a_link_appears_is_configured_goes_down_and_disappears_without_being_asked_for() throws Exception {
        assumeThat(ip("link", "add", name, "type", "veth", "peer", "name", peer))
                .as("this test may make network links")
                .isTrue();
        assertThat(ip("link", "del", name)).isTrue();
        try (Mounted host = new Mounted()) {
            Queue<Change> changes = new ConcurrentLinkedQueue<>();
            host.model.onChange(set -> changes.addAll(set.changes()));

            ip("link", "add", name, "type", "veth", "peer", "name", peer);
            await().atMost(LONG).until(() -> host.row(INTERFACES, "Name", name).isPresent());
            ObjectInstance row = host.row(INTERFACES, "Name", name).orElseThrow();
            assertThat(host.value(row.path() + "Status")).isEqualTo("Down");

            ip("link", "set", peer, "up");
            ip("link", "set", name, "up");
            await().atMost(LONG).until(() -> host.value(row.path() + "Status").equals("Up"));
            assertThat(host.row("Device.Ethernet.Interface.", "Name", name)).isPresent();

            ip("addr", "add", "198.51.100.77/30", "dev", name);
            ip("neigh", "add", "198.51.100.78", "lladdr", "02:00:5e:77:77:77", "dev", name);
            await().atMost(LONG)
                    .until(() -> host.row(row.path() + "IPv4Address.", "IPAddress", "198.51.100.77")
                                    .isPresent()
                            && host.row("Device.Hosts.Host.", "PhysAddress", "02:00:5E:77:77:77")
                                    .isPresent()
                            && routes(host));

            changes.clear();
            ip("link", "set", name, "down");
            await().atMost(LONG)
                    .until(() -> changes.stream().anyMatch(change -> isDown(change, row.path() + "Status")));
            await("routes that vanish silently").atMost(LONG).until(() -> !routes(host));

            ip("link", "del", name);
            await().atMost(LONG).until(() -> host.row(INTERFACES, "Name", name).isEmpty());

            ip("link", "add", name, "type", "veth", "peer", "name", peer);
            await().atMost(LONG).until(() -> host.row(INTERFACES, "Name", name).isPresent());
            assertThat(host.row(INTERFACES, "Name", name).orElseThrow().path())
                    .as("an interface that returns")
                    .isEqualTo(row.path());
        }
    }

    private static boolean isDown(Change change, String path) {
        return change instanceof Change.ValueChanged(String changed, String _, String after)
                && changed.equals(path)
                && after.equals("Down");
    }

    private static boolean routes(Mounted host) {
        return host.row("Device.Routing.Router.1.IPv4Forwarding.", "DestIPAddress", "198.51.100.76")
                .isPresent();
    }

    private static boolean ip(String... arguments) throws InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "ip";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
