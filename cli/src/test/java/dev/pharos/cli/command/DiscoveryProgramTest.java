// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.discovery.ControllerLead;
import dev.pharos.mtp.discovery.ControllerPlace;
import dev.pharos.mtp.discovery.dhcp.ControllerOptions;
import dev.pharos.mtp.discovery.dhcp.DhcpOptions;
import dev.pharos.mtp.discovery.dhcp.DhcpVersion;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.DnsServer;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `pharos discover` and `pharos agent --controller discover` as programs, with a real DNS server, a lease file
/// and a WebSocket listener.
class DiscoveryProgramTest {
    private static final String NAME = "host.example.test";
    private static final EndpointId CONTROLLER = EndpointId.of("self::found-by-dns");
    private static final EndpointId AGENT = EndpointId.of("proto::looking");

    @TempDir
    private Path folder = Path.of("");

    private static Process pharos(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.pharos.cli.Pharos"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private record Ended(int status, String out, String err) {}

    private static Ended ended(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), out, err);
    }

    private static DnsServer dnsFor(int port) throws IOException {
        String instance = CONTROLLER + "._usp-ctr-ws._tcp.example.test";
        return DnsServer.start()
                .put("_usp-ctr-ws._tcp." + NAME, "PTR", instance)
                .put(instance, "SRV", "0 1 " + port + " " + NAME)
                .put(instance, "TXT", "path=/usp")
                .put(NAME, "A", "127.0.0.1");
    }

    private Path lease(ControllerPlace place) throws IOException {
        String option = ControllerOptions.of(ControllerLead.named(place))
                .addTo(DhcpOptions.none(DhcpVersion.V4))
                .of(125)
                .getFirst()
                .toHex();
        return Files.writeString(folder.resolve("eth0.env"), "interface=eth0\nlease=3600\nopt125=" + option + "\n");
    }

    private static String dnsOption(DnsServer dns) {
        return "127.0.0.1:" + dns.address().getPort();
    }

    /// A loaded machine may take long to start a program.
    private static PeerIdentity connected(RecordingReceiver receiver) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> !receiver.pending().isEmpty());
        return receiver.pending().stream()
                .filter(RecordingReceiver.Event.Connected.class::isInstance)
                .map(event ->
                        ((RecordingReceiver.Event.Connected) event).connection().peer())
                .findFirst()
                .orElseThrow(() -> new AssertionError(receiver.pending()));
    }

    @Test
    @Requirement("R-DIS.1")
    void what_a_network_is_told_to_offer_is_found_there() throws Exception {
        Ended offer = ended(pharos(
                "discover",
                "--offer",
                "hex",
                "--url",
                "wss://controller.example.test:8184/usp",
                "--controller-id",
                CONTROLLER.toString()));
        assertThat(offer.status()).as(offer.err()).isZero();
        Path lease = Files.writeString(
                folder.resolve("eth0.env"),
                "interface=eth0\nlease=3600\nopt125="
                        + offer.out().lines().toList().get(1) + "\n");
        Ended found = ended(pharos("discover", "--json", "--source", "dhcp", "--lease", lease.toString()));
        assertThat(found.status()).as(found.err()).isZero();
        assertThat(found.out()).contains("wss://controller.example.test:8184/usp", CONTROLLER.toString());

        Ended wrong = ended(pharos("discover", "--offer", "dnsmasq", "--url", "://"));
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("--url: ");
        assertThat(ended(pharos("discover", "--url", "a.example")).err()).contains("are for --offer");
    }

    @Test
    @Requirement({"R-DIS.6", "R-DIS.7"})
    void an_agent_finds_its_controller_by_dns_and_connects() throws Exception {
        RecordingReceiver receiver = new RecordingReceiver();
        try (WebSocketServerMtp listener =
                new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, CONTROLLER))) {
            listener.start(receiver);
            int port = URI.create(listener.description()).getPort();
            try (DnsServer dns = dnsFor(port)) {
                Process agent = pharos(
                        "agent",
                        "--endpoint-id",
                        AGENT.toString(),
                        "--controller",
                        "discover",
                        "--fqdn",
                        NAME,
                        "--dns",
                        dnsOption(dns),
                        "--data",
                        folder.resolve("agent").toString());
                try {
                    PeerIdentity peer = connected(receiver);
                    assertThat(peer.endpointId()).contains(AGENT);
                    assertThat(dns.questions()).contains("PTR _usp-ctr-ws._tcp." + NAME, "A " + NAME);
                } finally {
                    agent.destroy();
                    assertThat(agent.waitFor(30, TimeUnit.SECONDS)).isTrue();
                }
            }
        }
    }

    @Test
    void discover_shows_what_a_lease_names_and_what_dns_makes_of_it() throws Exception {
        try (DnsServer dns = dnsFor(8183)) {
            Ended answer = ended(pharos(
                    "discover",
                    "--json",
                    "--source",
                    "dhcp",
                    "--lease",
                    lease(new ControllerPlace.Fqdn(NAME)).toString(),
                    "--dns",
                    dnsOption(dns)));
            assertThat(answer.status()).as(answer.err()).isZero();
            JsonNode document = JsonMapper.builder().build().readTree(answer.out());
            assertThat(document.at("/chosen/uri").asString("")).isEqualTo("ws://host.example.test:8183/usp");
            assertThat(document.at("/chosen/endpointId").asString("")).isEqualTo(CONTROLLER.toString());
            assertThat(document.at("/sources/0/source").asString("")).isEqualTo("dhcp");
        }
    }

    @Test
    void discover_says_why_nothing_is_found_and_ends_with_3() throws Exception {
        try (DnsServer dns = DnsServer.start()) {
            Path empty = Files.writeString(folder.resolve("eth0.env"), "interface=eth0\nlease=3600\n");
            Ended answer =
                    ended(pharos("discover", "--source", "dhcp", "--lease", empty.toString(), "--dns", dnsOption(dns)));
            assertThat(answer.status()).isEqualTo(3);
            assertThat(answer.out())
                    .contains("dhcp: no controller")
                    .contains("has no option 125")
                    .contains("an agent would find no controller");
        }
    }

    @Test
    void discover_tells_the_dhcp_client_what_to_ask_for() throws Exception {
        Ended answer = ended(pharos("discover", "--request", "dhclient"));
        assertThat(answer.status()).isZero();
        assertThat(answer.out()).contains("send usp-vendor-class 00:00:0d:e9:03:75:73:70;");
    }

    @Test
    void wrong_usage_ends_with_2_and_names_the_option() throws Exception {
        for (String[] wrong : new String[][] {
            {"--source", "carrier-pigeon"},
            {"--dns", "a.name"},
            {"--fqdn", "no name"},
            {"--request", "nonsense"},
            {"--source", "name"}
        }) {
            Ended answer = ended(pharos("discover", wrong[0], wrong[1]));
            assertThat(answer.status()).as(wrong[0]).isEqualTo(2);
            assertThat(answer.err()).contains(wrong[0]);
        }
    }

    @Test
    void an_agent_that_looks_for_its_controller_gives_no_password_to_whoever_answers() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "secret");
        Ended answer = ended(pharos(
                "agent",
                "--endpoint-id",
                AGENT.toString(),
                "--controller",
                "discover",
                "--password-file",
                password.toString()));
        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err()).contains("needs --controller-id and --ca");
    }
}
