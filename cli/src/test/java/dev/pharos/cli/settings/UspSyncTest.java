// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import static dev.pharos.cli.settings.FollowedAgent.PATIENCE;
import static dev.pharos.cli.settings.FollowedAgent.ROWS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.device.prplos.uci.UciChange;
import dev.pharos.device.prplos.uci.UciFolders;
import dev.pharos.device.prplos.uci.UciStore;
import dev.pharos.testkit.RecordingReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file of settings and the controllers of a running agent follow each other.
class UspSyncTest {
    private static final String SECOND = """
            config controller 'second'
            \toption endpoint_id 'self::second'
            \tlist url 'wss://second.example.com/usp'
            """;

    @TempDir
    private Path folder = Path.of("");

    private @Nullable FollowedAgent made;

    @BeforeEach
    void make() throws IOException {
        made = new FollowedAgent(folder);
    }

    @AfterEach
    void end() {
        Objects.requireNonNull(made).close();
    }

    private void connected() {
        Objects.requireNonNull(made).controller.next(RecordingReceiver.Event.Connected.class);
    }

    @Test
    void what_management_changes_of_the_first_controller_shows_in_its_section_and_nothing_else_moves()
            throws Exception {
        FollowedAgent agent = Objects.requireNonNull(made);
        agent.write("\n# ours\nconfig other\n");
        agent.start();
        String before = agent.text();
        agent.set(ROWS + "1.", Map.of("PeriodicNotifInterval", "300", "ProvisioningCode", "it's"));

        agent.shows("\toption periodic_interval '300'\n", "\toption provisioning_code 'it'\\''s'\n");
        assertThat(agent.text().lines().filter(line -> !line.contains("periodic") && !line.contains("provisioning")))
                .containsExactlyElementsOf(before.lines().toList());
        agent.set(ROWS + "1.MTP.1.WebSocket.", Map.of("Path", "/other", "EnableEncryption", "true"));
        agent.shows("controller_url 'wss://127.0.0.1:", "/other'", "option mtp 'websocket'");
        assertThat(agent.warnings).isEmpty();
    }

    @Test
    void what_the_agent_is_given_at_its_start_is_not_written_to_the_file() throws Exception {
        FollowedAgent agent = Objects.requireNonNull(made);
        agent.write("");
        String before = agent.text();
        agent.start();
        assertThat(agent.reload()).isEqualTo(new UspSync.Reloaded(0, List.of(), List.of()));
        agent.stop();
        agent.start();
        assertThat(agent.text()).isEqualTo(before);
        assertThat(agent.warnings).isEmpty();
    }

    @Test
    void a_controller_that_management_adds_has_a_section_as_long_as_its_row() throws Exception {
        FollowedAgent agent = Objects.requireNonNull(made);
        agent.write("");
        agent.start();
        String row = agent.add(ROWS, Map.of("EndpointID", "self::new", "Enable", "true"));
        String way = agent.add(row + "MTP.", Map.of("Protocol", "WebSocket", "Enable", "true"));
        agent.set(way + "WebSocket.", Map.of("Host", "new.example.com", "Port", "443", "EnableEncryption", "true"));
        agent.add(row + "BootParameter.", Map.of("ParameterName", "Device.DeviceInfo.", "Enable", "true"));

        agent.shows(
                "config controller 'controller_1'\n\toption endpoint_id 'self::new'\n",
                "option url 'wss://new.example.com/'",
                "option boot_parameter 'Device.DeviceInfo.'");
        agent.stop();
        agent.start();
        assertThat(agent.row("self::new")).contains(row);
        agent.set(row, Map.of("Enable", "false"));
        agent.shows("\toption enable '0'\n");
        agent.delete(row);
        Awaitility.await().atMost(PATIENCE).until(() -> !agent.text().contains("controller_1"));
    }

    @Test
    void an_edit_counts_with_the_next_reload_and_sessions_that_did_not_change_go_on() throws Exception {
        FollowedAgent agent = Objects.requireNonNull(made);
        agent.write(SECOND + "\toption colour 'blue'\n");
        agent.start();
        connected();
        String second = agent.row("self::second").orElseThrow();
        assertThat(agent.value(second + "MTP.1.WebSocket.Host")).isEqualTo("second.example.com");
        assertThat(agent.value(second + "Enable")).isEqualTo("true");
        assertThat(agent.value(agent.value(second + "AssignedRole") + ".Name")).isEqualTo("Untrusted");
        assertThat(agent.warnings).singleElement().asString().contains("line 9: ", "colour");

        agent.write("\toption periodic_interval '600'\n"
                + SECOND.replace("second.example.com", "moved.example.com:8443") + "\toption role 'read-only'\n"
                + SECOND.replace("second", "third") + "\toption enable '0'\n");
        UspSync.Reloaded reloaded = agent.reload();

        // or none, where what the start had left to do has found them already
        assertThat(reloaded.changed()).isIn(0, 3);
        assertThat(reloaded).isEqualTo(new UspSync.Reloaded(reloaded.changed(), List.of(), List.of()));
        assertThat(agent.value(ROWS + "1.PeriodicNotifInterval")).isEqualTo("600");
        assertThat(agent.value(second + "MTP.1.WebSocket.Host")).isEqualTo("moved.example.com");
        assertThat(agent.value(second + "MTP.1.WebSocket.Port")).isEqualTo("8443");
        assertThat(agent.value(agent.value(second + "AssignedRole") + ".Name")).isEqualTo("Read Only");
        assertThat(agent.value(agent.row("self::third").orElseThrow() + "Enable"))
                .isEqualTo("false");
        agent.write("\toption periodic_interval '600'\n");
        assertThat(agent.reload().changed()).isIn(0, 2);
        assertThat(agent.row("self::second")).isEmpty();
        assertThat(agent.row("self::third")).isEmpty();
        assertThat(agent.controller.pending())
                .noneMatch(event -> event instanceof RecordingReceiver.Event.Disconnected);
    }

    @Test
    void options_that_count_at_the_start_are_named() throws Exception {
        FollowedAgent agent = Objects.requireNonNull(made);
        agent.write("");
        agent.start();
        agent.write("\toption ca '/etc/usp/ca.pem'\n\toption enabled '0'\n");
        assertThat(agent.reload().restart()).containsExactly("ca", "enabled");
    }

    @Test
    void where_both_have_changed_the_file_counts_and_what_only_one_has_changed_is_kept() throws Exception {
        FollowedAgent agent = Objects.requireNonNull(made);
        agent.write("\toption periodic_interval '600'\n");
        agent.start();
        assertThat(agent.value(ROWS + "1.PeriodicNotifInterval")).isEqualTo("600");
        agent.write("\toption periodic_interval '700'\n");
        agent.set(ROWS + "1.", Map.of("PeriodicNotifInterval", "800", "ProvisioningCode", "P"));
        agent.shows("provisioning_code 'P'", "periodic_interval '700'");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> agent.value(ROWS + "1.PeriodicNotifInterval").equals("700"));
    }

    @Test
    void an_edit_while_it_does_not_run_counts_at_its_start() throws Exception {
        FollowedAgent agent = Objects.requireNonNull(made);
        agent.write(SECOND);
        agent.start();
        agent.set(ROWS + "1.", Map.of("PeriodicNotifInterval", "300"));
        agent.stop();
        assertThat(agent.text()).contains("periodic_interval '300'");
        agent.write("\toption periodic_interval '400'\n");
        agent.start();
        assertThat(agent.value(ROWS + "1.PeriodicNotifInterval")).isEqualTo("400");
        assertThat(agent.row("self::second")).isEmpty();
    }

    @Test
    void a_broker_is_made_with_its_login_which_nobody_else_reads() throws Exception {
        FollowedAgent agent = Objects.requireNonNull(made);
        agent.write(SECOND.replace("wss://second.example.com/usp", "mqtts://broker.example.com/usp/ctl")
                + "\toption username 'gateway'\n\toption password 'hunter2'\n\toption response_topic 'usp/me'\n");
        agent.start();
        String row = agent.row("self::second").orElseThrow();
        String end = agent.value(row + "MTP.1.MQTT.AgentMTPReference") + ".";
        String client = agent.value(end + "MQTT.Reference") + ".";
        assertThat(agent.value(row + "MTP.1.MQTT.Topic")).isEqualTo("usp/ctl");
        assertThat(agent.value(end + "MQTT.ResponseTopicConfigured")).isEqualTo("usp/me");
        assertThat(agent.value(client + "BrokerPort")).isEqualTo("8883");
        assertThat(agent.value(client + "TransportProtocol")).isEqualTo("TLS");
        assertThat(agent.value(client + "Password")).isEqualTo("hunter2");

        Files.setPosixFilePermissions(agent.file, PosixFilePermissions.fromString("rw-r--r--"));
        agent.set(client, Map.of("Password", "correct horse"));
        agent.shows("option password 'correct horse'");
        assertThat(Files.getPosixFilePermissions(agent.file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(folder.resolve("data").resolve("usp-agreed")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        agent.write("");
        agent.reload();
        assertThat(agent.value(client + "Password")).isEqualTo("(none)");
        assertThat(agent.value(end + "Protocol")).isEqualTo("(none)");
    }

    @Test
    void a_controller_may_have_a_way_over_each_protocol_and_one_only() throws Exception {
        FollowedAgent agent = Objects.requireNonNull(made);
        agent.write(SECOND + "\tlist url 'stomp://127.0.0.1/usp/ctl'\n");
        agent.start();
        String row = agent.row("self::second").orElseThrow();
        assertThat(agent.value(row + "MTP.2.STOMP.Destination")).isEqualTo("/usp/ctl");
        assertThat(agent.value(row + "MTP.2.Order")).isEqualTo("2");
        agent.write("""
                config controller
                \toption endpoint_id 'self::second'
                \tlist url 'stomp://127.0.0.1/usp/ctl'
                \tlist url 'wss://second.example.com/usp'
                """);
        assertThat(agent.reload().warnings()).isEmpty();
        assertThat(agent.value(row + "MTP.2.Order")).isEqualTo("1");
        agent.set(row, Map.of("ProvisioningCode", "anonymous"));
        agent.shows("option provisioning_code 'anonymous'");

        agent.write(SECOND + "\tlist url 'ws://127.0.0.1/'\n");
        assertThat(agent.reload().warnings()).singleElement().asString().contains("one way for each protocol");
        assertThat(agent.value(row + "MTP.2.Order")).isEqualTo("1");
    }

    @Test
    void what_makes_no_sense_is_named_with_its_line_and_changes_nothing() throws Exception {
        FollowedAgent agent = Objects.requireNonNull(made);
        agent.write(SECOND);
        agent.start();
        String row = agent.row("self::second").orElseThrow();
        agent.write("\toption periodic_interval '0'\n\toption controller_enable 'perhaps'\n"
                + "config controller\n\toption endpoint_id 'nobody'\n"
                + "config controller\n\toption endpoint_id '" + FollowedAgent.OWN + "'\n"
                + SECOND + "\toption role 'King'\n\toption periodic_interval '77'\n"
                + SECOND.replace("'second'", "'again'"));
        assertThat(agent.reload().warnings())
                .anySatisfy(warning -> assertThat(warning).contains("line 6: ", "from 1 to"))
                .anySatisfy(warning -> assertThat(warning).contains("line 7: ", "must be 1 or 0"))
                .anySatisfy(warning -> assertThat(warning).contains("line 8: ", "endpoint_id"))
                .anySatisfy(warning -> assertThat(warning).contains("line 10: ", "has the ID"))
                .anySatisfy(warning -> assertThat(warning).contains("line 12: ", "King"))
                .anySatisfy(warning -> assertThat(warning).contains("line 17: ", "has the ID self::second"));
        assertThat(agent.value(row + "PeriodicNotifInterval")).isEqualTo("86400");
        assertThat(agent.value(ROWS + "1.PeriodicNotifInterval")).isEqualTo("86400");

        agent.write("\toption controller_enable '0'\n");
        assertThat(agent.reload().warnings())
                .anySatisfy(warning -> assertThat(warning).contains("line 2: ", "one enabled controller at least"));
        assertThat(agent.value(ROWS + "1.Enable")).isEqualTo("true");
    }

    @Test
    void a_file_that_is_cut_off_anywhere_or_gone_leaves_the_first_controller_and_its_session() throws Exception {
        FollowedAgent agent = Objects.requireNonNull(made);
        agent.write(SECOND + "\toption password 'hunter2'\n");
        agent.start();
        connected();
        String whole = agent.text();
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            Files.writeString(agent.file, whole.substring(0, random.nextInt(whole.length())));
            assertThat(agent.reload().warnings()).noneMatch(warning -> warning.contains("hunter2"));
            assertThat(agent.value(ROWS + "1.Enable")).isEqualTo("true");
        }
        Files.delete(agent.file);
        assertThat(agent.reload().warnings()).singleElement().asString().contains("cannot be read");
        agent.set(ROWS + "1.", Map.of("ProvisioningCode", "kept"));
        Files.writeString(agent.file, whole);
        agent.reload();
        agent.shows("provisioning_code 'kept'");
        assertThat(agent.controller.pending())
                .noneMatch(event -> event instanceof RecordingReceiver.Event.Disconnected);
    }

    @Test
    void another_writer_at_the_same_time_loses_nothing() throws Exception {
        FollowedAgent agent = Objects.requireNonNull(made);
        agent.write(SECOND + "\nconfig other 'theirs'\n");
        agent.start();
        UciStore others = new UciStore(UciFolders.at(folder.resolve("config")));
        for (int i = 1; i <= 40; i++) {
            agent.set(ROWS + "1.", Map.of("PeriodicNotifInterval", Integer.toString(1000 + i)));
            others.commit("usp", List.of(new UciChange.AddItem("theirs", "count", Integer.toString(i))));
        }
        agent.shows("periodic_interval '1040'");
        assertThat(others.read("usp").section("theirs").orElseThrow().items("count"))
                .hasSize(40);
    }
}
