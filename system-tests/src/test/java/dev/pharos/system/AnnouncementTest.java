// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.pki.SubjectName;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.testkit.TwoHosts;
import dev.pharos.testkit.TwoHosts.Host;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Server and agents announce themselves by mDNS on a real network: the server on the left host, agents on the right
/// one. All speak TLS, with certificates of one authority.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AnnouncementTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String BY_MQTT = "os::0200F0-by.mqtt";
    private static final String BY_STOMP = "os::0200F0-by-stomp";
    private static final String DIALLER = "self::dialler";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before the first test
    static Path folder;

    private final List<JavaProgram> programs = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before the first test
    private TwoHosts hosts;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private TestAuthority authority;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private String ready;

    @BeforeAll
    void start_a_server_that_announces_itself() throws Exception {
        Optional<TwoHosts> connected = TwoHosts.connect();
        Assumptions.assumeTrue(connected.isPresent(), "network namespaces need Linux and root: skipped");
        hosts = connected.orElseThrow();
        authority = new TestAuthority(folder);
        List<String> options = new ArrayList<>(List.of(
                "--data",
                RunningServer.folderWithDatabase(folder.resolve("server")).toString()));
        options.addAll(List.of("--host", "0.0.0.0", "--announce", "--http", "off", "--ws", "off", "--mqtt", "off"));
        options.addAll(List.of(
                "--stomp", "off", "--cwmp", "off", "--https", "0", "--wss", "0", "--mqtts", "0", "--stomps", "0"));
        options.addAll(certified(SubjectName.of(EndpointId.of("self::pharos")), SubjectName.host("10.7.0.1")));
        ready = program(Host.LEFT, "dev.pharos.server.PharosServer", options)
                .awaitLine(line -> line.startsWith("ready "), PATIENCE);
    }

    @AfterAll
    void stop() {
        programs.forEach(JavaProgram::close);
        if (hosts != null) {
            hosts.close();
        }
    }

    private List<String> certified(SubjectName... names) throws IOException {
        TestAuthority.Files files = authority.issue(names);
        return List.of(
                "--cert",
                files.chain().toString(),
                "--key",
                files.key().toString(),
                "--ca",
                authority.trusted().toString());
    }

    private JavaProgram program(Host host, String mainClass, List<String> arguments) throws IOException {
        JavaProgram program =
                JavaProgram.start(hosts.inside(host, JavaProgram.command(mainClass, arguments)), Map.of());
        programs.add(program);
        return program;
    }

    private JavaProgram agent(String id, String controller, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("agent", "--endpoint-id", id, "--controller", controller));
        arguments.addAll(
                List.of("--device", "simulated", "--data", folder.resolve(id).toString()));
        arguments.addAll(certified(SubjectName.of(EndpointId.of(id))));
        arguments.addAll(List.of(more));
        return program(Host.RIGHT, "dev.pharos.cli.Pharos", arguments);
    }

    private int port(String transport) {
        Matcher found = Pattern.compile(" " + transport + "=\\S+?:(\\d+)").matcher(ready);
        assertThat(found.find()).as(ready).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private String discover(Host host, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("discover", "--json"));
        arguments.addAll(List.of(options));
        try (JavaProgram discover = program(host, "dev.pharos.cli.Pharos", arguments)) {
            discover.awaitExit(PATIENCE);
            return discover.output();
        }
    }

    @Test
    @Order(1)
    @Requirement({"R-MQTT.37", "R-MQTT.38", "R-STOMP.31", "R-STOMP.32", "R-DIS.11a"})
    void a_server_announces_where_each_of_its_listeners_is_and_that_it_demands_encryption() {
        String host = "://self-pharos.local:";
        await().atMost(PATIENCE)
                .pollInSameThread()
                .untilAsserted(() -> assertThat(discover(Host.RIGHT, "--source", "mdns"))
                        .contains("wss" + host + port("wss") + "/usp\"")
                        .contains("mqtts" + host + port("mqtts") + "/usp/controller/self::pharos\"")
                        .contains("stomps" + host + port("stomps") + "//topic/usp.controller.self::pharos\"")
                        .contains("\"10.7.0.1\""));
    }

    @Test
    @Order(2)
    @Requirement({"R-DIS.4", "R-WS.3"})
    void an_agent_that_finds_the_server_is_let_in_where_it_is_announced() throws Exception {
        try (JavaProgram agent = agent("os::0200F0-looks", "discover", "--source", "mdns")) {
            agent.awaitErrorLine(line -> line.startsWith("connected to wss://self-pharos.local:"), PATIENCE);
        }
    }

    @Test
    @Order(3)
    @Requirement({"R-DIS.4", "R-DIS.10", "R-WS.3", "R-WS.6", "R-MQTT.36", "R-MQTT.38", "R-STOMP.31", "R-STOMP.32"})
    void agents_announce_their_listener_and_their_topics_at_the_broker_under_the_name_that_people_gave_them()
            throws Exception {
        JavaProgram mqtt = agent(
                BY_MQTT,
                "mqtts://10.7.0.1:" + port("mqtts"),
                "--announce",
                "--listen",
                "wss://10.7.0.2:0/agent",
                "--also",
                DIALLER + ",ws://10.7.0.1:9/usp,full");
        JavaProgram stomp = agent(BY_STOMP, "stomps://10.7.0.1:" + port("stomps"), "--announce");
        await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            assertThat(mqtt.isAlive() && stomp.isAlive())
                    .as(mqtt.output() + stomp.output())
                    .isTrue();
            assertThat(discover(Host.LEFT, "--agents"))
                    .containsPattern("wss://os-0200F0-by-mqtt.local:\\d+/agent\",\"name\":\"[^\"]*\","
                            + "\"addresses\":\\[\"10.7.0.2\"]")
                    .containsPattern("mqtts://at-10-7-0-1.local:" + port("mqtts") + "/usp/agent/" + BY_MQTT
                            + "\",\"name\":\"[^\"]*\",\"addresses\":\\[\"10.7.0.1\"]")
                    .containsPattern("stomps://at-10-7-0-1.local:" + port("stomps") + "//topic/usp.agent." + BY_STOMP
                            + "\",\"name\":\"[^\"]*\",\"addresses\":\\[\"10.7.0.1\"]");
        });
        TestAuthority.Files dialler = authority.issue(SubjectName.of(EndpointId.of(DIALLER)));
        Process dialled = hosts.java(
                Host.LEFT,
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ControllerThatDials.class,
                BY_MQTT,
                DIALLER,
                dialler.chain().toString(),
                dialler.key().toString(),
                authority.trusted().toString(),
                "hall");
        assertThat(new String(dialled.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("answered SetResponse");
        await().atMost(PATIENCE)
                .pollInSameThread()
                .untilAsserted(() -> assertThat(discover(Host.LEFT, "--agents"))
                        .containsPattern("/agent\",\"name\":\"hall\"")
                        .containsPattern("/usp/agent/" + BY_MQTT + "\",\"name\":\"hall\""));
    }
}
