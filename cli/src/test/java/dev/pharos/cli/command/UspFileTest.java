// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pharos.cli.terminal.WrongUsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `/etc/config/usp` becomes the options of `pharos agent`.
class UspFileTest {
    private static final String SHORT = """
            config usp
            \toption controller_url 'wss://acs.example.com'
            \toption endpoint_id 'prplos::router1'
            \toption mtp 'websocket'
            \toption enable_tls '1'
            """;

    @TempDir
    private Path folder = Path.of("");

    private final List<String> warnings = new ArrayList<>();

    private Path write(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("usp"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private AgentOptions read(String text, String... words) throws IOException {
        List<String> line = new ArrayList<>(List.of("--device", "prplos"));
        line.addAll(List.of(words));
        AgentOptions options = AgentOptions.plain(line).orElseThrow();
        UspFile.fill(options, write(text), warnings::add);
        return options;
    }

    private void refused(String text, String... sentences) {
        assertThatExceptionOfType(WrongUsageException.class)
                .isThrownBy(() -> read(text))
                .withMessageStartingWith(folder.resolve("usp") + ": ")
                .satisfies(wrong ->
                        assertThat(wrong.getMessage()).contains(sentences).doesNotContain("hunter2"));
    }

    @Test
    void the_short_form_says_the_same_as_the_command_line() throws IOException {
        AgentOptions said = AgentOptions.plain(List.of(
                        "--device",
                        "prplos",
                        "--controller",
                        "wss://acs.example.com/usp",
                        "--endpoint-id",
                        "prplos::router1"))
                .orElseThrow();
        assertThat(read(SHORT)).usingRecursiveComparison().isEqualTo(said);
        assertThat(warnings).isEmpty();
    }

    @Test
    void what_is_followed_while_the_agent_runs_is_known_and_no_option_of_its_start() throws IOException {
        AgentOptions read = read(SHORT.replace("option controller_url", "list controller_url") + """
                \tlist controller_url 'mqtts://broker.example.com'
                \toption periodic_interval '300'
                \toption wait_for_time '0'
                \toption controller_enable '1'
                \toption role 'Operators'
                config controller 'other'
                \toption endpoint_id 'self::other'
                """);
        assertThat(warnings).isEmpty();
        assertThat(read.controller).isEqualTo("wss://acs.example.com/usp");
        assertThat(read.role).isEqualTo("untrusted");
    }

    @Test
    void a_controller_can_be_looked_for_by_one_word_alone() throws IOException {
        String looks = """
                config usp
                \toption controller_url 'discover'
                \toption endpoint_id 'os::00256D-1'
                """;
        assertThat(read(looks).controller).isEqualTo("discover");
        assertThat(warnings).isEmpty();
        refused(looks + "\toption mtp 'mqtt'\n", "line 2", "'discover' looks for a controller: leave out mtp");
        refused(looks + "\toption enable_tls '1'\n", "leave out mtp, enable_tls and further ways");
        refused(
                looks.replace("option controller_url", "list controller_url")
                        + "\tlist controller_url 'wss://acs.example.com'\n",
                "further ways");
    }

    @Test
    void every_setting_of_the_agent_has_its_option_there() throws IOException {
        AgentOptions read = read(SHORT + """
                \toption controller_id 'self::acs'
                \toption username 'gateway'
                \toption password_file '/etc/usp/password'
                \toption cert '/etc/usp/cert.pem'
                \toption key '/etc/usp/key.pem'
                \toption ca '/etc/usp/ca.pem'
                \toption crl '/etc/usp/crl.pem'
                \toption trusted_broker '/etc/usp/broker.pem'
                \toption proxy 'http://proxy:3128'
                \toption proxy_password_file '/etc/usp/proxy'
                \toption e2e 'require-tls'
                \toption role 'read-only'
                \tlist also 'self::two,wss://two/usp'
                \tlist also 'self::three,wss://three/usp,full'
                \toption data '/overlay/usp'
                \toption broker '/var/run/usp'
                \toption label '/etc/usp/label'
                \toption listen 'wss://0.0.0.0:8184/agent'
                \toption acs 'https://acs.example.com/cwmp'
                \toption acs_username 'router1'
                \toption acs_password_file '/etc/usp/acs'
                \toption acs_listen '0.0.0.0:7547'
                \toption lan_page '192.168.1.1:8090'
                \toption strict 'on'
                \toption announce 'yes'
                \toption insecure '0'
                \toption trust_on_first_use 'true'
                \toption enabled '1'
                """);
        AgentOptions said = AgentOptions.plain(List.of(
                        "--device=prplos",
                        "--controller=wss://acs.example.com/usp",
                        "--endpoint-id=prplos::router1",
                        "--controller-id=self::acs",
                        "--username=gateway",
                        "--password-file=/etc/usp/password",
                        "--cert=/etc/usp/cert.pem",
                        "--key=/etc/usp/key.pem",
                        "--ca=/etc/usp/ca.pem",
                        "--crl=/etc/usp/crl.pem",
                        "--trusted-broker=/etc/usp/broker.pem",
                        "--proxy=http://proxy:3128",
                        "--proxy-password-file=/etc/usp/proxy",
                        "--e2e=require-tls",
                        "--role=read-only",
                        "--also=self::two,wss://two/usp",
                        "--also=self::three,wss://three/usp,full",
                        "--data=/overlay/usp",
                        "--broker=/var/run/usp",
                        "--label=/etc/usp/label",
                        "--listen=wss://0.0.0.0:8184/agent",
                        "--acs=https://acs.example.com/cwmp",
                        "--acs-username=router1",
                        "--acs-password-file=/etc/usp/acs",
                        "--acs-listen=0.0.0.0:7547",
                        "--lan-page=192.168.1.1:8090",
                        "--strict",
                        "--announce",
                        "--trust-on-first-use"))
                .orElseThrow();
        assertThat(read).usingRecursiveComparison().isEqualTo(said);
        assertThat(warnings).isEmpty();
    }

    @Test
    void the_command_line_counts_more_than_the_file() throws IOException {
        AgentOptions read = read(
                SHORT + "\toption role 'full'\n\toption username 'a'\n\toption password 'secret'\n",
                "--endpoint-id",
                "os::00256D-1",
                "--role",
                "read-only",
                "--username",
                "b");
        assertThat(read.endpointId).isEqualTo("os::00256D-1");
        assertThat(read.role).isEqualTo("read-only");
        assertThat(read.username).isEqualTo("b");
        assertThat(read.password).as("another's").isNull();
        assertThat(read.controller).isEqualTo("wss://acs.example.com/usp");
    }

    @Test
    void what_is_not_known_is_named_with_its_line_and_counts_for_nothing() throws IOException {
        AgentOptions read = read(SHORT + """
                \toption colour 'blue'
                \toption device 'linux'
                config usp 'second'
                \toption role 'full'
                config obuspa
                """);
        assertThat(warnings).hasSize(4);
        assertThat(warnings.get(0)).contains("line 8: ", "config usp 'second'");
        assertThat(warnings.get(1)).contains("line 10: ", "config obuspa");
        assertThat(warnings.get(2)).contains("line 6: ", "option colour ");
        assertThat(warnings.get(3)).contains("line 7: ", "option device ");
        assertThat(read.device).isEqualTo("prplos");
        assertThat(read.role).isNull();
    }

    @Test
    void a_password_is_taken_and_never_told() throws IOException {
        String text = SHORT + "\toption username 'gateway'\n\toption password 'hunter2'\n";
        assertThat(read(text).password).isEqualTo("hunter2");
        assertThat(warnings).isEmpty();

        Path open = write(text);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        UspFile.fill(new AgentOptions(), open, warnings::add);
        assertThat(warnings)
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning).contains("line 7", "chmod 600").doesNotContain("hunter2"));
        refused(text + "\toption password_file '/etc/password'\n", "leave one out");
    }

    @Test
    void what_cannot_be_meant_is_refused_with_its_line() {
        refused("config usp\n\toption controller_url 'wss://acs", "line 2, column");
        refused("option endpoint_id 'x'", "line 1, column 1", "before the first section");
        refused(SHORT.replace("'1'", "1'") + "\toption password 'hunter2\n", "line 5", "a quote is missing");
        refused("", "no section config usp");
        refused("config usp\n\toption endpoint_id 'os::0200F0-1'\n", "controller_url is missing");
        refused("config usp\n\toption controller_url 'wss://a'\n", "endpoint_id is missing");
        refused(SHORT.replace("'1'", "'maybe'"), "line 5", "enable_tls must be 1 or 0: maybe");
        refused(SHORT.replace("'1'", "'0'"), "line 2", "contradicts wss://");
        refused(SHORT.replace("'websocket'", "'mqtt'"), "line 2", "contradicts wss://");
        refused(SHORT.replace("option mtp", "list mtp"), "line 4", "must be an option");
        refused(SHORT + "\toption cert '/etc/cert.pem'\n", "belong together");
        refused(SHORT + "\toption enabled '0'\n", "switched off");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void any_file_is_read_or_refused_in_a_sentence(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            StringBuilder text = new StringBuilder(SHORT + "\toption password 'hunter2'\n\tlist also 'a,b'\n");
            for (int change = random.nextInt(1, 6); change > 0 && !text.isEmpty(); change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, "'\"\\\n;# \0é:/x".charAt(random.nextInt(12)));
                    default -> text.setLength(Math.max(1, at));
                }
            }
            try {
                AgentOptions read = read(text.toString());
                assertThat(read.controller).as("%s", text).matches("(?s)(wss?|mqtts?|stomps?|unix):.*");
                assertThat(read.endpointId).as("%s", text).isNotEmpty();
            } catch (WrongUsageException refused) {
                assertThat(refused.getMessage())
                        .as("%s", text)
                        .startsWith(folder.resolve("usp") + ": ")
                        .doesNotContain("hunter2");
            }
        }
        assertThat(String.join("\n", warnings)).doesNotContain("hunter2");
    }
}
